"""The guide for access teams: per product and provider the wait, the outcome and the advice."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from core import clock
from core.formats import percent
from procurement.models import ContractProduct
from procurement.queries.contracts import live_contracts_of
from providers.models import ClientStop, Provider
from providers.queries.supply import WaitLine, running_stops, wait_lines
from regions.models import Region
from regions.queries.access import access_of
from segments.models import Product, Segment, SegmentScheme
from segments.queries.framework import placements_on, scheme_to_show

from ..domain.statistics import Party, Placed, funnel, wilson
from ..domain.steering.advice import Advice, Facts, Running, advise
from ..enums import Polarity
from ..enums.interpretation import SessionState
from ..indicators import Indicator
from ..models import Case, FigureSet, IndicatorValue, Measure, ProviderJudgement
from .outcomes import outcome_indicators

# Below so many cases an outcome says too little, and might point at somebody.
FEWEST = 30
# Who is no staff of the region gets intervals on this raster, drawn outward.
RASTER = 0.05
# Says how many answered, nothing of how it went.
RESPONSE = "outcome_response"


@dataclass(frozen=True)
class Outcome:
    """A provider's outcome beside its segment: 95 % interval as the reader may know it."""

    indicator: Indicator
    low: float
    high: float
    place: str

    @property
    def name(self) -> str:
        return self.indicator.name

    @property
    def interval(self) -> str:
        return f"tussen {percent(self.low)} en {percent(self.high)}"

    @property
    def tone(self) -> str:
        return {"beter dan het segment": "good", "minder goed dan het segment": "attention"}.get(
            self.place, "neutral"
        )


@dataclass(frozen=True)
class GuideLine:
    """One provider for one product, in the order of names; never a ranking."""

    provider: Provider
    product_code: str
    product: str
    segment: Segment | None
    wait: WaitLine | None
    stop: ClientStop | None
    outcomes: tuple[Outcome, ...]
    too_small: bool
    verdict: ProviderJudgement | None
    advice: Advice


def guide(
    user: Any, region: Region, *, product: str = "", providers: Sequence[int] = ()
) -> list[GuideLine]:
    """Every provider and product that is contracted or stated; `providers` narrows by key."""
    known = _Known(user, region)
    pairs = sorted(
        (pair for pair in known.pairs if not product or pair[1] == product),
        key=lambda pair: (pair[1], known.providers[pair[0]].sort_name),
    )
    return [known.line(*pair) for pair in pairs if not providers or pair[0] in providers]


@dataclass(frozen=True)
class ProductSummary:
    """What the guide says of a product in one line, before anybody opens it."""

    code: str
    name: str
    segment: Segment | None
    providers: int
    stops: int
    within_norm: int
    unknown: int


def per_product(lines: Iterable[GuideLine]) -> list[ProductSummary]:
    """The products of these lines, in their order."""
    found: dict[str, list[GuideLine]] = {}
    for line in lines:
        found.setdefault(line.product_code, []).append(line)
    return [_summary(code, rows) for code, rows in found.items()]


def _summary(code: str, lines: list[GuideLine]) -> ProductSummary:
    open_waits = [line.wait.within if line.wait else None for line in lines if not line.stop]
    return ProductSummary(
        code=code,
        name=lines[0].product,
        segment=lines[0].segment,
        providers=len(lines),
        stops=sum(line.stop is not None for line in lines),
        within_norm=open_waits.count(True),
        unknown=open_waits.count(None),
    )


def providers_with_cases(segment: Segment) -> list[Provider]:
    """Providers of which an outcome is known in a segment, those with most cases first."""
    found: dict[str, float] = {}
    for (code, agb_code), placed in _outcomes(segment.scheme.region, segment.scheme).items():
        if code == segment.code:
            found[agb_code] = max(one.party.denominator for one in placed.values())
    rows = Provider.objects.filter(region=segment.scheme.region, agb_code__in=found)
    return sorted(rows, key=lambda row: (-found[row.agb_code], row.pk))


class _Known:
    """Everything the guide needs of a region, read once."""

    def __init__(self, user: Any, region: Region) -> None:
        self.exact = access_of(user).is_staff_of(region.pk)
        self.region = region
        self.providers = {p.pk: p for p in Provider.objects.filter(region=region)}
        self.names = dict(Product.objects.filter(region=region).values_list("code", "name"))
        self.waits = _best_waits(wait_lines(user, region))
        self.stops = running_stops(region)
        self.segments = _segments(region)
        self.measures = _measures(region)
        self.cases = _cases(region)
        self.verdicts = _verdicts(region)
        self.outcomes = _outcomes(region, scheme_to_show(region))

    @property
    def pairs(self) -> set[tuple[int, str]]:
        day = clock.today()
        rows = ContractProduct.objects.filter(
            contract__in=live_contracts_of(self.region), valid_from__lte=day
        ).exclude(valid_to__lte=day)
        contracted = set(rows.values_list("contract__provider_id", "product__code"))
        return contracted | set(self.waits)

    def line(self, provider_id: int, product: str) -> GuideLine:
        provider = self.providers[provider_id]
        segment = self.segments.get(product)
        wait = self.waits.get((provider_id, product))
        stop = next((s for s in self.stops if _stops(s, provider_id, product)), None)
        placed = self.outcomes.get((segment.code if segment else "", provider.agb_code), {})
        verdict = self.verdicts.get((provider_id, segment.pk if segment else 0))
        facts = Facts(
            stopped=stop is not None,
            measures=frozenset(
                m.kind for m in self.measures[provider_id] if m.product_code in ("", product)
            ),
            cases=tuple(Running(c.state, c.round) for c in self.cases[provider_id]),
            verdict=verdict.verdict if verdict else "",
            better=tuple(i.name for i, p in placed.items() if _sure(p) and _is_better(i, p)),
            worse=tuple(i.name for i, p in placed.items() if _sure(p) and not _is_better(i, p)),
            within_norm=wait.within if wait else None,
        )
        return GuideLine(
            provider=provider,
            product_code=product,
            product=f"{product} {self.names.get(product, '')}".strip(),
            segment=segment,
            wait=wait,
            stop=stop,
            outcomes=tuple(
                outcome_of(i, p, exact=self.exact)
                for i, p in placed.items()
                if self.exact or p.party.denominator >= FEWEST
            ),
            too_small=not any(p.party.denominator >= FEWEST for p in placed.values()),
            verdict=verdict,
            advice=advise(facts),
        )


