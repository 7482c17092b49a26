"""A savings series divided and followed: task, planned by measures, realised, uncovered."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from regions.models import Municipality
from segments.models import Segment
from segments.queries.framework import scheme_to_show

from ..domain.allocation import Weight
from ..domain.known_steps import MEASURE
from ..domain.projection_result import Projection, Series
from ..domain.saving_split import split_saving
from ..domain.scenario_result import ScenarioResult
from ..models import ProjectionRun, SavingsPlan, SavingsSeries
from .keys import KeyBook
from .reports import euros_of

Parts = dict[tuple[str, str], int]


@dataclass(frozen=True)
class Realised:
    """What a year cost beside what it would have cost, in euros; below nothing is a saving. The
    limits are those of the counterfactual (80 %)."""

    cost: Decimal
    without: Decimal
    low: Decimal
    high: Decimal

    @property
    def saved(self) -> Decimal:
        return self.cost - self.without

    @property
    def saved_low(self) -> Decimal:
        return self.cost - self.high

    @property
    def saved_high(self) -> Decimal:
        return self.cost - self.low

    @property
    def is_clear(self) -> bool:
        """Outside what chance alone would bring."""
        return not self.low <= self.cost <= self.high


@dataclass(frozen=True)
class Followed:
    """One part of the task in a year, in euros and with the signs of the series (a saving is below
    nothing). `planned` by the measures of the scenario."""

    task: Decimal
    planned: Decimal | None
    realised: Realised | None

    @property
    def uncovered(self) -> Decimal | None:
        """What no measure brings yet; below nothing is still to be found."""
        return None if self.planned is None else self.task - self.planned


class SavingsBook:
    """Everything about one series and its plan, read once."""

    def __init__(self, series: SavingsSeries, plan: SavingsPlan | None) -> None:
        self.series, self.plan = series, plan
        self.region = series.region
        self.scheme = scheme_to_show(self.region)
        self.levels = {
            row.year: int(row.in_euros * 100) for row in series.years.select_related("series")
        }

    @cached_property
    def keys(self) -> KeyBook | None:
        return KeyBook(self.region, self.scheme) if self.scheme else None

    @cached_property
    def segments(self) -> dict[str, str]:
        rows = Segment.objects.filter(scheme=self.scheme).order_by("order", "code")
        return {code: f"{code} {name}" for code, name in rows.values_list("code", "name")}

    @property
    def municipalities(self) -> dict[str, Municipality]:
        return self.keys.municipalities if self.keys else {}

    @cached_property
    def parts(self) -> dict[int, Parts]:
        """Cents per year and (segment, municipality)."""
        return {year: self._parts(year, cents) for year, cents in self.levels.items()}

    def _parts(self, year: int, cents: int) -> Parts:
        segments = self._segment_weights(year)
        places = {code: self._place_weights(code, year) for code in segments}
        try:
            return split_saving(cents=cents, segments=segments, places=places)
        except ValueError:
            return {}

    def _segment_weights(self, year: int) -> dict[str, Weight]:
        agreed = {row.segment: row.share for row in self.plan.shares.all()} if self.plan else {}
        codes = [self.series.segment] if self.series.segment else list(self.segments)
        if any(agreed.values()):
            return {code: agreed.get(code, Decimal(0)) for code in codes}
        return {code: sum(self._use(code, year).values(), Decimal(0)) for code in codes}

    def _use(self, segment: str, year: int) -> dict[str, Decimal]:
        if self.keys is None:
            return {}
        use = self.keys.use(segment, self.keys.known_years(range(year - 1, year)))
        return {code: max(amount, Decimal(0)) for code, amount in use.items()}

    def _place_weights(self, segment: str, year: int) -> dict[str, Weight]:
        if self.series.municipality is not None:
            return {self.series.municipality.gm_code: 1}
        key = self.plan.key if self.plan else None
        if key is None or self.keys is None:
            return dict(self._use(segment, year))
        year = max(year, key.first_year)
        return dict(self.keys.shares_in(key, segment, year)[year])

    def task(self, year: int, *, segment: str = "", municipality: str = "") -> Decimal:
        found = self.parts.get(year, {})
        if not found and not segment and not municipality:
            return euros_of(self.levels.get(year, 0))
        return euros_of(
            sum(
                cents
                for (code, place), cents in found.items()
                if segment in ("", code) and municipality in ("", place)
            )
        )

    # -- planned and realised ---------------------------------------------------------------

    @cached_property
    def scenario(self) -> ScenarioResult | None:
        return self.plan.scenario.outcome if self.plan and self.plan.scenario else None

    @cached_property
    def _added(self) -> dict[tuple[int, str, str], int]:
        found: dict[tuple[int, str, str], int] = defaultdict(int)
        if self.scenario:
            for measure in self.scenario.measures:
                for cell in measure.cells:
                    for year, cents in zip(self.scenario.years, cell.added, strict=True):
                        found[year, cell.segment, cell.municipality] += cents
        return found

    def planned(self, year: int, *, segment: str = "", municipality: str = "") -> Decimal | None:
        if self.scenario is None or year not in self.scenario.years:
            return None
        return euros_of(
            sum(
                cents
                for (when, code, place), cents in self._added.items()
                if when == year and segment in ("", code) and municipality in ("", place)
            )
        )

    @cached_property
    def _before(self) -> Projection | None:
        return (
            self.plan.counterfactual.projection if self.plan and self.plan.counterfactual else None
        )

    @cached_property
    def _now(self) -> Projection | None:
        """The newest projection made after the counterfactual."""
        if self.plan is None or self.plan.counterfactual is None:
            return None
        run = ProjectionRun.objects.filter(
            region=self.region, scheme=self.plan.counterfactual.scheme, result__isnull=False,
            as_of__gt=self.plan.counterfactual.as_of,
        ).order_by("-as_of", "-pk").first()  # fmt: skip
        return run.projection if run else None

    def realised(self, year: int, *, segment: str = "", municipality: str = "") -> Realised | None:
        """Of a year that is over by the newest projection and was to come in the counterfactual."""
        before, now = self._before, self._now
        if before is None or now is None or not self._comparable(before, now, year):
            return None
        where = {"municipality": municipality or None, "segment": segment or None}
        then, real = before.find(**where), now.find(**where)
        if then is None or real is None:
            return None
        at, here = list(before.years).index(year), list(now.years).index(year)
        # Neither the planned saving nor agreed measures are part of what would have been.
        saving = then.year_savings[at] + sum(
            step.added(at, **where) for step in before.steps if step.kind == MEASURE
        )
        return Realised(
            cost=euros_of(real.year_expected[here]),
            without=euros_of(then.year_expected[at] - saving),
            low=euros_of(_limit(then, "low80", at) - saving),
            high=euros_of(_limit(then, "high80", at) - saving),
        )

    def _comparable(self, before: Projection, now: Projection, year: int) -> bool:
        return (
            year in before.whole_years
            and year in now.whole_years
            and before.as_of < year * 12 + 11 <= now.as_of
        )

    def followed(self, year: int, *, segment: str = "", municipality: str = "") -> Followed:
        return Followed(
            task=self.task(year, segment=segment, municipality=municipality),
            planned=self.planned(year, segment=segment, municipality=municipality),
            realised=self.realised(year, segment=segment, municipality=municipality),
        )


def _limit(series: Series, name: str, at: int) -> int:
    found: tuple[int, ...] = getattr(series.years, name)
    return found[at]
