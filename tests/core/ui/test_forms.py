"""Fields for Dutch input: what is typed, what is kept, and what is shown again."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms

from core.errors import DomainError, NotAllowed
from core.ui import refusals_in
from core.ui.forms import EuroField, LastDayField, LinesField, NotesField, PercentField


def test_last_day_is_kept_as_the_day_after() -> None:
    field = LastDayField()
    assert field.clean("2025-12-31") == date(2026, 1, 1)
    assert field.prepare_value(date(2026, 1, 1)) == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1.234,50", "1234.50"),
        ("€ 94,2", "94.2"),
        ("1.250.000", "1250000"),
        ("12.50", "12.50"),
        ("6.167", "6167"),
    ],
)
def test_amounts_are_read_as_dutch_people_write_them(typed: str, kept: str) -> None:
    assert EuroField().clean(typed) == Decimal(kept)


@pytest.mark.parametrize("typed", ["twaalf", "12,345", "NaN"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(forms.ValidationError):
        EuroField().clean(typed)


def test_percentage_is_kept_as_a_share_and_shown_as_it_was_typed() -> None:
    field = PercentField(required=False)
    for typed, kept in (
        ("12", "0.12"), ("12 %", "0.12"), ("12,5%", "0.125"), ("0,4 %", "0.004"), ("0", "0"),
        ("100", "1"), ("1", "0.01"), ("1 %", "0.01"),
    ):  # fmt: skip
        share = field.clean(typed)
        assert share == Decimal(kept), typed
        assert field.clean(field.prepare_value(share)) == share
        assert not field.has_changed(share, typed)
    assert field.prepare_value(Decimal("0.1250")) == "12,5 %"
    assert field.prepare_value(Decimal("1.0000")) == "100 %"
    assert field.clean("") is None


@pytest.mark.parametrize("typed", ["101", "-3", "veel", "0,123 %", "12 procent"])
def test_what_is_no_percentage_is_refused(typed: str) -> None:
    with pytest.raises(forms.ValidationError):
        PercentField().clean(typed)


def test_a_fraction_may_mean_two_things_and_is_asked_back() -> None:
    with pytest.raises(forms.ValidationError, match=r"Bedoelt u 12 % of 0,12 %\?"):
        PercentField().clean("0,12")
    with pytest.raises(forms.ValidationError, match="zonder procentteken"):
        EuroField().clean("12 %")


def test_lines_and_notes_go_there_and_back() -> None:
    field = LinesField(required=False)
    assert field.clean("een\n\n twee ") == ["een", "twee"]
    assert not field.has_changed(["een", "twee"], "een\r\ntwee\r\n")
    assert field.has_changed(["een", "twee"], "een\r\ndrie")
    notes = [{"text": "Telt op tot 105 %", "source": "002:L80"}, {"text": "Los", "source": ""}]
    shown = NotesField().prepare_value(notes)
    assert shown == "Telt op tot 105 % | 002:L80\nLos"
    assert NotesField().clean(shown) == notes


class NameForm(forms.Form):
    name = forms.CharField(label="Naam", help_text="Zoals in het register.")


def test_refusal_of_the_domain_stands_in_the_form() -> None:
    form = NameForm({"name": "x"})
    assert form.is_valid()
    with refusals_in(form):
        raise DomainError("Dit nummer bestaat al.")
    assert form.non_field_errors() == ["Dit nummer bestaat al."]


def test_who_may_not_act_gets_the_page_instead() -> None:
    form = NameForm({"name": "x"})
    with pytest.raises(NotAllowed), refusals_in(form):
        raise NotAllowed("Dat mag u niet.")


def test_field_with_an_error_is_tied_to_its_explanation() -> None:
    html = str(NameForm({"name": ""}))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_name_error"' in html
    assert "utrecht-textbox--invalid" in html


def test_the_choice_for_nothing_is_named() -> None:
    class Chosen(forms.Form):
        must = forms.ChoiceField(choices=[("", "---------"), ("a", "A")])
        may = forms.ChoiceField(choices=[("", "---------"), ("a", "A")], required=False)

    form = Chosen()
    assert ">kies<" in str(form["must"])
    assert ">niet gekozen<" in str(form["may"])