def outcome_of(indicator: Indicator, placed: Placed, *, exact: bool) -> Outcome:
    """The interval, on a raster of five points for who may not know the numbers behind it."""
    interval = wilson(placed.party.numerator, placed.party.denominator)
    low, high = (interval.low, interval.high) if interval else (0.0, 1.0)
    if not exact:
        low = max(0.0, math.floor(low / RASTER) * RASTER)
        high = min(1.0, math.ceil(high / RASTER) * RASTER)
    place = "geen duidelijk verschil met het segment"
    if _sure(placed):
        better = _is_better(indicator, placed)
        place = "beter dan het segment" if better else "minder goed dan het segment"
    return Outcome(indicator, low, high, place)


def _sure(placed: Placed) -> bool:
    return placed.beyond_95 and placed.party.denominator >= FEWEST


def _is_better(indicator: Indicator, placed: Placed) -> bool:
    return (placed.z > 0) == (indicator.polarity is Polarity.MORE)


def _best_waits(lines: Iterable[WaitLine]) -> dict[tuple[int, str], WaitLine]:
    """Of several places of a provider the shortest known wait; unknown only when all are."""
    found: dict[tuple[int, str], WaitLine] = {}
    for line in lines:
        key = (line.row.provider_id, line.row.product_code)
        if key not in found or _days(line) < _days(found[key]):
            found[key] = line
    return found


def _days(line: WaitLine) -> float:
    row = line.row
    if row.intake_days is None or row.treatment_days is None:
        return math.inf
    return row.intake_days + row.treatment_days


def _stops(stop: ClientStop, provider_id: int, product: str) -> bool:
    """A stop at one place only is no stop of the provider."""
    return (
        stop.provider_id == provider_id
        and stop.product_code in ("", product)
        and stop.location_id is None
    )


def _segments(region: Region) -> dict[str, Segment]:
    scheme = scheme_to_show(region)
    if scheme is None:
        return {}
    return {p.product_code: p.segment for p in placements_on(scheme, clock.today())}


def _measures(region: Region) -> defaultdict[int, list[Measure]]:
    found: defaultdict[int, list[Measure]] = defaultdict(list)
    for row in Measure.objects.filter(case__region=region).select_related("case"):
        if row.is_running:
            found[row.case.provider_id].append(row)
    return found


def _cases(region: Region) -> defaultdict[int, list[Case]]:
    found: defaultdict[int, list[Case]] = defaultdict(list)
    for row in Case.objects.filter(region=region, closed_on__isnull=True):
        found[row.provider_id].append(row)
    return found


def _verdicts(region: Region) -> dict[tuple[int, int], ProviderJudgement]:
    """The newest concluded judgement per provider and segment."""
    rows = ProviderJudgement.objects.filter(
        session__region=region, session__state=SessionState.CONCLUDED
    ).select_related("session")
    ordered = rows.order_by("session__half_year")
    return {(row.provider_id, row.session.segment_id): row for row in ordered}


def _outcomes(
    region: Region, scheme: SegmentScheme | None
) -> dict[tuple[str, str], dict[Indicator, Placed]]:
    """Per segment and provider where each outcome lies in the funnel of the segment."""
    figures = (
        FigureSet.objects.filter(region=region, scheme=scheme)
        .order_by("-half_year", "-created_at")
        .first()
    )
    found: defaultdict[tuple[str, str], dict[Indicator, Placed]] = defaultdict(dict)
    shown = {i.code: i for i in outcome_indicators() if i.code != RESPONSE}
    for (code, segment), parties in _parties(figures, list(shown)).items():
        compared = funnel(parties)
        for placed in compared.placed if compared else ():
            found[segment, placed.party.key][shown[code]] = placed
    return found


def _parties(figures: FigureSet | None, codes: list[str]) -> dict[tuple[str, str], list[Party]]:
    """Providers with cases, per indicator and segment; nothing without figures."""
    rows = IndicatorValue.objects.filter(
        figure_set=figures, code__in=codes, municipality="", category="", denominator__gt=0
    ).exclude(provider="").exclude(segment="")  # fmt: skip
    found: defaultdict[tuple[str, str], list[Party]] = defaultdict(list)
    for row in rows.order_by("code", "provider"):
        party = Party(row.provider, float(row.numerator or 0), float(row.denominator or 0))
        found[row.code, row.segment].append(party)
    return found
