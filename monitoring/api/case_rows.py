"""How cases of escalation are written in the API, and how a list of them is narrowed."""

import django_filters

from core.api.rest import (
    Choice,
    ChoiceOf,
    Day,
    Rows,
    Text,
    Texts,
    Whole,
    YesNo,
    made,
    many,
)
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
    Conversation,
    ImprovementAction,
    ImprovementPlan,
    Measure,
)


def dashed(name: str) -> str:
    return name.replace("_", "-")


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


class MeasureRows(Rows):
    id = Whole()
    maatregel = Choice(MeasureKind, source="kind")
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
        by=lambda state: [dashed(move.name) for move in CASE.moves_from(state)],
    )
    ronde = Whole(source="round")
    begonnenOp = Day(source="opened_on")
    laatsteStapOp = Day(source="moved_on")
    uiterlijk = made(
        Day(allow_null=True, help_text="Laatste dag van deze stap."), "pk", by=lambda key: None
    )
    geslotenOp = Day(source="closed_on", allow_null=True)
    uitkomst = Choice(Outcome, source="outcome", allow_null=True)
    procesversie = Whole(source="process__version")
    gesprekken = many(ConversationRows, model=Conversation, by="case_id", order=("held_on", "pk"))
    verbeterplannen = many(PlanRows, model=ImprovementPlan, by="case_id", order=("version",))
    acties = many(ActionRows, model=ImprovementAction, by="case_id", order=("due", "pk"))
    maatregelen = many(MeasureRows, model=Measure, by="case_id", order=("starts_on", "pk"))
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "Zaak"


class CaseFilters(OfRegion):
    aanbieder = django_filters.CharFilter(field_name="provider__agb_code")
    thema = ChoiceOf(CaseTheme, field_name="theme")
    stap = ChoiceOf(CaseState, field_name="state")
