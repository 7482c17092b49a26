"""Forms of cases of escalation."""

from collections.abc import Collection
from typing import Any

from django import forms

from core import clock
from core.periods import HalfYear
from core.states import Move
from core.states.pages import ReasonForm
from core.ui.forms import DayField, DutchDecimalField, LinesField, type_as_share
from providers.enums_supply import AT_ONCE, StopGround
from providers.models import Provider
from regions.models import Region
from regions.queries.access import access_of
from regions.queries.membership import municipalities_of
from segments.models import Segment

from ..enums.cases import CaseState, CaseTheme, MeasureKind, ResultJudgement
from ..models import (
    Alternative,
    CaseProcess,
    CaseSignal,
    Observation,
    PhaseOutPlan,
    PhaseOutStep,
    PlanItem,
)

NO_NAMES = "Noem geen namen, nummers of andere gegevens van jeugdigen."


def text_area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea({"rows": rows})


def segments_in(region: Region) -> Any:
    return Segment.objects.filter(scheme__region=region).order_by("-scheme__valid_from", "order")


class CaseFilter(forms.Form):
    zoek = forms.CharField(label="Aanbieder of onderwerp", required=False)
    stap = forms.ChoiceField(
        label="Stap",
        required=False,
        choices=[("open", "alle lopende"), ("", "alle"), *CaseState.choices],
    )
    thema = forms.ChoiceField(
        label="Thema", required=False, choices=[("", "alle"), *CaseTheme.choices]
    )
    te_laat = forms.BooleanField(label="Alleen wat te laat is", required=False)


class OpenCaseForm(forms.Form):
    provider = forms.ModelChoiceField(label="Aanbieder", queryset=Provider.objects.none())
    theme = forms.ChoiceField(label="Thema", choices=CaseTheme.choices)
    title = forms.CharField(
        label="Onderwerp", max_length=160, help_text="Kort, zoals: lange duur ambulante hulp."
    )
    segment = forms.ModelChoiceField(
        label="Segment", queryset=Segment.objects.none(), required=False, empty_label="alle"
    )

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provider"].queryset = Provider.objects.filter(region=region)  # type: ignore[attr-defined]
        self.fields["segment"].queryset = segments_in(region)  # type: ignore[attr-defined]


