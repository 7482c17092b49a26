"""Forms beside the messages: measurements, places of stay, instalments, delivered indicators."""

from collections.abc import Callable
from typing import Any

from psycopg.sql import SQL

from core.intake.cells import choice, code, day, decimal, euros, half_year, text, whole
from core.intake.checks import Check
from core.intake.registry import IntakeForm
from core.intake.tables import TableColumn, TableForm

from ..domain.merge_delivered import Delivered
from ..rules import can_deliver_for_region, can_deliver_indicators, can_deliver_messages
from .columns import MUNICIPALITY, PROVIDER, SEGMENT, allocation_key, codes

_KEY = ("client", "allocation_number", "municipality", "provider")
_WAITS = SQL("""NOT EXISTS (
    SELECT FROM care_trajectory t WHERE t.region_id = %(region_id)s
        AND t.client = record.client AND t.allocation_number = record.allocation_number
        AND t.municipality = record.municipality AND t.provider = record.provider
)""")

_OUTCOMES = TableForm(
    "outcome",
    (
        *allocation_key(),
        TableColumn("datum", "measured_on", day()),
        TableColumn("informant", "informant", choice({"jeugdige": "youth", "ouder": "parent"})),
        TableColumn(
            "cijfer",
            "mark",
            whole(1, 10, example="8"),
            required=False,
            help="rapportcijfer voor het nut van de hulp",
        ),
        TableColumn(
            "zonder_hulp",
            "without_help",
            choice(codes(("01", "02", "03", "04"))),
            required=False,
            help="01 zelfde of zwaarder, 02 lichter, 03 nu geen, 04 geen hulp meer nodig",
        ),
        TableColumn(
            "doel_bereikt",
            "goal_reached",
            choice({"ja": "ja", "nee": "nee"}),
            required=False,
            help="is het afgesproken resultaat bereikt",
        ),
    ),
    file_name="uitkomsten",
)

OUTCOMES = Delivered(
    table="care_outcomemeasurement",
    staged="outcome",
    key=(*_KEY, "informant", "measured_on"),
    values=("mark", "without_help", "goal_reached"),
    expressions={
        "without_help": "coalesce(staged.without_help, '')",
        "goal_reached": "staged.goal_reached = 'ja'",
    },
    checks=(
        Check(
            "meting-zonder-antwoord",
            "cijfer",
            SQL("coalesce(staged.mark::text, staged.without_help, staged.goal_reached) IS NULL"),
            "De meting bevat geen enkel antwoord.",
            "Vul een cijfer, 'zonder hulp' of 'doel bereikt' in.",
        ),
    ),
    waits=_WAITS,
)

_PLACEMENTS = TableForm(
    "placement",
    (
        *allocation_key(),
        TableColumn(
            "plaats_gemeente",
            "place",
            code(4, example="0518"),
            help="gemeente waar de jeugdige verblijft",
        ),
    ),
    file_name="verblijfplaatsen",
)

PLACEMENTS = Delivered(
    table="care_stayplacement", staged="placement", key=_KEY, values=("place",), waits=_WAITS
)

_INSTALMENTS = TableForm(
    "instalment",
    (
        MUNICIPALITY,
        PROVIDER,
        SEGMENT,
        TableColumn("categorie", "category", text(40, example="herstel-verblijf"), required=False),
        TableColumn("begindatum", "period_from", day(example="2025-01-01")),
        TableColumn("einddatum", "last_day", day(example="2025-03-31"), help="laatste dag"),
        TableColumn("bedrag", "amount", euros(negative=True)),
    ),
    in_order=(("begindatum", "einddatum"),),
    file_name="termijnen",
)

INSTALMENTS = Delivered(
    table="care_instalment",
    staged="instalment",
    key=("municipality", "provider", "segment", "category", "period_from"),
    values=("period_to", "amount"),
    expressions={
        "category": "coalesce(staged.category, '')",
        "period_to": "staged.last_day + 1",
    },
)

_INDICATORS = TableForm(
    "indicator",
    (
        TableColumn("halfjaar", "half_year", half_year()),
        TableColumn(
            "gemeente", "municipality", code(4, example="0503"), required=False, help="leeg: alle"
        ),
        TableColumn("segment", "segment", text(20, example="S5"), required=False),
        PROVIDER,
        TableColumn("indicator", "indicator", text(60, example="crisis_within_24h")),
        TableColumn("teller", "numerator", decimal(12, 4, negative=True, example="18")),
        TableColumn("noemer", "denominator", decimal(12, 4, example="20"), required=False),
        TableColumn(
            "toelichting",
            "remark",
            text(500),
            required=False,
            help="over het cijfer; noem geen personen",
        ),
    ),
    file_name="aanlevering-indicatoren",
)

INDICATORS = Delivered(
    table="care_indicatordelivery",
    staged="indicator",
    key=("provider", "municipality", "segment", "indicator", "half_year"),
    values=("numerator", "denominator", "remark"),
    expressions={
        "municipality": "coalesce(staged.municipality, '')",
        "segment": "coalesce(staged.segment, '')",
        "remark": "coalesce(staged.remark, '')",
    },
    checks=(
        Check(
            "teller-boven-noemer",
            "teller",
            SQL("staged.numerator > staged.denominator"),
            "De teller is groter dan de noemer.",
            "Controleer beide getallen; een aandeel is nooit meer dan het geheel.",
        ),
        Check(
            "noemer-nul",
            "noemer",
            SQL("staged.denominator = 0 AND staged.numerator <> 0"),
            "De noemer is nul, maar de teller niet.",
            "Controleer beide getallen.",
        ),
    ),
    attention=SQL("""
        SELECT 'unknown-indicator', indicator, count(*) FROM pg_temp.arriving
        WHERE fault IS NULL AND NOT EXISTS (
            SELECT FROM segments_indicatordefinition d
            WHERE d.region_id = %(region_id)s AND d.code = arriving.indicator
        ) GROUP BY indicator ORDER BY 3 DESC, 2
    """),
)


def _form(
    code: str,
    title: str,
    description: str,
    table: TableForm,
    rows: Delivered,
    may_use: Callable[[Any, int], bool],
) -> IntakeForm:
    return IntakeForm(
        code=code,
        title=title,
        description=description,
        record_types=(table.record_type,),
        open_reader=table.open_reader,
        merge=rows.merge,
        undo=rows.undo,
        may_use=may_use,
        sees_all=can_deliver_for_region,
        accepts=(".csv", ".xlsx"),
        table=table,
    )


FORMS = (
    _form(
        "uitkomsten",
        "Uitkomstmetingen",
        "Antwoorden van jeugdigen en ouders op de landelijke vragen, per traject en datum.",
        _OUTCOMES,
        OUTCOMES,
        can_deliver_messages,
    ),
    _form(
        "verblijfplaatsen",
        "Plaatsen van verblijf",
        "In welke gemeente een jeugdige met verblijf woont.",
        _PLACEMENTS,
        PLACEMENTS,
        can_deliver_messages,
    ),
    _form(
        "termijnen",
        "Termijnbetalingen",
        "Wat bij taakgerichte bekostiging per periode aan een aanbieder is betaald.",
        _INSTALMENTS,
        INSTALMENTS,
        can_deliver_for_region,
    ),
    _form(
        "aanleveringen",
        "Aanlevering per indicator",
        "Teller en noemer per indicator en halfjaar, zoals een aanbieder ze zelf bijhoudt.",
        _INDICATORS,
        INDICATORS,
        can_deliver_indicators,
    ),
)
