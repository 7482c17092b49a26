"""Providers by name, compared with chance: only for the edition of contract managers."""

from collections.abc import Iterable

from core.formats import number
from monitoring.domain.statistics import Z95, Z998, Party, funnel
from providers.models import Provider

from ..domain.book import Book, Cell
from ..domain.content import Funnel, FunnelProvider, ProviderRow
from ..domain.plan import SegmentPlan

# Shares over which providers of a segment are compared, most telling first.
COMPARED = ("dropout_rate", "repeat_care_rate", "extension_rate", "wait_within_norm")
FEWEST_CASES = 10
# Two beside one another are no comparison: the table below them says as much.
FEWEST_PARTIES = 3
CURVE_POINTS = 24


def _names(region_id: int) -> dict[str, str]:
    return dict(Provider.objects.filter(region=region_id).values_list("agb_code", "name"))


def provider_name(region_id: int, agb: str) -> str:
    return _names(region_id).get(agb, f"AGB {agb}")


def _providers_of(book: Book, segment: str) -> list[str]:
    """Providers with any figure in the segment this half-year."""
    return sorted(
        {
            cell.provider
            for half, code, cell in book.values
            if half == book.half.label
            and code == "clients"
            and cell.segment == segment
            and cell.provider
            and not cell.municipality
        }
    )


def provider_rows(
    book: Book, segments: Iterable[SegmentPlan], region_id: int
) -> dict[str, tuple[ProviderRow, ...]]:
    """Per segment who delivers what, in the order of their names: never a ranking."""
    names = _names(region_id)
    return {s.code: tuple(_rows(book, s.code, names)) for s in segments}


def _rows(book: Book, segment: str, names: dict[str, str]) -> list[ProviderRow]:
    rows = []
    for agb in _providers_of(book, segment):
        cell = Cell(segment=segment, provider=agb)
        row = ProviderRow(
            name=names.get(agb, f"AGB {agb}"),
            clients=book.point("clients", cell).value or 0,
            inflow=book.point("inflow", cell).value or 0,
            outflow=book.point("outflow", cell).value or 0,
            spend=book.point("spend", cell).value,
        )
        if row.clients or row.inflow or row.outflow or row.spend:
            rows.append(row)
    return sorted(rows, key=lambda row: row.name.lower())


def funnels(
    book: Book, segments: Iterable[SegmentPlan], region_id: int
) -> dict[str, tuple[Funnel, ...]]:
    names = _names(region_id)
    return {
        s.code: tuple(
            found for code in COMPARED if (found := _funnel(book, code, s, names)) is not None
        )
        for s in segments
    }


def _funnel(book: Book, code: str, segment: SegmentPlan, names: dict[str, str]) -> Funnel | None:
    parties, too_small = [], []
    for agb in _providers_of(book, segment.code):
        point = book.point(code, Cell(segment=segment.code, provider=agb))
        if not point.denominator or point.numerator is None:
            continue
        name = names.get(agb, f"AGB {agb}")
        if point.denominator < FEWEST_CASES:
            too_small.append(name)
        else:
            parties.append(Party(name, point.numerator, point.denominator))
    compared = funnel(parties) if len(parties) >= FEWEST_PARTIES else None
    if compared is None or compared.centre in (0, 1):
        return None
    widest = max(p.denominator for p in parties) * 1.1
    cases = [
        FEWEST_CASES + (widest - FEWEST_CASES) * i / CURVE_POINTS for i in range(CURVE_POINTS + 1)
    ]
    near = [(n, compared.limits(n, Z95)) for n in cases]
    far = [(n, compared.limits(n, Z998)) for n in cases]
    return Funnel(
        code=code,
        title=f"{book.measures[code].name} per aanbieder: {segment.name}",
        centre=compared.centre,
        points=tuple(FunnelProvider(p.key, p.denominator, p.share) for p in parties),
        near=tuple((n, limit.low, limit.high) for n, limit in near),
        far=tuple((n, limit.low, limit.high) for n, limit in far),
        too_small=tuple(sorted(too_small)),
        note=_note(compared.dispersion, len(parties)),
    )


def _note(dispersion: float, parties: int) -> str:
    """How the limits came about, so that nobody reads a ranking in it."""
    spread = (
        f" Aanbieders verschillen meer dan toeval verklaart; de grenzen zijn daarom "
        f"{number(dispersion**0.5, 1)} keer zo ruim."
        if dispersion > 1
        else ""
    )
    return (
        f"{parties} aanbieders met ten minste {FEWEST_CASES} gevallen. Binnen de trechter is een "
        f"verschil met toeval te verklaren; daarbuiten is een gesprek zinvol.{spread}"
    )
