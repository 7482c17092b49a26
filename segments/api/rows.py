"""How schemes, segments, goals, products and indicators are written in the API."""

from core.api.rest import (
    Choice,
    Day,
    Euros,
    LastDay,
    Number,
    Rows,
    Text,
    Texts,
    Whole,
    YesNo,
    made,
    many,
    values_of,
)
from regions.api.rows import notes

from ..enums import (
    Direction,
    Feed,
    FundingForm,
    MoneyEffect,
    Participation,
    TargetDirection,
    TargetKind,
    TraitKind,
)
from ..models import (
    GoalIndicator,
    Movement,
    SegmentParticipation,
    SegmentTrait,
)

PER_CODE = "Code van het segment binnen zijn indeling."
FAVOURABLE = {1: "hoger", -1: "lager", 0: "geen"}


def category_code(direction: str, is_stay: bool) -> str:
    """As in the cells of figures: 'herstel-verblijf'."""
    return f"{direction}-{'verblijf' if is_stay else 'ambulant'}"


class SchemeRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    code = Text()
    naam = Text(source="name")
    omschrijving = Text(source="description", allow_blank=True)
    vanaf = Day(source="valid_from")
    totEnMet = LastDay(source="valid_to", allow_null=True, help_text="Leeg: loopt door.")
    bron = Text(source="source", allow_blank=True)
    kanttekeningen = made(Texts(), "notes", by=notes)

    class Meta:
        ref_name = "Segmentindeling"


