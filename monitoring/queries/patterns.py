"""Patterns of the newest search, brought together per provider or municipality and theme."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from core.periods import HalfYear
from providers.models import Provider
from regions.models import Municipality, Region
from regions.queries.access import access_of

from ..domain.patterns.surprise import Rule
from ..enums import Theme
from ..enums.patterns import Finding
from ..indicators import Indicator, get
from ..models import CaseSignal, Pattern, PatternRun

RULES = {
    Rule.FUNNEL: "trechter: buiten de grenzen naast het segment, in dit halfjaar",
    Rule.FUNNEL_YEAR: "trechter: buiten de grenzen naast het segment, twee halfjaren samen",
    Rule.EARLIER: "anders dan de eigen eerdere halfjaren, in dit halfjaar",
    Rule.EARLIER_YEAR: "anders dan de eigen eerdere halfjaren, twee halfjaren samen",
    Rule.COURSE: "langzaam verloop weg van het segment",
}


def visible_to(user: Any) -> QuerySet[Pattern]:
    """Patterns name providers with unsuppressed counts: for staff of the region only."""
    rows = Pattern.objects.select_related("run__figure_set__scheme", "run__region")
    return rows.filter(run__region__in=access_of(user).staff_region_ids)


def newest_run(region: Region, half_year: HalfYear | None = None) -> PatternRun | None:
    """The search on the newest figures: of the half-year asked for, or of the last one."""
    runs = PatternRun.objects.filter(region=region).select_related("figure_set__scheme")
    if half_year:
        runs = runs.filter(figure_set__half_year=half_year.label)
    return runs.order_by("-figure_set__half_year", "-made_at", "-pk").first()


def newest_runs() -> QuerySet[PatternRun, Any]:
    """The keys of the last search of every half-year of every region."""
    places = ("region_id", "figure_set__half_year")
    runs = PatternRun.objects.order_by(*places, "-made_at", "-pk").distinct(*places)
    return runs.values("pk")


def is_newest(run: PatternRun) -> bool:
    """Whether nothing newer was searched in the region: what follows from a run follows once."""
    newest = newest_run(run.region)
    return newest is not None and newest.pk == run.pk


def party_of(row: Pattern) -> str:
    return "provider" if row.provider else "municipality"


def half_years_searched(region: Region) -> list[HalfYear]:
    runs = PatternRun.objects.filter(region=region)
    labels = set(runs.values_list("figure_set__half_year", flat=True))
    return sorted((HalfYear.parse(label) for label in labels), reverse=True)


@dataclass(frozen=True)
class Seen:
    """A pattern in words."""

    row: Pattern
    indicator: Indicator
    party: str
    segment: str
    signalled: bool = False

    @property
    def share(self) -> str:
        return self.indicator.unit.show(self.row.share)

    @property
    def expected(self) -> str:
        return "" if self.row.expected is None else self.indicator.unit.show(self.row.expected)

    @property
    def limits(self) -> str:
        if self.row.low is None or self.row.high is None:
            return ""
        show = self.indicator.unit.show
        return f"{show(self.row.low)} tot {show(self.row.high)}"

    @property
    def rule(self) -> str:
        return RULES[Rule(self.row.rule)]

    @property
    def way(self) -> str:
        return "hoger" if self.row.is_higher else "lager"

    @property
    def sentence(self) -> str:
        """What a signal says: the figure, what was expected, the rule."""
        counts = f"{self.row.numerator:.0f} van {self.row.denominator:.0f}"
        beside = f", verwacht {self.expected} ({self.limits})" if self.expected else ""
        return (
            f"{self.indicator.name} in {self.segment}: {self.share} ({counts}){beside}. "
            f"Regel: {self.rule}."
        )


@dataclass(frozen=True)
class Together:
    """All patterns of one party on one theme."""

    party: str
    theme: str
    seen: tuple[Seen, ...]
    agb_code: str = ""

    @property
    def heading(self) -> str:
        return Theme(self.theme).heading

    @property
    def weight(self) -> float:
        return min(one.row.q for one in self.seen)


def in_words(rows: Iterable[Pattern], run: PatternRun) -> list[Seen]:
    names = dict(Provider.objects.filter(region=run.region).values_list("agb_code", "name"))
    places = dict(Municipality.objects.values_list("gm_code", "name"))
    segments = dict(run.figure_set.scheme.segments.values_list("code", "name"))
    signalled = set(
        CaseSignal.objects.filter(
            region=run.region, half_year=run.figure_set.half_year
        ).values_list("provider__agb_code", "indicator", "segment__code")
    )
    return [
        Seen(
            row,
            get(row.code),
            names.get(row.provider, f"AGB {row.provider}")
            if row.provider
            else places.get(row.municipality, row.municipality),
            segments.get(row.segment, row.segment),
            (row.provider, row.code, row.segment) in signalled,
        )
        for row in rows
    ]


def brought_together(seen: Iterable[Seen]) -> list[Together]:
    """Per party and theme, the surest first."""
    groups: dict[tuple[str, str, str], list[Seen]] = {}
    for one in seen:
        key = (one.row.provider or one.row.municipality, one.row.theme, one.party)
        groups.setdefault(key, []).append(one)
    found = [
        Together(party, theme, tuple(rows), rows[0].row.provider)
        for (_, theme, party), rows in groups.items()
    ]
    return sorted(found, key=lambda one: (one.weight, one.party))


def asking(run: PatternRun) -> QuerySet[Pattern]:
    return run.patterns.filter(finding__in=(Finding.CONVERSATION, Finding.OPEN))
