"""Agreed sets for who may see them, what held on a day, and how it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from core import clock
from providers.models import Provider
from regions.queries.access import access_of
from segments.enums import TargetKind
from segments.models import Segment

from ..domain.change import NOTHING, Reading
from ..enums.agreed import VersionState
from ..indicators import Indicator
from ..models import AgreedIndicator, AgreedSet, AgreedTarget, AgreedVersion, FigureSet
from ..presenters import Row, indicator_for
from ..rules.steering import INSIDE
from .figures import figures_for, half_years_of
from .reading import Where, readings


def sets_visible_to(user: Any) -> QuerySet[AgreedSet]:
    """Insiders: all. A provider: what was agreed with all, and its own."""
    access = access_of(user)
    inside = {g.region_id for g in access.grants if g.region_id and g.role in INSIDE}
    agreed = AgreedVersion.objects.filter(state=VersionState.AGREED).values("agreed_set")
    seen = Q(region__in=inside)
    for region in access.region_ids:
        own = access.provider_organisations_in(region)
        if own:
            mine = Q(provider__isnull=True) | Q(provider__organisation__in=own)
            seen |= mine & Q(region=region, pk__in=agreed)
    rows = AgreedSet.objects.filter(seen)
    return rows.select_related("region", "segment__scheme", "provider", "contract")


def versions_visible_to(user: Any) -> QuerySet[AgreedVersion]:
    """A draft is for staff of the region."""
    told = Q(state=VersionState.AGREED)
    told |= Q(agreed_set__region__in=access_of(user).staff_region_ids)
    rows = AgreedVersion.objects.filter(told, agreed_set__in=sets_visible_to(user))
    return rows.select_related("agreed_set__region", "agreed_set__segment", "agreed_set__provider")


def rows_visible_to(user: Any) -> QuerySet[AgreedIndicator]:
    rows = AgreedIndicator.objects.filter(version__in=versions_visible_to(user))
    return rows.select_related("indicator", "goal", "clause", "guard", "version__agreed_set")


def targets_visible_to(user: Any) -> QuerySet[AgreedTarget]:
    rows = AgreedTarget.objects.filter(agreed__version__in=versions_visible_to(user))
    return rows.select_related("agreed__indicator", "agreed__version", "phase")


def version_on(agreed_set: AgreedSet, day: date) -> AgreedVersion | None:
    """What was agreed and held on a day."""
    rows = agreed_set.versions.filter(state=VersionState.AGREED, holds_from__lte=day)
    return rows.order_by("-holds_from").first()


def set_in_force(segment: Segment, provider: Provider | None, day: date) -> AgreedVersion | None:
    """The most precise agreement on a day: in a contract, with the provider, with all."""
    return most_precise(versions_in_force([segment.pk], provider, day))


def versions_in_force(
    segments: Iterable[int], provider: Provider | None, day: date
) -> QuerySet[AgreedVersion]:
    """Of all, of the provider, and of its contracts that run on that day."""
    rows = AgreedVersion.objects.filter(
        agreed_set__segment__in=segments, state=VersionState.AGREED, holds_from__lte=day
    )
    party = Q(agreed_set__provider__isnull=True)
    if provider is not None:
        contract = Q(agreed_set__contract__start_date__lte=day) & (
            Q(agreed_set__contract__end_date__isnull=True)
            | Q(agreed_set__contract__end_date__gt=day)
        )
        runs = Q(agreed_set__contract__isnull=True) | contract
        party |= Q(agreed_set__provider=provider) & runs
    return rows.filter(party).select_related("agreed_set")


def most_precise(versions: Iterable[AgreedVersion]) -> AgreedVersion | None:
    return max(versions, key=_precision, default=None)


def _precision(version: AgreedVersion) -> tuple[Any, ...]:
    of = version.agreed_set
    return of.contract_id is not None, of.provider_id is not None, version.holds_from


@dataclass(frozen=True)
class AgreedLine:
    """One agreed indicator beside its newest figure and that of its guard."""

    row: AgreedIndicator
    indicator: Indicator | None
    now: Reading
    guard: Row | None
    day: date

    @property
    def name(self) -> str:
        return self.indicator.name if self.indicator else str(self.row.indicator)

    def show(self, value: float | Decimal | None) -> str:
        if value is None or self.indicator is None:
            return "–"
        return Row(self.indicator, Reading(float(value)), NOTHING, NOTHING).shown

    @property
    def shown(self) -> str:
        if self.indicator is None:
            return "–"
        return Row(self.indicator, self.now, NOTHING, NOTHING).shown

    @property
    def baseline(self) -> str:
        return self.show(self.row.baseline)

    @property
    def targets(self) -> list[tuple[AgreedTarget, str]]:
        return [(one, self.words(one)) for one in self.row.targets.all()]

    def words(self, target: AgreedTarget) -> str:
        if target.kind == TargetKind.NUMBER:
            return f"{self.show(target.value)}{f' ({target.text})' if target.text else ''}"
        if target.kind == TargetKind.DIRECTION:
            return target.text or f"{target.get_direction_display()}"
        return target.text or str(target.get_kind_display())

    @property
    def target_now(self) -> AgreedTarget | None:
        """That of this year or phase, else the first that comes, else of the whole term."""
        rows = list(self.row.targets.all())
        held = (t for t in rows if t.phase and t.phase.start_date <= self.day < t.phase.end_date)
        coming = sorted((t for t in rows if (t.year or 0) >= self.day.year), key=_year)
        return next(iter(coming), None) or next(held, None) or next(iter(rows), None)

    @property
    def level(self) -> float | None:
        """What the figure is held against: the number, or the baseline of a direction."""
        target = self.target_now
        if target is None or target.kind == TargetKind.TO_BE_SET:
            return None
        found = target.value if target.kind == TargetKind.NUMBER else self.row.baseline
        return None if found is None else float(found)

    @property
    def by_chance(self) -> bool:
        """The level lies within the interval of the figure: nothing can be said yet."""
        low, high, level = self.now.low, self.now.high, self.level
        if low is None or high is None or level is None:
            return False
        return low <= level <= high

    @property
    def reached(self) -> bool | None:
        """None where it cannot be said: no figure, no number, no baseline, or within chance."""
        target, value, level = self.target_now, self.now.known, self.level
        if target is None or value is None or level is None or self.by_chance:
            return None
        return target.is_reached(value, level, self.row.indicator.polarity)

    @property
    def guard_worse(self) -> bool:
        """The guard moved the wrong way in a year, beyond chance."""
        change = self.guard.year_change if self.guard else None
        return change is not None and change.tone == "attention"


def _year(target: AgreedTarget) -> int:
    return target.year or 0


def lines(user: Any, version: AgreedVersion) -> list[AgreedLine]:
    """The rows of a version with the newest figures that the user may see."""
    rows = list(
        rows_visible_to(user)
        .filter(version=version)
        .prefetch_related(Prefetch("targets", AgreedTarget.objects.select_related("phase")))
    )
    now, year_ago = _figures(user, version.agreed_set, rows)
    return [_line(row, now, year_ago) for row in rows]


def _figures(
    user: Any, agreed_set: AgreedSet, rows: Iterable[AgreedIndicator]
) -> tuple[dict[str, Reading], dict[str, Reading]]:
    found = newest_figures(agreed_set)
    if found is None:
        return {}, {}
    provider = agreed_set.provider
    where = Where(segment=agreed_set.segment.code, provider=provider.agb_code if provider else "")
    codes = [one.code for row in rows for one in (row.indicator, row.guard) if one]
    now, year_ago = (readings(user, one, where, codes) for one in found)
    return now, year_ago


def newest_figures(agreed_set: AgreedSet) -> tuple[FigureSet, FigureSet | None] | None:
    """The newest half-year in the segment's own scheme, and that of a year before."""
    region, scheme = agreed_set.region, agreed_set.segment.scheme
    for half in half_years_of(region):
        found = figures_for(region, half, scheme=scheme)
        if found is not None:
            return found.now, found.year_ago
    return None


