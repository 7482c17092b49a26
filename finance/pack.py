"""Finance's part of a pack: budgets as given, savings series, price indices."""

from collections import defaultdict
from typing import Any

from core.packs import Node, save_or_complain
from core.packs.listing import Choice, Day, Entry, Flag, Listing, Number, Ref, Whole
from procurement.models import Lot
from regions.models import Municipality, Region
from regions.pack import filled

from .enums import BudgetKind, BudgetStatus, Certainty, IncomeStatus, MoneyUnit, Rounding
from .models import (
    Budget,
    ExpectedTurn,
    IncomeFromState,
    IndexRule,
    SavingsSeries,
    SavingsYear,
    ShiftRule,
)
from .models.budgets import DEFAULT_SUBJECT
from .pack_measures import MEASURES

KEYS = (
    "begrotingen",
    "besparingen",
    "indexering",
    "maatregelen",
    "omslagpunten",
    "rijksinkomsten",
    "verschuivingsregels",
)
STATUSES = {
    "voorstel": BudgetStatus.PROPOSED,
    "vastgesteld": BudgetStatus.ADOPTED,
    "gewijzigd": BudgetStatus.AMENDED,
    "ingetrokken": BudgetStatus.DROPPED,
}
KINDS = {"zorg in natura": BudgetKind.CARE_IN_KIND, "pgb": BudgetKind.PERSONAL_BUDGET}
ROUNDINGS = {
    "precies": Rounding.EXACT,
    "duizenden": Rounding.THOUSANDS,
    "miljoenen": Rounding.MILLIONS,
}
UNITS = {"euro": MoneyUnit.EUROS, "mln": MoneyUnit.MILLIONS}
CERTAINTIES = {
    "vermeld": Certainty.STATED,
    "afgeleid": Certainty.DERIVED,
    "aanname": Certainty.ASSUMED,
    "fictief": Certainty.FICTITIOUS,
}


def _place(context: dict[str, Any], code: str) -> Municipality | None:
    found: Municipality | None = context.get("municipalities", {}).get(code)
    return found


def _known_lot(context: dict[str, Any], code: str) -> Lot | None:
    return Lot.objects.filter(region=context["region"], code=code).first()


LISTINGS = (
    Listing(
        "omslagpunten", ExpectedTurn, "region",
        (
            Whole("jaar", "year", required=True), Entry("tekst", "note"), Entry("bron", "source"),
            Flag("fictief", "fictitious"),
        ),
        identity=("year",),
    ),
    Listing(
        "rijksinkomsten", IncomeFromState, "region",
        (
            Whole("jaar", "year", required=True),
            Ref("gemeente", "municipality", find=_place, name=lambda place: place.gm_code),
            Entry("circulaire", "circular", required=True), Day("datum", "dated"),
            Number("bedrag", "amount", required=True), Number("indexering", "indexation"),
            Choice("stand", "status", of=IncomeStatus, default=IncomeStatus.ESTIMATE),
            Flag("circa", "circa"), Entry("toelichting", "note"), Entry("bron", "source"),
            Flag("fictief", "fictitious"),
        ),
        identity=("municipality", "year", "circular"),
    ),
    Listing(
        "verschuivingsregels", ShiftRule, "region",
        (
            Entry("naam", "name", required=True), Whole("van_jaar", "first_year", required=True),
            Whole("tot_en_met_jaar", "last_year"),
            Ref("uit_perceel", "from_lot", find=_known_lot, name=lambda lot: lot.code),
            Ref("naar_perceel", "to_lot", find=_known_lot, name=lambda lot: lot.code),
            Number("ten_hoogste", "most_percent", required=True),
            Entry("besluit_door", "decided_by", required=True), Entry("bron", "source"),
            Flag("fictief", "fictitious"),
        ),
        identity=("name",),
    ),
)  # fmt: skip
LEVELS = {"niveau per jaar": "level"}


def read(pack: Node, context: dict[str, Any]) -> None:
    """Needs `region`, `municipalities` and `segments` of lower parts in the context."""
    for node in pack.items("indexering"):
        _read_index(node, context["region"])
    for node in pack.items("begrotingen"):
        _read_budget(node, context)
    for node in pack.items("besparingen"):
        _read_series(node, context)
    MEASURES.read(pack, context["region"], context)
    for listing in LISTINGS:
        listing.read(pack, context["region"], context)


def _read_index(node: Node, region: Region) -> None:
    node.only("jaar", "percentage", "zekerheid", "bron")
    year = node.integer("jaar")
    row = IndexRule.objects.filter(region=region, year=year).first() or IndexRule(
        region=region, year=year
    )
    row.percentage = node.number("percentage")
    row.certainty = node.choice("zekerheid", CERTAINTIES, Certainty.STATED)
    row.source = node.text("bron", "", max_length=200)
    save_or_complain(row, node)


def _read_budget(node: Node, context: dict[str, Any]) -> None:
    node.only(
        "gemeente", "segment", "perceel", "onderwerp", "soort", "jaar", "halfjaar", "versie",
        "status",
        "bedrag", "circa", "afgerond", "omvang", "bron", "fictief",
    )  # fmt: skip
    key = {
        "region": context["region"],
        "municipality": _municipality(node, context),
        "segment": _segment(node, context),
        "lot": _lot(node, context),
        "subject": node.text("onderwerp", DEFAULT_SUBJECT, max_length=120),
        "kind": node.choice("soort", KINDS, BudgetKind.CARE_IN_KIND),
        "year": node.integer("jaar"),
        "half": node.integer("halfjaar", None),
        "version": node.integer("versie", 1),
    }
    row = Budget.objects.filter(**key).first() or Budget(**key)
    row.status = node.choice("status", STATUSES, BudgetStatus.PROPOSED)
    row.amount = node.number("bedrag")
    row.circa = node.flag("circa")
    row.rounding = node.choice("afgerond", ROUNDINGS, Rounding.EXACT)
    row.scope = node.text("omvang", "")
    row.source = node.text("bron", "", max_length=200)
    row.fictitious = node.flag("fictief")
    save_or_complain(row, node)


