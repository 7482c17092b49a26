"""What indicators are to become, as it was agreed and held on a day.

A session, a case, an edition and a provider's mirror all ask here, so that they name the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from core import clock
from core.formats import date_long
from providers.models import Provider
from segments.enums import TargetKind
from segments.models import Segment

from ..domain.change import NOTHING
from ..enums import Kind
from ..indicators import Indicator
from ..models import AgreedIndicator, AgreedVersion, InterpretationSession, Judgement
from ..presenters import indicator_for
from .agreed import AgreedLine, most_precise, versions_in_force

NOT_KEPT = "Bij het vastzetten is niet vastgelegd waarop de streefwaarden berusten."
NOTHING_AGREED = "Voor dit segment is nog geen set met streefwaarden afgesproken."


@dataclass(frozen=True)
class Wanted:
    """`text` names the target with its year or phase; `value` is its number, where it is one."""

    row: AgreedIndicator
    text: str
    value: float | None
    year: int | None
    baseline: str


@dataclass(frozen=True)
class InForce:
    """What held in a segment, by the code of the indicator; empty without an agreed version."""

    version: AgreedVersion | None = None
    by_code: dict[str, Wanted] = field(default_factory=dict)

    @property
    def told(self) -> str:
        """With whom and since when it was agreed, or that nothing was."""
        if self.version is None or self.version.holds_from is None:
            return NOTHING_AGREED
        return (
            f"Streefwaarden zoals afgesproken met {self.version.agreed_set.party}: versie "
            f"{self.version.number}, geldig vanaf {date_long(self.version.holds_from)}."
        )


def in_force(segment: Segment, day: date, provider: Provider | None = None) -> InForce:
    """What was agreed most precisely for a segment, and for a provider where one is named."""
    return in_force_in([segment], day, provider)[segment.pk]


def in_force_in(
    segments: Iterable[Segment], day: date, provider: Provider | None = None
) -> dict[int, InForce]:
    """The same for many segments, by their key, in four questions."""
    keys = [segment.pk for segment in segments]
    held = versions_in_force(keys, provider, day).select_related(
        "agreed_set__contract", "agreed_set__provider"
    )
    of_segment = {
        key: most_precise(one for one in held if one.agreed_set.segment_id == key) for key in keys
    }
    chosen = [one.pk for one in of_segment.values() if one]
    rows = AgreedIndicator.objects.filter(version__in=chosen).select_related(
        "indicator", "version__agreed_set"
    )
    wanted: dict[int, dict[str, Wanted]] = {}
    for row in rows.prefetch_related("targets__phase"):
        found = wanted.setdefault(row.version_id, {})
        found[row.indicator.code] = _wanted(row, day, apart=provider is not None)
    return {
        key: InForce(one, wanted.get(one.pk, {})) if one else InForce()
        for key, one in of_segment.items()
    }


def _wanted(row: AgreedIndicator, day: date, *, apart: bool) -> Wanted:
    """`apart`: for one provider, of whom a number of all together is no target."""
    indicator = indicator_for(row.indicator.code, row.indicator)
    line = AgreedLine(row, indicator, NOTHING, None, day)
    baseline = line.baseline if row.baseline is not None else ""
    target = line.target_now
    if target is None:
        return Wanted(row, "", None, None, baseline)
    when = f" ({target.when})" if target.year or target.phase else ""
    number = target.kind == TargetKind.NUMBER and target.value is not None
    text = f"{line.words(target)}{when}"
    if apart and number and row.version.agreed_set.provider_id is None and is_size(indicator):
        return Wanted(row, f"{text}, alle aanbieders samen", None, target.year, "")
    value = float(target.value or 0) if number else None
    return Wanted(row, text, value, target.year, baseline)


def told_of_targets(session: InterpretationSession, rows: Iterable[Judgement]) -> str:
    """What the targets on the table of a session rest on, and whether others hold by now."""
    figures = [row.figure for row in rows if row.code]
    if not figures:
        return ""
    kept = next((figure["agreed"] for figure in figures if "agreed" in figure), NOT_KEPT)
    now = in_force(session.segment, clock.today()).told
    if now in (kept, NOTHING_AGREED):
        return kept
    return f"{kept} Nu geldt iets anders; de tafel houdt wat er lag. {now}"


def is_size(indicator: Indicator | None) -> bool:
    """A number or amount, which grows with who delivers it."""
    return indicator is not None and indicator.kind in (Kind.COUNT, Kind.MONEY)