def _line(
    row: AgreedIndicator, now: dict[str, Reading], year_ago: dict[str, Reading]
) -> AgreedLine:
    code, guard = row.indicator.code, None
    watcher = indicator_for(row.guard.code, row.guard) if row.guard else None
    if watcher is not None:
        guard = Row(
            watcher, now.get(watcher.code, NOTHING), NOTHING, year_ago.get(watcher.code, NOTHING)
        )
    indicator = indicator_for(code, row.indicator)
    return AgreedLine(row, indicator, now.get(code, NOTHING), guard, clock.today())


def beyond_limit(agreed_set: AgreedSet, count: int) -> str:
    """A warning when more was agreed than the segment bears; else nothing."""
    limit = agreed_set.segment.indicator_limit
    if limit is None or count <= limit:
        return ""
    return (
        f"Dit zijn {count} indicatoren. Voor dit segment is hooguit {limit} afgesproken: kies wat "
        "het meest over de doelen zegt."
    )


def changes(version: AgreedVersion) -> list[str]:
    """What differs from the version before, in words."""
    before = version.agreed_set.versions.filter(number__lt=version.number).first()
    if before is None:
        return []
    old, new = (
        {row.indicator.code: row for row in one.rows.select_related("indicator", "guard")
         .prefetch_related("targets__phase")}
        for one in (before, version)
    )  # fmt: skip
    found = [f"Erbij: {new[code]}." for code in new if code not in old]
    found += [f"Weg: {old[code]}." for code in old if code not in new]
    for code in new:
        if code in old:
            found += [f"{new[code]}: {what}." for what in _differs(old[code], new[code])]
    return found


PARTS = (
    ("in_numbers", "hoe gemeten"), ("in_words", "hoe gevolgd in woorden"),
    ("frequency", "hoe vaak"), ("supplier", "wie levert"), ("guard_id", "de bewaker"),
    ("clause_id", "de clausule"), ("clause_text", "de bepaling"), ("baseline", "de nulmeting"),
    ("goal_id", "het doel"),
)  # fmt: skip


def _differs(old: AgreedIndicator, new: AgreedIndicator) -> list[str]:
    found = []
    if old.indicator_id != new.indicator_id:
        found.append(f"definitie {new.indicator.version} in plaats van {old.indicator.version}")
    if _wanted(old) != _wanted(new):
        found.append("andere streefwaarde")
    changed = [word for name, word in PARTS if getattr(old, name) != getattr(new, name)]
    return [*found, *(f"{word} gewijzigd" for word in changed)]


def _wanted(row: AgreedIndicator) -> set[tuple[Any, ...]]:
    return {(t.year, t.phase_id, t.kind, t.value, t.direction, t.text) for t in row.targets.all()}