def _municipality(node: Node, context: dict[str, Any]) -> Municipality | None:
    code = node.text("gemeente", "")
    known: dict[str, Municipality] = context.get("municipalities", {})
    if code and code not in known:
        node.problem(f"gemeente {code} staat niet bij 'gemeenten'")
    return known.get(code)


def _segment(node: Node, context: dict[str, Any]) -> str:
    code = node.text("segment", "")
    if code and code not in context.get("segments", {}):
        node.problem(f"segment '{code}' staat niet bij 'indeling.segmenten'")
    return code


def _lot(node: Node, context: dict[str, Any]) -> Lot | None:
    code = node.text("perceel", "")
    lot = Lot.objects.filter(region=context["region"], code=code).first() if code else None
    if code and lot is None:
        node.problem(f"perceel '{code}' staat niet bij 'percelen'")
    return lot


def _read_series(node: Node, context: dict[str, Any]) -> None:
    node.only(
        "code", "naam", "gemeente", "segment", "eenheid", "soort", "circa", "status", "toelichting",
        "bron", "fictief", "jaren",
    )  # fmt: skip
    node.choice("soort", LEVELS, "level")
    code = node.text("code", max_length=40)
    row = SavingsSeries.objects.filter(
        region=context["region"], code=code
    ).first() or SavingsSeries(region=context["region"], code=code)
    row.name = node.text("naam", max_length=160)
    row.municipality = _municipality(node, context)
    row.segment = _segment(node, context)
    row.unit = node.choice("eenheid", UNITS, MoneyUnit.MILLIONS)
    row.circa = node.flag("circa")
    row.status = node.choice("status", STATUSES, BudgetStatus.PROPOSED)
    row.note = node.text("toelichting", "")
    row.source = node.text("bron", "", max_length=200)
    row.fictitious = node.flag("fictief")
    if save_or_complain(row, node):
        _read_years(node, row)


def _read_years(node: Node, series: SavingsSeries) -> None:
    """The years of the pack are all the years of the series."""
    kept = []
    for item in node.items("jaren"):
        item.only("jaar", "bedrag")
        year = item.integer("jaar")
        row = series.years.filter(year=year).first() or SavingsYear(series=series, year=year)
        row.amount = item.number("bedrag")
        if save_or_complain(row, item):
            kept.append(year)
    series.years.exclude(year__in=kept).delete()


def write(context: dict[str, Any]) -> dict[str, Any]:
    region: Region = context["region"]
    return filled(
        {
            "indexering": [_write_index(row) for row in region.index_rules.order_by("year")],
            "begrotingen": _write_budgets(region, context),
            "besparingen": [_write_series(row) for row in region.savings_series.order_by("code")],
            "maatregelen": MEASURES.write(region),
            **{listing.key: listing.write(region) for listing in LISTINGS},
        }
    )


def _word(words: dict[str, Any], value: Any) -> str:
    return next(word for word, known in words.items() if known == value)


def _write_index(row: IndexRule) -> dict[str, Any]:
    return filled(
        {
            "jaar": row.year,
            "percentage": _plain(row.percentage),
            "zekerheid": _word(CERTAINTIES, row.certainty),
            "bron": row.source,
        }
    )


def _write_budgets(region: Region, context: dict[str, Any]) -> list[dict[str, Any]]:
    """Budgets that came in as a file belong to that delivery, not to the pack."""
    rows = region.budgets.filter(intake_run__isnull=True).select_related("municipality")
    written = defaultdict(list)
    for row in rows.order_by("year", "municipality__gm_code", "segment", "subject", "version"):
        written[row.year].append(_write_budget(row))
    return [item for year in sorted(written) for item in written[year]]


def _write_budget(row: Budget) -> dict[str, Any]:
    return filled(
        {
            "gemeente": row.municipality.gm_code if row.municipality else "",
            "segment": row.segment,
            "perceel": row.lot.code if row.lot else "",
            "onderwerp": "" if row.subject == DEFAULT_SUBJECT else row.subject,
            "soort": "" if row.kind == BudgetKind.CARE_IN_KIND else _word(KINDS, row.kind),
            "jaar": row.year,
            "halfjaar": row.half,
            "versie": None if row.version == 1 else row.version,
            "status": _word(STATUSES, row.status),
            "bedrag": _plain(row.amount),
            "circa": row.circa,
            "afgerond": "" if row.rounding == Rounding.EXACT else _word(ROUNDINGS, row.rounding),
            "omvang": row.scope,
            "bron": row.source,
            "fictief": row.fictitious,
        }
    )


def _write_series(row: SavingsSeries) -> dict[str, Any]:
    return filled(
        {
            "code": row.code,
            "naam": row.name,
            "gemeente": row.municipality.gm_code if row.municipality else "",
            "segment": row.segment,
            "eenheid": _word(UNITS, row.unit),
            "soort": _word(LEVELS, "level"),
            "circa": row.circa,
            "status": _word(STATUSES, row.status),
            "toelichting": row.note,
            "bron": row.source,
            "fictief": row.fictitious,
            "jaren": [
                {"jaar": year.year, "bedrag": _plain(year.amount)} for year in row.years.all()
            ],
        }
    )


def _plain(amount: Any) -> int | float:
    """A number as people write it in a pack: 24 rather than 24.000."""
    return int(amount) if amount == int(amount) else float(amount)
