"""A form for every kind of part, made from its model: to write it down and to revise it."""

from typing import Any

from django import forms
from django.db import models

from core.ui.forms import (
    DayField,
    DutchDecimalField,
    EuroField,
    LastDayField,
    LinesField,
    PercentField,
)
from segments.enums import CareUnit

from ..domain.parts import HEAD, PARTS
from .contracts import ContractForm, narrow_choices

MONEY = ("amount", "staff_direct", "staff_indirect", "other_direct", "overhead", "indexation")
SHARES = ("signal_share", "labour_share", "material_share")
HALF_OPEN = ("end_date", "valid_to", "ends_on")
# Not a part of what was agreed: cannot be revised.
NOT_REVISED = ("number", "provider", "manager", "start_date")


def dutch_field(field: Any, **kwargs: Any) -> forms.Field | None:
    """The form field that a Dutch reader expects for a model field."""
    label = str(field.verbose_name).capitalize()
    given: dict[str, Any] = {
        "label": label, "required": not field.blank, "help_text": field.help_text
    }  # fmt: skip
    if field.name in HALF_OPEN:
        words = {"end_date": "Laatste dag", "valid_to": "Geldt tot en met"}
        return LastDayField(**{**given, "label": words.get(field.name, "Laatste dag")})
    if isinstance(field, models.DateField):
        return DayField(**given)
    if field.name in SHARES:
        return PercentField(**given)
    if isinstance(field, models.DecimalField):
        number = EuroField if field.name in MONEY else DutchDecimalField
        return number(max_digits=field.max_digits, **given)
    if isinstance(field, models.JSONField):
        return LinesField(**{**given, "help_text": field.help_text or "Eén per regel."})
    if field.name == "unit" and field.max_length == 2:
        return forms.ChoiceField(choices=CareUnit.choices, **given)
    made = field.formfield(**kwargs)
    if made is not None and isinstance(made.widget, forms.Textarea):
        made.widget.attrs["rows"] = 4
    return made


class PartForm(forms.ModelForm):
    """Base of the forms of parts; the row's contract says which choices there are."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow_choices(self, self.instance.contract.region)


def form_of(model: type[models.Model], fields: tuple[str, ...]) -> type[forms.ModelForm]:
    return forms.modelform_factory(
        model, form=PartForm, fields=fields, formfield_callback=dutch_field
    )


# To write a part down, with the period in which it holds.
PART_FORMS = {
    code: form_of(kind.model, (*kind.fields, "valid_from", "valid_to"))
    for code, kind in PARTS.items()
}


class HeadForm(ContractForm):
    """What of the head can be revised."""

    class Meta(ContractForm.Meta):
        fields = tuple(f for f in ContractForm.Meta.fields if f not in NOT_REVISED)  # type: ignore[assignment]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("start_date", None)


# To revise a part: the revision itself says from when.
CHANGE_FORMS: dict[str, type[forms.ModelForm]] = {
    HEAD: HeadForm,
    **{code: form_of(kind.model, kind.fields) for code, kind in PARTS.items()},
}