class ParticipationRows(Rows):
    gemeente = Text(source="municipality__gm_code")
    deelname = Choice(Participation, source="participation")
    deel = Text(source="part", allow_blank=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Deelname"


class TraitRows(Rows):
    soort = Choice(TraitKind, source="kind")
    tekst = Text(source="text")
    reden = Text(source="reason", allow_blank=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Kenmerk"


class SchemeTraitRows(Rows):
    id = Whole()
    regio = Text(source="scheme__region__slug")
    indeling = Text(source="scheme__code")
    segment = Text(source="segment__code", allow_null=True, help_text="Leeg: van de hele indeling.")
    soort = Choice(TraitKind, source="kind")
    tekst = Text(source="text")
    reden = Text(source="reason", allow_blank=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "KenmerkVanIndeling"


class MovementGoalRows(Rows):
    segment = Text(source="segmentgoal__segment__code")
    nummer = Text(source="segmentgoal__number")
    doel = Whole(source="segmentgoal_id")

    class Meta:
        ref_name = "DoelVanBeweging"


class MovementRows(Rows):
    id = Whole()
    regio = Text(source="scheme__region__slug")
    indeling = Text(source="scheme__code")
    titel = Text(source="title")
    tekst = Text(source="text", allow_blank=True)
    van = Text(source="from_category__name", allow_null=True)
    naar = Text(source="to_category__name", allow_null=True)
    doelen = many(MovementGoalRows, model=Movement.goals.through, by="movement_id")
    effect = Choice(MoneyEffect)
    bedragPerJaar = Euros(
        source="amount", allow_null=True, help_text="Leeg: het document noemt geen bedrag."
    )
    jaar = Whole(source="year", allow_null=True)
    geld = Text(source="money_text", allow_blank=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Beweging"


class SegmentRows(Rows):
    id = Whole()
    regio = Text(source="scheme__region__slug")
    indeling = Text(source="scheme__code")
    code = Text()
    naam = Text(source="name")
    andereNamen = made(Texts(), "aliases", by=list)
    omschrijving = Text(source="definition", allow_blank=True)
    bekostigingsvorm = Choice(FundingForm, source="funding_form", allow_null=True)
    bronVanDeCijfers = Choice(Feed, source="feed")
    normWachttijdDagen = Whole(source="wait_norm_days", allow_null=True)
    hooguitIndicatoren = Whole(source="indicator_limit", allow_null=True)
    deelnames = many(
        ParticipationRows,
        model=SegmentParticipation,
        by="segment_id",
        order=("municipality__gm_code",),
    )
    kenmerken = many(TraitRows, model=SegmentTrait, by="segment_id", order=("kind", "order", "pk"))
    bron = Text(source="source", allow_blank=True)
    kanttekeningen = made(Texts(), "notes", by=notes)

    class Meta:
        ref_name = "Segment"


class GoalRows(Rows):
    id = Whole()
    regio = Text(source="segment__scheme__region__slug")
    indeling = Text(source="segment__scheme__code")
    segment = Text(source="segment__code", help_text=PER_CODE)
    nummer = Text(source="number")
    hoofddoel = Text(
        source="parent__number", allow_null=True, help_text="Nummer van het doel hierboven."
    )
    doel = Text(source="text")
    indicatoren = values_of(
        Texts(help_text="Codes van de indicatoren die dit doel volgen."),
        model=GoalIndicator,
        by="goal_id",
        column="indicator__code",
        order=("order", "pk"),
    )
    geenCijferWant = Text(source="no_figure_reason", allow_blank=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Doel"


class TaskRows(Rows):
    id = Whole()
    regio = Text(source="segment__scheme__region__slug")
    indeling = Text(source="segment__scheme__code")
    segment = Text(source="segment__code", help_text=PER_CODE)
    opgave = Text(source="text")
    periode = Text(source="period", allow_blank=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Ontwikkelopgave"


class ProductRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    code = Text()
    productcategorie = Text(source="category", help_text="iJw-codelijst JZ020.")
    naam = Text(source="name", allow_blank=True)
    landelijkeCode = Text(source="standard_code", allow_blank=True)
    hulpvorm = Text(source="care_form", allow_blank=True, help_text="Hulpvorm volgens CBS.")
    eenheid = Text(source="unit", allow_blank=True, help_text="iJw-codelijst WJ756.")
    normaleDuurDagen = Whole(source="normal_duration_days", allow_null=True)

    class Meta:
        ref_name = "Product"


class PlacementRows(Rows):
    id = Whole()
    regio = Text(source="scheme__region__slug")
    indeling = Text(source="scheme__code")
    segment = Text(source="segment__code", help_text=PER_CODE)
    product = Text(source="product_code")
    verblijf = YesNo(source="is_stay")
    gerichtheid = Choice(Direction, source="direction", allow_null=True)
    vanaf = Day(source="valid_from")
    totEnMet = LastDay(source="valid_to", allow_null=True, help_text="Leeg: loopt door.")

    class Meta:
        ref_name = "Productplaats"


class CategoryRows(Rows):
    id = Whole()
    regio = Text(source="scheme__region__slug")
    indeling = Text(source="scheme__code")
    code = made(Text(), "direction", "is_stay", by=category_code)
    naam = Text(source="name")
    omschrijving = Text(source="description", allow_blank=True)
    gerichtheid = Choice(Direction, source="direction")
    verblijf = YesNo(source="is_stay")
    aandeelBudget = Number(source="budget_share", allow_null=True, help_text="0.55 is 55 %.")
    aandeelClienten = Number(source="client_share", allow_null=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Categorie"


class IndicatorRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    code = Text()
    versie = Whole(source="version")
    naam = Text(source="name")
    berekend = YesNo(source="is_computed", help_text="Nee: aangeleverd door aanbieders.")
    definitie = Text(source="definition", allow_blank=True)
    eenheid = Text(source="unit", allow_blank=True)
    gunstig = made(
        Text(help_text="`hoger`, `lager` of `geen` van beide."), "polarity", by=FAVOURABLE.get
    )
    bewaaktDoor = Text(source="guarded_by__code", allow_null=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Indicator"


class TargetRows(Rows):
    id = Whole()
    regio = Text(source="scheme__region__slug")
    indeling = Text(source="scheme__code")
    indicator = Text(source="indicator__code")
    segment = Text(source="segment__code", allow_null=True, help_text="Leeg: hele regio.")
    categorie = Text(source="category", allow_blank=True)
    soort = Choice(TargetKind, source="kind")
    waarde = Number(source="value", allow_null=True)
    tenOpzichteVanBasisjaar = YesNo(source="is_relative")
    richting = Choice(TargetDirection, source="direction", allow_null=True)
    basisjaar = Whole(source="base_year", allow_null=True)
    doeljaar = Whole(source="target_year", allow_null=True)
    circa = YesNo()
    aanname = YesNo(source="is_assumption")
    inWoorden = Text(source="text", allow_blank=True)
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Streefwaarde"
