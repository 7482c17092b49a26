"""A negative development on an outcome indicator obliges a plan, or a recorded reason why not.

Seed 004, L981-983. Whether a development is negative is decided as everywhere on the site: a
share that differs from a year ago by more than chance explains, in the wrong direction.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from core.formats import percent
from core.periods import HalfYear
from providers.models import Provider
from regions.models import Region

from ...enums.cases import CaseTheme, SignalSource
from ...indicators import Indicator
from ...models import CaseSignal, IndicatorValue
from ...queries.figures import figures_for, half_years_of
from ...queries.outcomes import outcome_indicators
from ...rules.cases import check_can_manage_cases
from ..change import Reading, change
from .signals import record_signal


@dataclass(frozen=True)
class Development:
    """A provider's share of a year ago and now, in the wrong direction."""

    provider: Provider
    indicator: Indicator
    half_year: HalfYear
    before: Reading
    now: Reading

    @property
    def text(self) -> str:
        return (
            f"{self.indicator.name} ging van {percent(self.before.known)} naar "
            f"{percent(self.now.known)} in {self.half_year.title}."
        )


def negative_developments(region: Region) -> list[Development]:
    """Per provider and outcome indicator, of the newest half-year beside a year ago."""
    return _developments(region, "attention")


def positive_developments(region: Region) -> list[Development]:
    """The same in the right direction."""
    return _developments(region, "good")


def _developments(region: Region, tone: str) -> list[Development]:
    halves = half_years_of(region)
    figures = figures_for(region, halves[0]) if halves else None
    if figures is None or figures.year_ago is None:
        return []
    providers = {p.agb_code: p for p in Provider.objects.filter(region=region)}
    found = []
    for indicator in outcome_indicators():
        now, before = (_of_providers(s, indicator.code) for s in (figures.now, figures.year_ago))
        for agb in sorted(now.keys() & before.keys() & providers.keys()):
            said = change(indicator, now[agb], before[agb])
            if said is not None and said.tone == tone:
                found.append(
                    Development(providers[agb], indicator, halves[0], before[agb], now[agb])
                )
    return found


def _of_providers(figure_set: Any, code: str) -> dict[str, Reading]:
    rows = IndicatorValue.objects.filter(
        figure_set=figure_set, code=code, segment="", municipality="", category=""
    ).exclude(provider="")
    return {row.provider: _reading(row) for row in rows}


def _reading(row: IndicatorValue) -> Reading:
    """Unsuppressed: only staff of the region asks for developments."""
    numerator, denominator = row.numerator, row.denominator
    return Reading(
        row.value,
        None if numerator is None else float(numerator),
        None if denominator is None else float(denominator),
        row.low,
        row.high,
    )


@transaction.atomic
def record_obligations(*, region: Region, by: Any) -> int:
    """Make a signal that obliges a plan of every negative development that has none yet.

    `by` None: the job that computes the figures of a half-year asks.
    Effects: signals, each once per provider, indicator and half-year; a running case takes them.
    """
    if by is not None:
        check_can_manage_cases(by, region)
    made = 0
    for one in negative_developments(region):
        known = CaseSignal.objects.filter(
            provider=one.provider, indicator=one.indicator.code, half_year=one.half_year.label,
            source=SignalSource.FIGURES,
        )  # fmt: skip
        if known.exists():
            continue
        record_signal(
            provider=one.provider, theme=CaseTheme.OUTCOME, text=one.text,
            source=SignalSource.FIGURES, by=by, indicator=one.indicator.code,
            half_year=one.half_year.label, obliges_plan=True, evidence=_evidence(one),
        )  # fmt: skip
        made += 1
    return made


def _evidence(one: Development) -> dict[str, Any]:
    return {
        "regel": "verschil met een jaar eerder groter dan het toeval verklaart (95 %)",
        "teller": one.now.numerator,
        "noemer": one.now.denominator,
        "waarde": one.now.known,
        "teller_jaar_eerder": one.before.numerator,
        "noemer_jaar_eerder": one.before.denominator,
        "waarde_jaar_eerder": one.before.known,
    }
