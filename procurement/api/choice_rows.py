"""How choices, procedures, development tables and planned events are written in the API."""

from core.api.rest import (
    Choice,
    Day,
    Euros,
    Number,
    Rows,
    Text,
    Texts,
    Whole,
    YesNo,
    many,
    values_of,
)
from segments.enums import FundingForm

from ..enums.choices import (
    ChoiceState,
    MarketSubject,
    NoticeKind,
    Openness,
    PlanningLevel,
    ProcedureKind,
    ProcedureState,
    ShareBase,
    StepKind,
)
from ..models import FundingPart, PlanStep, Procedure


class OfScheme(Rows):
    id = Whole()
    regio = Text(source="scheme__region__slug")
    indeling = Whole(source="scheme_id")


class OfSegment(Rows):
    id = Whole()
    regio = Text(source="segment__scheme__region__slug")
    segment = Whole(source="segment_id")


class FundingCriterionRows(OfScheme):
    code = Text()
    tekst = Text(source="text")
    pleitVoor = Choice(FundingForm, source="favours")
    volgorde = Whole(source="order")
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Bekostigingscriterium"


class AssessmentRows(OfSegment):
    criterium = Whole(source="criterion_id")
    geldt = YesNo(source="applies")
    reden = Text(source="reason", allow_blank=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "BekostigingsToetsing"


class ExcludedRows(OfScheme):
    vorm = Choice(FundingForm, source="form")
    reden = Text(source="reason")
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "UitgeslotenVorm"


class FundingPartRows(Rows):
    onderdeel = Text(source="name")
    vorm = Choice(FundingForm, source="form", allow_null=True)
    deelVanBudget = Number(source="share", allow_null=True, help_text="Tussen 0 en 1.")
    bedrag = Euros(source="amount", allow_null=True, help_text="Per jaar.")
    waarom = Text(source="reason", allow_blank=True)

    class Meta:
        ref_name = "OnderdeelMetEigenVorm"


class FundingChoiceRows(OfSegment):
    vorm = Choice(FundingForm, source="form", allow_null=True)
    stand = Choice(ChoiceState, source="state")
    schaal = Text(source="scale", allow_blank=True)
    toelichting = Text(source="explanation", allow_blank=True)
    onderdelen = many(FundingPartRows, model=FundingPart, by="choice_id", order=("order", "pk"))
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Bekostigingskeuze"


class OwnFundingPartRows(Rows):
    id = Whole()
    regio = Text(source="choice__segment__scheme__region__slug")
    bekostigingskeuze = Whole(source="choice_id")
    onderdeel = Text(source="name")
    vorm = Choice(FundingForm, source="form", allow_null=True)
    deelVanBudget = Number(source="share", allow_null=True, help_text="Tussen 0 en 1.")
    bedrag = Euros(source="amount", allow_null=True, help_text="Per jaar.")
    waarom = Text(source="reason", allow_blank=True)
    volgorde = Whole(source="order")
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Bekostigingsonderdeel"


class ProcedureCriterionRows(OfScheme):
    nummer = Whole(source="number")
    tekst = Text(source="text")
    gewicht = Whole(source="weight")
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Procedurecriterium"


class WeighingRows(OfSegment):
    criterium = Whole(source="criterion_id")
    bevinding = Text(source="finding")
    pleitVoor = Choice(ProcedureKind, source="favours", allow_null=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Procedureweging"


class ProcedureChoiceRows(OfSegment):
    procedure = Choice(ProcedureKind, source="kind", allow_null=True)
    stand = Choice(ChoiceState, source="state")
    overwegingen = Text(source="considerations", allow_blank=True)
    toelichting = Text(source="explanation", allow_blank=True)
    uitwijken = Text(source="fallback", allow_blank=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Procedurekeuze"


class MarketFactRows(OfSegment):
    onderwerp = Choice(MarketSubject, source="subject")
    feit = Text(source="text")
    aanbieders = Whole(source="providers", allow_null=True)
    aandeel = Number(source="share", allow_null=True, help_text="Tussen 0 en 1.")
    waarvan = Choice(ShareBase, source="share_base", allow_null=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Marktfeit"


class ProcedureRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    naam = Text(source="name")
    soort = Choice(ProcedureKind, source="kind")
    stand = Choice(ProcedureState, source="state")
    openstelling = Choice(Openness, source="openness")
    ronde = Whole(source="round")
    geraamdeWaarde = Euros(source="value", allow_null=True, help_text="Zonder btw.")
    inPlaatsVan = Whole(source="replaces_id", allow_null=True)
    contractenVanaf = Day(source="contracts_from", allow_null=True)
    segmenten = values_of(
        Texts(), model=Procedure.segments.through, by="procedure_id", column="segment__code"
    )
    toelichting = Text(source="note", allow_blank=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Procedure"


class StepRows(Rows):
    id = Whole()
    regio = Text(source="procedure__region__slug")
    procedure = Whole(source="procedure_id")
    spoor = Text(source="track", allow_blank=True)
    naam = Text(source="name")
    soort = Choice(StepKind, source="kind")
    aankondiging = Choice(NoticeKind, source="notice", allow_null=True)
    eerstGepland = Day(source="first_end", allow_null=True)
    begin = Day(source="start_on", allow_null=True)
    gepland = Day(source="end_on", allow_null=True)
    klaar = Day(source="done_on", allow_null=True)
    na = values_of(
        Texts(help_text="Namen van de stappen die eerst klaar moeten zijn."),
        model=PlanStep.after.through,
        by="from_planstep_id",
        column="to_planstep__name",
    )
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Planstap"


class EventRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    niveau = Choice(PlanningLevel, source="level")
    titel = Text(source="title")
    begin = Day(source="start_on")
    totEnMet = Day(source="end_on", allow_null=True)
    gemeente = Text(source="municipality__gm_code", allow_null=True)
    kader = Whole(source="framework_id", allow_null=True)
    toelichting = Text(source="note", allow_blank=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Agendapunt"