class SignalForm(forms.ModelForm):
    class Meta:
        model = CaseSignal
        fields = (
            "provider", "theme", "municipality", "segment", "cases_counted", "seen_on", "text",
        )  # fmt: skip
        widgets = {"text": text_area()}
        help_texts = {
            "cases_counted": "Tel jeugdigen bij wie u dit ziet.",
            "text": NO_NAMES,
        }

    def __init__(self, *args: Any, region: Region, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["provider"].label = "Aanbieder"
        fields["provider"].queryset = Provider.objects.filter(region=region)
        fields["segment"].queryset = segments_in(region)
        fields["segment"].empty_label = "alle"
        fields["seen_on"] = DayField(label="Gezien op", initial=self.instance.seen_on)
        own = access_of(user).municipalities_in(region.pk)
        members = municipalities_of(region)
        fields["municipality"].queryset = members.filter(gm_code__in=own) if own else members
        fields["municipality"].empty_label = None if own else "de regio"
        fields["municipality"].required = bool(own)
        fields["cases_counted"].required = bool(own)


class SetAsideForm(forms.Form):
    reason = forms.CharField(label="Waarom is er geen zaak nodig", widget=text_area())


class ConversationForm(forms.Form):
    held_on = DayField(label="Datum van het gesprek")
    participants = LinesField(label="Deelnemers", help_text="Eén per regel: naam en functie.")
    report = forms.CharField(label="Verslag", widget=text_area(8), help_text=NO_NAMES)


class AgreementForm(forms.Form):
    who = forms.CharField(label="Wie", max_length=120)
    what = forms.CharField(label="Wat", widget=text_area(2))
    how = forms.CharField(label="Hoe", widget=text_area(2), required=False)
    due = DayField(label="Wanneer klaar")
    result = forms.CharField(label="Waaraan zien we dat", widget=text_area(2), required=False)


class PlanForm(forms.Form):
    analysis = forms.CharField(label="Wat is er aan de hand", widget=text_area(6))
    aim = forms.CharField(
        label="Wat wilt u bereiken", widget=text_area(4), help_text="Zo dat het te meten is."
    )


class PlanItemForm(forms.ModelForm):
    due = DayField(label="Wanneer klaar")

    class Meta:
        model = PlanItem
        fields = ("who", "what", "how", "due", "result")
        widgets = {"what": text_area(2), "how": text_area(3), "result": text_area(2)}


class ProgressForm(forms.Form):
    text = forms.CharField(label="Wat is er gedaan", widget=text_area(), help_text=NO_NAMES)
    proof = forms.FileField(
        label="Bewijs", required=False, help_text="PDF, Word, Excel of afbeelding, tot 10 MB."
    )


class JudgementForm(forms.Form):
    judgement = forms.ChoiceField(
        label="Is het resultaat behaald?", choices=ResultJudgement.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(label="Waaruit blijkt dat", widget=text_area())


class MeasureForm(forms.Form):
    kind = forms.ChoiceField(label="Maatregel", choices=MeasureKind.choices)
    product_code = forms.ChoiceField(label="Voor welk product", required=False)
    ground = forms.ChoiceField(
        label="Grond",
        required=False,
        choices=[("", "volgt uit de zaak"), *((g, StopGround(g).label) for g in AT_ONCE)],
        help_text="Alleen bij een cliëntenstop, die meteen bij Wachttijden en plekken komt.",
    )
    starts_on = DayField(label="Vanaf")
    reason = forms.CharField(label="Reden", widget=text_area())

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        products = region.products.order_by("code").values_list("code", "name")
        self.fields["product_code"].choices = [  # type: ignore[attr-defined]
            ("", "alle hulp van de aanbieder"),
            *((code, f"{code} {name}".strip()) for code, name in products),
        ]


class EndMeasureForm(forms.Form):
    ends_on = DayField(label="Geldt niet meer vanaf")
    reason = forms.CharField(label="Reden van het einde", widget=text_area())


class ObservationForm(forms.ModelForm):
    class Meta:
        model = Observation
        fields = ("municipality", "seen_on", "cases_counted", "better", "text")
        widgets = {"text": text_area()}
        help_texts = {"text": NO_NAMES}

    def __init__(self, *args: Any, region: Region, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        own = access_of(user).municipalities_in(region.pk)
        members = municipalities_of(region)
        fields["municipality"].queryset = members.filter(gm_code__in=own) if own else members
        fields["municipality"].empty_label = None if own else "de regio"
        fields["seen_on"] = DayField(label="Gezien op", initial=self.instance.seen_on)


class CaseIndicatorForm(forms.Form):
    """`codes` are those that can be followed; `shares` those of them that are percentages."""

    code = forms.ChoiceField(label="Indicator")
    target = DutchDecimalField(
        label="Doel",
        required=False,
        help_text="Een aandeel als percentage: 12,5 %. Leeg: het getal dat is afgesproken.",
    )
    more_is_better = forms.TypedChoiceField(
        label="Wat is beter",
        choices=[("0", "lager"), ("1", "hoger")],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    by_half_year = forms.ChoiceField(label="Te halen in")

    def __init__(
        self, *args: Any, codes: list[tuple[str, str]], shares: Collection[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["code"].choices = codes
        if self["code"].value() in shares:
            type_as_share(self, "target")
        now = HalfYear.of(clock.today())
        ahead = [now.shift(n) for n in range(6)]
        fields["by_half_year"].choices = [(h.label, h.title) for h in ahead]


class LetterForm(forms.Form):
    subject = forms.CharField(label="Onderwerp", max_length=160)
    body = forms.CharField(label="Tekst", widget=text_area(14))
    to_provider = forms.BooleanField(
        label="De aanbieder ziet deze brief in zijn omgeving", required=False, initial=True
    )


class PhaseOutForm(forms.ModelForm):
    starts_on = DayField(label="Vanaf")
    ends_on = DayField(label="Klaar op")

    class Meta:
        model = PhaseOutPlan
        fields = ("plan", "clients_at_start", "starts_on", "ends_on")
        widgets = {"plan": text_area(6)}


class PhaseOutStepForm(forms.ModelForm):
    day = DayField(label="Op")

    class Meta:
        model = PhaseOutStep
        fields = ("day", "planned", "counted")


class AlternativeForm(forms.ModelForm):
    from_day = DayField(label="Vanaf")

    class Meta:
        model = Alternative
        fields = ("provider", "places", "from_day", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case = self.instance.plan.case
        others = Provider.objects.filter(region=case.region).exclude(pk=case.provider_id)
        self.fields["provider"].queryset = others  # type: ignore[attr-defined]


class ProcessForm(forms.ModelForm):
    class Meta:
        model = CaseProcess
        fields = (
            "signal_days", "dialogue_days", "plan_days", "binding_days", "monitoring_days",
            "meeting_days", "assessment_days", "supervision_days", "proposal_days",
            "phase_out_days", "large_clients", "is_decided", "note",
        )  # fmt: skip
        widgets = {"note": text_area(3)}


class CaseMoveForm(ReasonForm):
    """A step of a case, with what it will bring about in words."""

    def __init__(self, *args: Any, move: Move, **kwargs: Any) -> None:
        super().__init__(*args, move=move, **kwargs)
        self.fields["reason"].help_text = STEP_HELP.get(move.name, "")


STEP_HELP = {
    "start_dialogue": "De aanbieder ziet de zaak hierna in zijn eigen omgeving.",
    "ask_plan": "De aanbieder krijgt een leeg plan om in te vullen.",
    "without_plan": "Leg vast waarom een verbeterplan niet nodig is.",
    "submit_plan": "Na het indienen verandert het plan niet meer.",
    "return_plan": "De aanbieder gaat verder in een nieuwe versie. Schrijf wat anders moet.",
    "bind_plan": "Elke maatregel uit het plan wordt een actie die wordt gevolgd.",
    "continue_referral": "De toegang verwijst weer door zoals bij de start van het contract.",
    "propose_dissolution": "Dit is een voorstel. De colleges besluiten.",
}
