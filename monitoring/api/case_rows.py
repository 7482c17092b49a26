"""How cases of escalation are written in the API, and how a list of them is narrowed."""

import django_filters

from core.api.rest import (
    Choice,
    ChoiceOf,
    Day,
    Moment,
    Real,
    Rows,
    Text,
    Texts,
    Whole,
    YesNo,
    made,
    many,
)
from providers.enums_supply import StopGround
from regions.api.choose import OfRegion

from ..enums.cases import (
    CASE,
    ActionState,
    CaseState,
    CaseTheme,
    MeasureKind,
    Outcome,
    ResultJudgement,
)
from ..models import (
    ActionProgress,
    Alternative,
    CaseIndicator,
    Conversation,
    ImprovementAction,
    ImprovementPlan,
    Letter,
    Measure,
    Observation,
    PhaseOutPlan,
    PhaseOutStep,
    PlanItem,
)


class ActionRows(Rows):
    id = Whole()
    ronde = Whole(source="round")
    wie = Text(source="who")
    wat = Text(source="what")
    hoe = Text(source="how", allow_blank=True)
    klaarOp = Day(source="due")
    waaraanTeZien = Text(source="result", allow_blank=True)
    stand = Choice(ActionState, source="state")
    resultaat = Choice(ResultJudgement, source="judgement", allow_null=True)
    resultaatToelichting = Text(source="judgement_reason", allow_blank=True)

    class Meta:
        ref_name = "ZaakActie"


class ProgressRows(Rows):
    id = Whole()
    actie = Whole(source="action_id")
    op = Moment(source="at")
    tekst = Text(source="text")
    bewijs = Text(
        source="proof__file_name", allow_null=True,
        help_text="Naam van het bestand, dat bij `bestand` in de zip zit.",
    )  # fmt: skip

    class Meta:
        ref_name = "VoortgangVanActie"


class ConversationRows(Rows):
    id = Whole()
    ronde = Whole(source="round")
    datum = Day(source="held_on")
    deelnemers = Texts(source="participants")
    verslag = Text(source="report", allow_blank=True)

    class Meta:
        ref_name = "ZaakGesprek"


class PlanRows(Rows):
    id = Whole()
    versie = Whole(source="version")
    ronde = Whole(source="round")
    watIsErAanDeHand = Text(source="analysis", allow_blank=True)
    watWiltUBereiken = Text(source="aim", allow_blank=True)
    ingediendOp = Day(source="submitted_on", allow_null=True)
    teruggegevenOp = Day(source="returned_on", allow_null=True)
    bindendSinds = Day(source="bound_on", allow_null=True)

    class Meta:
        ref_name = "Verbeterplan"


class PlanItemRows(Rows):
    plan = Whole(source="plan_id")
    wie = Text(source="who")
    wat = Text(source="what")
    hoe = Text(source="how")
    klaarOp = Day(source="due")
    waaraanTeZien = Text(source="result")

    class Meta:
        ref_name = "MaatregelInVerbeterplan"


class CaseIndicatorRows(Rows):
    indicator = Text(source="code")
    doel = Real(source="target", help_text="Een aandeel ligt tussen 0 en 1.")
    hogerIsBeter = YesNo(source="more_is_better")
    teHalenIn = Text(source="by_half_year")
    begonBij = Real(source="start_value", allow_null=True)
    begonIn = Text(source="start_half_year", allow_blank=True)

    class Meta:
        ref_name = "IndicatorVanZaak"


class ObservationRows(Rows):
    id = Whole()
    gemeente = Text(source="municipality__gm_code", allow_null=True)
    aantalJeugdigen = Whole(source="cases_counted")
    waarvanBeter = Whole(source="better")
    tekst = Text(source="text")
    gezienOp = Day(source="seen_on")

    class Meta:
        ref_name = "Waarneming"


class LetterRows(Rows):
    id = Whole()
    onderwerp = Text(source="subject")
    tekst = Text(source="body")
    verstuurdOp = Day(source="sent_on")
    aanAanbieder = YesNo(source="to_provider")

    class Meta:
        ref_name = "BriefInZaak"


class PhaseOutRows(Rows):
    plan = Text()
    jeugdigenBijBegin = Whole(source="clients_at_start")
    vanaf = Day(source="starts_on")
    klaarOp = Day(source="ends_on")

    class Meta:
        ref_name = "Uitfaseringsplan"


class PhaseOutStepRows(Rows):
    op = Day(source="day")
    gepland = Whole(source="planned")
    geteld = Whole(source="counted", allow_null=True)

    class Meta:
        ref_name = "UitfaseringAantal"


class AlternativeRows(Rows):
    aanbieder = Text(source="provider__agb_code")
    jeugdigen = Whole(source="places")
    vanaf = Day(source="from_day")
    afspraak = Text(source="note", allow_blank=True)

    class Meta:
        ref_name = "UitfaseringAlternatief"


