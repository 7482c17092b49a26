"""How budgets, savings and projections are written in the API."""

from core.api.rest import (
    Choice,
    Day,
    Euros,
    LastDay,
    Moment,
    Number,
    Real,
    Rows,
    Text,
    Whole,
    YesNo,
    made,
    many,
)
from core.jobs.enums import JobState

from ..enums import BudgetKind, BudgetStatus, Certainty, KeyState, MoneyUnit, Rounding
from ..models import FixedShare, KeyBasis, SavingsYear

KEY = "Sleutel binnen deze omgeving."
ALL = "Leeg: alle."


class BudgetRows(Rows):
    id = Whole(help_text=KEY)
    regio = Text(source="region__slug")
    gemeente = Text(source="municipality__gm_code", allow_null=True, help_text=ALL)
    segment = Text(allow_blank=True, help_text=ALL)
    perceel = Text(source="lot__code", allow_null=True, help_text="Leeg: niet verdeeld.")
    onderwerp = Text(source="subject")
    soort = Choice(BudgetKind, source="kind")
    jaar = Whole(source="year")
    halfjaar = Whole(source="half", allow_null=True, help_text="1 of 2; leeg: het hele jaar.")
    versie = Whole(source="version")
    stand = Choice(BudgetStatus, source="status")
    bedrag = Euros(source="amount", help_text="Zoals het document het geeft.")
    circa = YesNo()
    afgerond = Choice(Rounding, source="rounding")
    omvang = Text(source="scope", allow_blank=True, help_text="Wat erin zit en wat niet.")
    bron = Text(source="source", allow_blank=True)
    fictief = YesNo(source="fictitious", help_text="Bedacht voor de demonstratie.")

    class Meta:
        ref_name = "Begroting"


class SavingsYearRows(Rows):
    jaar = Whole(source="year")
    bedrag = Number(source="amount", help_text="Niveau in dat jaar, in de eenheid van de reeks.")

    class Meta:
        ref_name = "Besparingsjaar"


class SavingsRows(Rows):
    id = Whole(help_text=KEY)
    regio = Text(source="region__slug")
    code = Text()
    naam = Text(source="name")
    gemeente = Text(source="municipality__gm_code", allow_null=True, help_text=ALL)
    segment = Text(allow_blank=True, help_text=ALL)
    eenheid = Choice(MoneyUnit, source="unit")
    circa = YesNo()
    stand = Choice(BudgetStatus, source="status")
    jaren = many(SavingsYearRows, model=SavingsYear, by="series_id", order=("year",))
    toelichting = Text(source="note", allow_blank=True)
    bron = Text(source="source", allow_blank=True)
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "Besparingsreeks"


class IndexRows(Rows):
    id = Whole(help_text=KEY)
    regio = Text(source="region__slug")
    jaar = Whole(source="year", help_text="De prijsstijging gaat in op 1 januari.")
    percentage = Number()
    zekerheid = Choice(Certainty, source="certainty")
    bron = Text(source="source", allow_blank=True)

    class Meta:
        ref_name = "Indexering"


class FixedShareRows(Rows):
    gemeente = Text(source="municipality__gm_code")
    aandeel = Number(source="share")

    class Meta:
        ref_name = "VastAandeel"


class KeyBasisRows(Rows):
    jaar = Whole(
        source="year",
        help_text="Aandelen van dit jaar liggen vast; van het jaar voor het eerste: het gebruik.",
    )
    segment = Text(allow_blank=True, help_text=ALL)
    vastgelegdOp = Moment(source="fixed_at")

    class Meta:
        ref_name = "VastgelegdeAandelen"


class KeyRows(Rows):
    id = Whole(help_text=KEY)
    regio = Text(source="region__slug")
    naam = Text(source="name")
    segment = Text(allow_blank=True, help_text=ALL)
    vanJaar = Whole(source="first_year")
    totEnMetJaar = Whole(source="last_year", allow_null=True)
    stand = Choice(KeyState, source="state")
    wegingJeugdigen = Whole(source="weight_population", help_text="In procent.")
    wegingGebruik = Whole(source="weight_use", help_text="In procent.")
    wegingVast = Whole(source="weight_fixed", help_text="In procent.")
    jarenGebruik = Whole(source="use_years")
    grensPerJaar = Number(source="change_limit", allow_null=True)
    risicoverevening = Number(source="equalised")
    storting = Number(source="deposit")
    drempel = Number(source="threshold")
    vasteAandelen = many(
        FixedShareRows, model=FixedShare, by="key_id", order=("municipality__gm_code",)
    )
    vastgelegd = many(KeyBasisRows, model=KeyBasis, by="key_id", order=("year", "segment"))
    toelichting = Text(source="note", allow_blank=True)
    bron = Text(source="source", allow_blank=True)
    fictief = YesNo(source="fictitious")

    class Meta:
        ref_name = "Verdeelsleutel"


