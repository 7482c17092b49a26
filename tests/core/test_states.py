"""A status moves only along its table."""

import pgtrigger
import pytest
from django.core.management import call_command
from django.db import models, transaction

from core.errors import DomainError, NotAllowed
from core.states import Move, StateTable
from core.states.api import steps_of, take
from core.states.diagram import page_of
from core.states.models import Step


class Light(models.TextChoices):
    RED = "red", "rood"
    GREEN = "green", "groen"
    OUT = "out", "uit"


TABLE = StateTable(
    code="light",
    subject="De lamp",
    states=Light,
    initial=Light.RED,
    moves=(
        Move("go", "Op groen zetten", (Light.RED,), Light.GREEN, who=("guard",)),
        Move("stop", "Op rood zetten", (Light.GREEN,), Light.RED, who=("guard", "driver")),
        Move(
            "break", "Uitzetten", (Light.RED, Light.GREEN), Light.OUT, who=("guard",), reason=True
        ),
    ),
)


def test_a_move_that_the_table_does_not_know_names_what_is_possible() -> None:
    with pytest.raises(DomainError, match=r"De lamp is rood\. Wel mogelijk: op groen zetten"):
        TABLE.check("red", "stop", {"guard"})


def test_a_role_that_may_not_is_refused() -> None:
    with pytest.raises(NotAllowed):
        TABLE.check("red", "go", {"driver"})


def test_a_reason_of_blanks_is_no_reason() -> None:
    with pytest.raises(DomainError, match="Geef een reden"):
        TABLE.check("red", "break", {"guard"}, "  ")


def test_the_system_itself_needs_no_role() -> None:
    assert TABLE.check("red", "go", None).target == "green"


def test_who_is_to_move_now() -> None:
    assert TABLE.who_moves("green") == ("guard", "driver")
    assert TABLE.who_moves("out") == ()
    assert TABLE.ends() == ("out",)


def test_a_table_with_an_unknown_state_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown states"):
        StateTable("x", "X", Light, "red", (Move("a", "A", ("blue",), "red"),))


def test_two_ways_with_one_name_from_one_state_are_refused() -> None:
    twice = (Move("a", "A", ("red",), "green"), Move("a", "A", ("red",), "out"))
    with pytest.raises(ValueError, match="two ways"):
        StateTable("x", "X", Light, "red", twice)


def test_the_page_of_a_table_names_every_way_and_end() -> None:
    page = page_of(TABLE)
    assert "red --> green: Op groen zetten" in page
    assert "out --> [*]" in page
    assert "| groen | Op rood zetten | rood | guard, driver |" in page


def test_programs_name_a_move_by_its_button_or_as_the_history_does() -> None:
    assert TABLE.name_of("op-groen-zetten") == TABLE.name_of("go") == "go"
    assert TABLE.name_of("vliegen") == "vliegen"
    assert "`op-groen-zetten`" in page_of(TABLE)


def test_the_diagrams_in_docs_are_those_of_the_tables() -> None:
    call_command("state_diagrams", check=True)


@pytest.mark.django_db
class TestTake:
    """Uses Step itself as an object with a state, in its field `source`."""

    @pytest.fixture
    def lamp(self) -> Step:
        return Step.objects.create(table="x", subject="1", move="m", source="red", target="t")

    def test_moves_and_keeps_the_step(self, lamp: Step, django_user_model) -> None:
        guard = django_user_model.objects.create_user(email="wacht@voorbeeld.nl", name="Wacht")
        with _unprotected():
            step = take(lamp, TABLE, "go", by=guard, roles={"guard"}, tenant_id=7, field="source")
        lamp.refresh_from_db()
        assert lamp.source == "green"
        assert [(s.move, s.by, s.tenant_id) for s in steps_of(lamp, TABLE)] == [("go", guard, 7)]
        assert step.source == "red"

    def test_reads_the_state_afresh(self, lamp: Step) -> None:
        stale = Step.objects.get(pk=lamp.pk)
        with _unprotected():
            take(lamp, TABLE, "go", by=None, roles=None, tenant_id=None, field="source")
            with pytest.raises(DomainError, match="De lamp is groen"):
                take(stale, TABLE, "go", by=None, roles=None, tenant_id=None, field="source")

    def test_a_step_cannot_be_rewritten(self, lamp: Step) -> None:
        with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
            Step.objects.filter(pk=lamp.pk).update(reason="achteraf bedacht")


def _unprotected():
    return pgtrigger.ignore("states.Step:only_added")
