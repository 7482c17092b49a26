"""Form fields in our look, and the fields that Dutch input asks for."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.db.models.fields import BLANK_CHOICE_DASH
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

CLASSES = {
    "select": "utrecht-select utrecht-select--html-select",
    "textarea": "utrecht-textarea utrecht-textarea--html-textarea",
    "checkbox": "utrecht-checkbox utrecht-checkbox--html-input",
    "radio": "utrecht-radio-button utrecht-radio-button--html-input",
    "file": "jr-file",
    "hidden": "",
}
# How Django writes the choice for nothing.
DASHES = BLANK_CHOICE_DASH[0][1]
TEXTBOX = "utrecht-textbox utrecht-textbox--html-input"


def look(widget: forms.Widget) -> str:
    """The kind of control that a widget draws."""
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checkbox"
    if isinstance(widget, forms.RadioSelect):
        return "radio"
    if isinstance(widget, forms.Select):
        return "select"
    if isinstance(widget, forms.Textarea):
        return "textarea"
    return str(getattr(widget, "input_type", "text"))


class StyledField(BoundField):
    """Gives each control the class names of its component, and names the choice for nothing."""

    def __init__(self, form: Any, field: Any, name: str) -> None:
        super().__init__(form, field, name)
        nothing = "kies" if field.required else "niet gekozen"
        if isinstance(field, forms.ModelChoiceField):
            if field.empty_label == DASHES:
                field.empty_label = nothing
        elif isinstance(field, forms.ChoiceField):
            pairs: Any = field.choices
            field.choices = [("", nothing) if pair == ("", DASHES) else pair for pair in pairs]

    @property
    def look(self) -> str:
        return look(self.field.widget)

    @property
    def is_single_checkbox(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        built = super().build_widget_attrs(attrs, widget)
        kind = look(widget or self.field.widget)
        names = [CLASSES.get(kind, TEXTBOX)]
        if self.errors:
            names.append(f"{names[0].split(' ')[0]}--invalid")
        given = (widget or self.field.widget).attrs.get("class", "")
        if (widget or self.field.widget).attrs.get("placeholder") == self.label:
            built["placeholder"] = ""  # the label already says it, and stays
        built["class"] = " ".join(filter(None, [*names, given]))
        return built


def choose_the_only(form: forms.BaseForm, name: str) -> None:
    """Fills in a choice among one row, such as a provider that states something of itself."""
    field: Any = form.fields[name]
    rows = list(field.queryset[:2])
    if len(rows) == 1 and form.initial.get(name) is None:
        form.initial[name] = rows[0].pk


class Renderer(TemplatesSetting):
    """Draws every form of the site with our own templates."""

    form_template_name = "components/form_fields.html"
    field_template_name = "components/field.html"
    bound_field_class = StyledField


class DayField(forms.DateField):
    """A calendar day, picked or typed."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%d-%m-%Y"])
        super().__init__(**kwargs)


class LastDayField(DayField):
    """The last day of a period; in the code and the database it is the day after (half-open)."""

    def prepare_value(self, value: Any) -> Any:
        return value - timedelta(days=1) if isinstance(value, date) else value

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        return day + timedelta(days=1) if day else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


def dutch_decimal(text: str) -> Decimal:
    """'1.234,50' -> 1234.50; a dot followed by three digits separates thousands."""
    plain = text.replace(" ", "").replace("\u00a0", "").replace("€", "")
    if "," in plain:
        plain = plain.replace(".", "").replace(",", ".")
    elif plain.count(".") > 1 or (plain.count(".") == 1 and len(plain.split(".")[1]) == 3):
        plain = plain.replace(".", "")
    return Decimal(plain)


class DutchDecimalField(forms.DecimalField):
    """A number with a decimal comma."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("inputmode", "decimal")
        self.widget.attrs.setdefault("class", "jr-short")

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip():
            if value.strip().endswith("%"):
                raise forms.ValidationError(
                    "Dit is geen percentage. Vul een getal in zonder procentteken.", code="invalid"
                )
            try:
                value = dutch_decimal(value.strip())
            except InvalidOperation:
                raise forms.ValidationError(
                    "Vul een getal in, bijvoorbeeld 1.234,50.", code="invalid"
                ) from None
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal | float | int):
            return f"{value}".replace(".", ",")
        return value


class EuroField(DutchDecimalField):
    """An amount in euros, two decimals."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 14)
        super().__init__(decimal_places=2, **kwargs)


class PercentField(DutchDecimalField):
    """A share between 0 and 1, typed and shown as people write it: '12 %', '12' or '12,5'.

    '0,12' without a sign is refused: it may be twelve per cent, or a part of one. `least` and
    `most` are per cents.
    """

    def __init__(self, *, least: int = 0, most: int = 100, **kwargs: Any) -> None:
        limits = {"min_value": Decimal(least), "max_value": Decimal(most), "decimal_places": 2}
        super().__init__(**{"help_text": "Bijvoorbeeld 12 % of 12,5 %.", **kwargs, **limits})

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str):
            return super().to_python(value)
        typed = value.strip()
        found = super().to_python(typed.removesuffix("%").strip())
        if found and abs(found) < 1 and not typed.endswith("%"):
            raise forms.ValidationError(_which(found), code="ambiguous")
        return found

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal | float | int):
            return percent_typed(Decimal(str(value)) * 100)
        return value

    def clean(self, value: Any) -> Decimal | None:
        percentage = super().clean(value)
        return None if percentage is None else percentage / 100

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(None if initial is None else Decimal(str(initial)) * 100, data)


def percent_typed(percentage: Decimal) -> str:
    """12.50 -> '12,5 %'."""
    return f"{percentage.normalize():f} %".replace(".", ",")


def _which(typed: Decimal) -> str:
    small, large = percent_typed(typed), percent_typed(typed * 100)
    return f"Bedoelt u {large} of {small}? Schrijf het procentteken erbij."


def chosen_in(form: Any, name: str) -> Any:
    """The row that a field of choice points at now, typed or stored; None when at none."""
    try:
        return form.fields[name].to_python(form[name].value())
    except forms.ValidationError:
        return None


def type_as_share(form: Any, name: str, **kwargs: Any) -> None:
    """Let a field of a form that holds a share be typed as a percentage."""
    old = form.fields[name]
    told = {"label": old.label, "required": old.required, "help_text": old.help_text}
    form.fields[name] = PercentField(**{**told, **kwargs})


class LinesField(forms.CharField):
    """A list of texts, one on a line."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Iterable) and not isinstance(value, str):
            return "\n".join(str(line) for line in value)
        return value

    def clean(self, value: Any) -> list[str]:
        text = super().clean(value)
        return [line.strip() for line in text.splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """A browser sends another line end than the one that was shown."""
        return self._lines(initial) != self._lines(data)

    def _lines(self, value: Any) -> list[str]:
        text = str(self.prepare_value(value) or "")
        return [line.strip() for line in text.splitlines() if line.strip()]


class NotesField(forms.CharField):
    """Notes with their source: one on a line, the source after a vertical bar."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 4}))
        kwargs.setdefault("required", False)
        kwargs.setdefault(
            "help_text",
            "Wat de documenten openlaten of tegenspreken. Eén per regel, met de bron achter een "
            "verticale streep: tekst | bron.",
        )
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return "\n".join(" | ".join(filter(None, (n["text"], n["source"]))) for n in value)
        return value

    def clean(self, value: Any) -> list[dict[str, str]]:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        parts = [line.rpartition("|") if "|" in line else (line, "", "") for line in lines]
        return [{"text": text.strip(), "source": source.strip()} for text, _, source in parts]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial or []), data)