class MeasureRows(Rows):
    id = Whole()
    maatregel = Choice(MeasureKind, source="kind")
    grond = Choice(StopGround, source="ground", allow_null=True)
    product = Text(source="product_code", allow_blank=True)
    vanaf = Day(source="starts_on")
    tot = Day(source="ends_on", allow_null=True)
    reden = Text(source="reason")
    redenEinde = Text(source="end_reason", allow_blank=True)

    class Meta:
        ref_name = "Maatregel"


class CaseRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    nummer = Text(source="number")
    aanbieder = Text(source="provider__agb_code")
    thema = Choice(CaseTheme, source="theme")
    onderwerp = Text(source="title")
    segment = Text(source="segment__code", allow_null=True)
    stap = Choice(CaseState, source="state")
    mogelijkeStappen = made(
        Texts(help_text="Namen van stappen die vanuit deze stap kunnen, door wie dat mag."),
        "state",
        by=lambda state: [move.slug for move in CASE.moves_from(state)],
    )
    aanZet = made(Text(help_text="Wie nu aan zet is, in woorden."), "pk", by=lambda key: "")
    ronde = Whole(source="round")
    begonnenOp = Day(source="opened_on")
    laatsteStapOp = Day(source="moved_on")
    uiterlijk = made(
        Day(allow_null=True, help_text="Laatste dag van deze stap."), "pk", by=lambda key: None
    )
    teLaat = made(YesNo(help_text="De laatste dag van deze stap is voorbij."), "pk", by=bool)
    geslotenOp = Day(source="closed_on", allow_null=True)
    uitkomst = Choice(Outcome, source="outcome", allow_null=True)
    procesversie = Whole(source="process__version")
    gesprekken = many(ConversationRows, model=Conversation, by="case_id", order=("held_on", "pk"))
    verbeterplannen = many(PlanRows, model=ImprovementPlan, by="case_id", order=("version",))
    planmaatregelen = many(
        PlanItemRows,
        model=PlanItem,
        by="plan__case_id",
        order=("plan__version", "order", "due", "pk"),
    )  # fmt: skip
    acties = many(ActionRows, model=ImprovementAction, by="case_id", order=("due", "pk"))
    voortgang = many(ProgressRows, model=ActionProgress, by="action__case_id", order=("at", "pk"))
    indicatoren = many(CaseIndicatorRows, model=CaseIndicator, by="case_id")
    waarnemingen = many(ObservationRows, model=Observation, by="case_id", order=("seen_on", "pk"))
    maatregelen = many(MeasureRows, model=Measure, by="case_id", order=("starts_on", "pk"))
    brieven = many(LetterRows, model=Letter, by="case_id", order=("sent_on", "pk"))
    uitfasering = many(PhaseOutRows, model=PhaseOutPlan, by="case_id")
    uitfaseringAantallen = many(
        PhaseOutStepRows, model=PhaseOutStep, by="plan__case_id", order=("day",)
    )
    uitfaseringAlternatieven = many(
        AlternativeRows, model=Alternative, by="plan__case_id", order=("from_day", "pk")
    )
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "Zaak"


class CaseFilters(OfRegion):
    aanbieder = django_filters.CharFilter(field_name="provider__agb_code")
    thema = ChoiceOf(CaseTheme, field_name="theme")
    stap = ChoiceOf(CaseState, field_name="state")


class WayRows(Rows):
    stap = Text()
    naam = Text()
    kanNu = YesNo()
    eerst = Text(help_text="Wat er eerst moet gebeuren; leeg: niets.")
    vraagtReden = YesNo()

    class Meta:
        ref_name = "StapVanZaak"


class EventRows(Rows):
    dag = Day()
    soort = Text()
    titel = Text()
    tekst = Text(allow_blank=True)
    wie = Text(allow_blank=True)

    class Meta:
        ref_name = "GebeurtenisInZaak"


class ProcessRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    versie = Whole(source="version")
    signaalDagen = Whole(source="signal_days")
    gesprekDagen = Whole(source="dialogue_days")
    planDagen = Whole(source="plan_days")
    oordeelOverPlanDagen = Whole(source="binding_days")
    monitoringDagen = Whole(source="monitoring_days")
    dagenTussenGesprekken = Whole(source="meeting_days")
    beoordelingDagen = Whole(source="assessment_days")
    toezichtDagen = Whole(source="supervision_days")
    voorstelDagen = Whole(source="proposal_days")
    uitfaseringDagen = Whole(source="phase_out_days")
    groteAanbiederVanaf = Whole(source="large_clients")
    vastgesteld = YesNo(source="is_decided")
    toelichting = Text(source="note", allow_blank=True)
    vastgelegdOp = Moment(source="made_at")

    class Meta:
        ref_name = "Procesafspraken"


class ProcessFilters(OfRegion):
    pass
