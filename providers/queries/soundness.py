"""Early-warning signals of providers, derived each time they are asked."""

from collections import defaultdict
from collections.abc import Iterable

from core.formats import date_long

from ..domain.soundness import EarlySignal, Limits, YearFigures, early_signals
from ..enums import IncidentKind, IncidentState
from ..models import BusinessNorms, BusinessYear, Provider, ProviderIncident


def limits_of(region_id: int) -> Limits:
    """The limits of a region; those of the contract standard where it has set none."""
    norms = BusinessNorms.objects.filter(region=region_id).first()
    if norms is None:
        return Limits()
    return Limits(
        norms.most_margin, norms.least_liquidity, norms.least_solvency, norms.negative_years
    )


def figures_of(row: BusinessYear) -> YearFigures:
    return YearFigures(
        row.year,
        row.revenue,
        row.result,
        row.current_assets,
        row.current_liabilities,
        row.equity,
        row.total_assets,
    )


def signals_of(provider: Provider) -> list[EarlySignal]:
    return signals_of_all([provider]).get(provider.pk, [])


def signals_of_all(providers: Iterable[Provider]) -> dict[int, list[EarlySignal]]:
    """Signals by provider, for providers of one region, in three queries however many they are."""
    wanted = list(providers)
    if not wanted:
        return {}
    limits = limits_of(wanted[0].region_id)
    years: dict[int, list[YearFigures]] = defaultdict(list)
    for row in BusinessYear.objects.filter(provider__in=wanted):
        years[row.provider_id].append(figures_of(row))
    risks: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for incident in _open_risks(wanted):
        text = f"{incident.get_kind_display().capitalize()}, sinds {date_long(incident.known_on)}."
        risks[incident.provider_id].append((f"incident-{incident.kind}", text))
    found = {p.pk: early_signals(years[p.pk], limits, risks[p.pk]) for p in wanted}
    return {pk: signals for pk, signals in found.items() if signals}


def _open_risks(wanted: list[Provider]) -> Iterable[ProviderIncident]:
    return ProviderIncident.objects.filter(
        provider__in=wanted, kind__in=IncidentKind.CONTINUITY
    ).exclude(state=IncidentState.CLOSED)
