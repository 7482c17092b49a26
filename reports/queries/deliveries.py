"""What others wait for: half-year tables, the list of contracts, the release package."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from core import clock
from core.periods import HalfYear
from core.states.models import Step
from monitoring.models import FigureSet, IndicatorValue
from monitoring.queries.published import shown_to_councils
from procurement.enums.choices import PROCEDURE, Openness, ProcedureKind, ProcedureState
from procurement.enums.contracts import ContractStatus
from procurement.models import Contract, Procedure
from regions.models import Municipality, Region

from ..domain.ocds import Agreement, Package, Party, Tender

MEASURES = ("clients", "clients_stay", "inflow", "outflow")
TABLE_HEAD = (
    "halfjaar", "gemeente", "gemeentenaam", "segment", "jeugdigen", "jeugdigen_met_verblijf",
    "instroom", "uitstroom",
)  # fmt: skip
LIST_HEAD = (
    "jaar", "aanbieder", "agb", "kvk", "contractnummer", "begin", "einde", "segmenten",
    "productcode", "product", "gemeenten",
)  # fmt: skip
# Empty means: nothing was computed; this word: too few youths to say.
PROTECTED = "afgeschermd"
METHODS = {
    ProcedureKind.OPEN_HOUSE.value: "open",
    ProcedureKind.SAS.value: "open",
    ProcedureKind.SAS_OR_OPEN_HOUSE.value: "open",
    ProcedureKind.DIALOGUE.value: "selective",
    ProcedureKind.REVISION.value: "limited",
}
STATUSES = {
    ProcedureState.PREPARING.value: "planning",
    ProcedureState.ANNOUNCED.value: "planned",
    ProcedureState.RUNNING.value: "active",
    ProcedureState.CONCLUDING.value: "active",
    ProcedureState.COMPLETED.value: "complete",
    ProcedureState.STOPPED.value: "cancelled",
    ProcedureState.REPLACED.value: "withdrawn",
}


def half_years_of(region: Region) -> list[HalfYear]:
    """Half-years with figures in the division that held then, newest first."""
    labels = FigureSet.objects.filter(region=region, is_own_scheme=True)
    known = sorted(set(labels.values_list("half_year", flat=True)), reverse=True)
    return [HalfYear.parse(label) for label in known]


def years_of(region: Region) -> list[int]:
    """Years in which a contract ran, newest first, up to this year."""
    starts = Contract.objects.filter(region=region).values_list("start_date", flat=True)
    first = min((start.year for start in starts), default=None)
    return list(range(clock.today().year, first - 1, -1)) if first else []


def half_year_table(region: Region, half: HalfYear) -> Iterator[tuple[Any, ...]]:
    """Youths and trajectories per municipality and segment, as councils may see them."""
    figures = (
        FigureSet.objects.filter(region=region, half_year=half.label, is_own_scheme=True)
        .order_by("-created_at")
        .first()
    )
    if figures is None:
        return
    shown = set(shown_to_councils(figures))
    values = IndicatorValue.objects.filter(
        figure_set=figures, code__in=MEASURES, provider="", category="", value__isnull=False
    )
    cells: dict[tuple[str, str], dict[str, Any]] = {}
    for value in values.order_by("municipality", "segment"):
        said = round(value.value or 0) if value.pk in shown else PROTECTED
        cells.setdefault((value.municipality, value.segment), {})[value.code] = said
    names = dict(Municipality.objects.values_list("gm_code", "name"))
    for (place, segment), row in cells.items():
        figures_of = (row.get(code, "") for code in MEASURES)
        yield (half.label, place, names.get(place, region.name), segment, *figures_of)


def contracted(region: Region, year: int) -> Iterator[tuple[Any, ...]]:
    """Each provider's contracts of a year with the forms of care in them, by name."""
    rows = _in_force(region, date(year, 1, 1), date(year + 1, 1, 1))
    for contract in rows.order_by("provider__sort_name", "number"):
        last = contract.end_date and contract.end_date - timedelta(days=1)
        before = (
            year, contract.provider.name, contract.provider.agb_code,
            contract.provider.chamber_of_commerce_number, contract.number,
            contract.start_date.isoformat(), last.isoformat() if last else "",
            ", ".join(segment.code for segment in contract.segments.all()),
        )  # fmt: skip
        places = ", ".join(place.name for place in contract.municipalities.all())
        products = [(p.product.code, p.product.name) for p in contract.products.all()]
        for product in products or [("", "")]:
            yield (*before, *product, places)


def _in_force(region: Region, first: date, end: date) -> QuerySet[Contract]:
    """Contracts that were agreed and ran on any day of the period."""
    rows = Contract.objects.filter(region=region, start_date__lt=end)
    rows = rows.filter(Q(end_date=None) | Q(end_date__gt=first))
    agreed = rows.exclude(status__in=(*ContractStatus.OPEN, ContractStatus.DECLINED))
    return agreed.select_related("provider").prefetch_related(
        "segments", "municipalities", "products__product"
    )


def package_of(region: Region, address: str) -> Package:
    """Everything that was agreed or announced, for a release package."""
    slug = region.slug
    everything = _in_force(region, date.min, date.max).order_by("pk")
    return Package(
        address=address,
        prefix=settings.OCDS_PREFIX,
        buyer=Party(id=slug, name=region.organisation.name),
        published=clock.now(),
        tenders=tuple(_tender(slug, row) for row in region.procedures.order_by("pk")),
        agreements=tuple(_agreement(slug, row) for row in everything),
    )


def _tender(slug: str, row: Procedure) -> Tender:
    step = Step.objects.filter(table=PROCEDURE.code, subject=str(row.pk)).order_by("-pk").first()
    opened = "" if row.openness == Openness.NOT else f"Openstelling: {row.get_openness_display()}."
    return Tender(
        id=f"{slug}-procedure-{row.pk}",
        title=row.name,
        description=" ".join(filter(None, (row.note, opened))),
        status=STATUSES[row.state],
        method=METHODS[row.kind],
        changed_on=clock.day_of(step.at) if step else clock.today(),
        value=row.value,
    )


def _agreement(slug: str, row: Contract) -> Agreement:
    provider = row.provider
    return Agreement(
        id=f"{slug}-contract-{row.pk}",
        title=f"{row.name or row.number}{' (fictief)' if row.fictitious else ''}",
        status="active" if row.status in ContractStatus.LIVE else "terminated",
        supplier=Party(provider.agb_code, provider.name, provider.chamber_of_commerce_number),
        first_day=row.start_date,
        last_day=row.end_date and row.end_date - timedelta(days=1),
        items=tuple((link.product.code, link.product.name) for link in row.products.all()),
    )
