"""Forms about plans, decisions and consultation: filters, uploads and imports."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from core.documents.forms import KindField
from core.documents.models import Confidentiality

from ..enums.policy import Disposition, MeetingKind, PlanKind, PlanState, QuestionState
from ..models import PlanAttachment

ANY = ("", "alle")


def _choices(of: Any) -> list[tuple[str, str]]:
    return [ANY, *of.choices]


class PlanFilter(forms.Form):
    zoek = forms.CharField(label="Woorden", required=False)
    soort = forms.ChoiceField(label="Soort", required=False, choices=_choices(PlanKind))
    stand = forms.ChoiceField(label="Stand", required=False, choices=_choices(PlanState))

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        asked = self.cleaned_data if self.is_valid() else {}
        if words := asked.get("zoek"):
            found = Q(title__unaccent__icontains=words) | Q(summary__unaccent__icontains=words)
            found |= Q(sections__title__unaccent__icontains=words)
            found |= Q(sections__text__unaccent__icontains=words)
            rows = rows.filter(found).distinct()
        if kind := asked.get("soort"):
            rows = rows.filter(kind=kind)
        if state := asked.get("stand"):
            rows = rows.filter(state=state)
        return rows


class QuestionFilter(forms.Form):
    zoek = forms.CharField(label="Woorden", required=False)
    thema = forms.ChoiceField(label="Thema", required=False)
    gemeente = forms.ChoiceField(label="Gemeente", required=False)
    bijeenkomst = forms.ChoiceField(label="Bijeenkomst", required=False)
    stand = forms.ChoiceField(label="Stand", required=False, choices=_choices(QuestionState))

    def __init__(self, *args: Any, rows: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        themes = rows.order_by("theme").values_list("theme", flat=True).distinct()
        towns = rows.filter(municipality__isnull=False).order_by("municipality__name")
        pairs = towns.values_list("municipality__gm_code", "municipality__name").distinct()
        held = rows.filter(meeting__isnull=False).order_by("meeting__held_on")
        meetings = held.values_list("meeting_id", "meeting__title").distinct()
        self.fields["thema"].choices = [ANY, *((t, t) for t in themes)]  # type: ignore[attr-defined]
        self.fields["gemeente"].choices = [ANY, *pairs]  # type: ignore[attr-defined]
        self.fields["bijeenkomst"].choices = [ANY, *((str(k), t) for k, t in meetings)]  # type: ignore[attr-defined]

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        asked = self.cleaned_data if self.is_valid() else {}
        columns = {
            "thema": "theme",
            "gemeente": "municipality__gm_code",
            "bijeenkomst": "meeting_id",
            "stand": "state",
        }
        for name, column in columns.items():
            if asked.get(name):
                rows = rows.filter(**{column: asked[name]})
        if words := asked.get("zoek"):
            rows = rows.filter(
                Q(text__unaccent__icontains=words)
                | Q(answer__unaccent__icontains=words)
                | Q(speaker__icontains=words)
            )
        return rows


class RemarkFilter(forms.Form):
    zoek = forms.CharField(label="Woorden", required=False)
    organisatie = forms.ChoiceField(label="Organisatie", required=False)
    afhandeling = forms.ChoiceField(
        label="Afhandeling", required=False, choices=[*_choices(Disposition), ("geen", "nog open")]
    )

    def __init__(self, *args: Any, rows: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = rows.order_by("partner__name").values_list("partner_id", "partner__name").distinct()
        self.fields["organisatie"].choices = [ANY, *((str(k), n) for k, n in names)]  # type: ignore[attr-defined]

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        asked = self.cleaned_data if self.is_valid() else {}
        if partner := asked.get("organisatie"):
            rows = rows.filter(partner=partner)
        if (done := asked.get("afhandeling")) is not None and done:
            rows = rows.filter(disposition="" if done == "geen" else done)
        if words := asked.get("zoek"):
            rows = rows.filter(
                Q(remark__unaccent__icontains=words) | Q(response__unaccent__icontains=words)
            )
        return rows


class MeetingFilter(forms.Form):
    soort = forms.ChoiceField(label="Soort", required=False, choices=_choices(MeetingKind))

    def narrow(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        kind = self.cleaned_data.get("soort") if self.is_valid() else ""
        return rows.filter(kind=kind) if kind else rows


class AttachmentForm(forms.ModelForm):
    """An annex with its file; without a file it is only named."""

    upload = KindField(
        required=False,
        help_text="Laat leeg als het plan de bijlage alleen noemt. Een nieuw bestand wordt een "
        "nieuwe versie.",
    )
    confidentiality = forms.ChoiceField(
        label="Vertrouwelijkheid",
        choices=Confidentiality.choices,
        help_text="Een bijlage is nooit opener dan het plan zelf.",
    )

    class Meta:
        model = PlanAttachment
        fields = ("number", "title", "confidentiality", "other_plan", "note", "source")

    def __init__(self, *args: Any, plans: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other_plan"].queryset = plans  # type: ignore[attr-defined]