class ProjectionRows(Rows):
    id = Whole(help_text=KEY)
    regio = Text(source="region__slug")
    naam = Text(source="title")
    indeling = Text(source="scheme__code", help_text="Segmentindeling.")
    bekendTotEnMet = Day(source="as_of")
    registersOp = Day(
        source="registers_on",
        allow_null=True,
        help_text="Tot en met deze dag telt wat in de registers bekend was; leeg: zoals zij "
        "stonden toen de prognose werd gemaakt.",
    )
    totEnMet = LastDay(source="until")
    aanleveringTotEnMet = Whole(source="cutoff_run", allow_null=True)
    besparingsreeks = Text(source="savings__code", allow_null=True)
    startgetal = Whole(source="seed")
    doorrekeningen = Whole(source="paths")
    stand = Choice(JobState, source="job__state", allow_null=True)
    taak = made(Text(allow_null=True), "job_id", by=lambda key: str(key) if key else None)
    gevraagdOp = Moment(source="created_at")
    klaarOp = Moment(source="finished_at", allow_null=True)
    versieBerekening = Text(source="code_version")
    controlegetalInvoer = Text(source="inputs_checksum", allow_blank=True)
    controlegetal = Text(source="result_checksum", allow_blank=True)
    fictief = YesNo(source="region__is_demo", help_text="Gegevens van deze regio zijn verzonnen.")

    class Meta:
        ref_name = "Prognose"


class AmountsShape(Rows):
    """Fields that years and months have in common."""

    gemeente = Text(help_text="CBS-code; * is de hele regio.")
    segment = Text(help_text="Code; * is alle segmenten.")
    bekend = Euros(help_text="Wat op de peilmaand bekend was.")
    verwacht = Euros(help_text="Bekend, aangevuld en geraamd; een geplande besparing is eraf.")
    onder80 = Euros()
    boven80 = Euros()
    onder95 = Euros()
    boven95 = Euros()
    besparing = Euros()


class YearShape(AmountsShape):
    jaar = Whole()
    volledigJaar = YesNo(help_text="Alle twaalf maanden vallen in de prognose.")
    begroting = Euros(allow_null=True)
    begrotingFictief = YesNo(allow_null=True)

    class Meta:
        ref_name = "PrognoseJaar"


class MonthShape(AmountsShape):
    maand = Text(help_text="Maand van de zorg, jjjj-mm.")

    class Meta:
        ref_name = "PrognoseMaand"


class KnownShape(Rows):
    besluit = Text(help_text="Voor wie niet bij de regio werkt: opgeteld per soort.")
    soort = Text()
    vanaf = Day(allow_null=True)
    jaar = Whole()
    gemeente = Text(help_text="CBS-code; * is de hele regio.")
    segment = Text(help_text="Code; * is alle segmenten.")
    erbij = Euros(help_text="Wat dit besluit verandert na de besluiten ervoor.")

    class Meta:
        ref_name = "BekendBesluit"


class TurningYearShape(Rows):
    jaar = Whole()
    kans = Real(help_text="Deel van de doorrekeningen waarin dit jaar het omslagpunt is.")
    kansZonderBesparing = Real()

    class Meta:
        ref_name = "Omslagkans"


class ExpectedTurnShape(Rows):
    jaar = Whole()
    toelichting = Text(allow_blank=True)
    bron = Text(allow_blank=True)
    fictief = YesNo()

    class Meta:
        ref_name = "VerwachtOmslagpunt"


class TurningShape(Rows):
    omslagjaar = Whole(
        allow_null=True, help_text="Eerste jaar waarin de kosten niet meer stijgen; leeg: geen."
    )
    kans = Real(allow_null=True, help_text="Kans op dat jaar of een eerder jaar.")
    omslagjaarZonderBesparing = Whole(allow_null=True)
    kansZonderBesparing = Real(allow_null=True)
    omslagjaarZonderPrijsstijging = Whole(
        allow_null=True, help_text="Op het prijspeil van het eerste jaar."
    )
    kansZonderPrijsstijging = Real(allow_null=True)
    jaren = TurningYearShape(many=True)
    volgensDocumenten = ExpectedTurnShape(many=True)

    class Meta:
        ref_name = "Omslagpunt"
