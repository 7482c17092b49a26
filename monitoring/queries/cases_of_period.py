"""Cases with providers in a period, counted: what may be told outside the regional organisation."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from regions.models import Region

from ..enums.cases import CaseTheme, Outcome
from ..models import Case


@dataclass(frozen=True)
class CasesOfTheme:
    """How many cases there were about a theme, how many began and how many of them ended how."""

    theme: str
    running: int
    begun: int
    ended: tuple[tuple[str, int], ...]


def cases_of_period(region: Region, first: date, end: date) -> dict[str, tuple[CasesOfTheme, ...]]:
    """By code of segment, '' for cases about no segment in particular. No provider is named."""
    rows = Case.objects.filter(
        Q(closed_on=None) | Q(closed_on__gte=first), region=region, opened_on__lt=end
    ).select_related("segment")
    found: dict[str, dict[str, list[Case]]] = defaultdict(lambda: defaultdict(list))
    for row in rows.order_by("theme", "pk"):
        found[row.segment.code if row.segment else ""][row.theme].append(row)
    return {
        segment: tuple(_counted(theme, cases, first, end) for theme, cases in themes.items())
        for segment, themes in found.items()
    }


def _counted(theme: str, cases: Iterable[Case], first: date, end: date) -> CasesOfTheme:
    together = list(cases)
    ended: dict[str, int] = {}
    for case in together:
        if case.closed_on and case.closed_on < end:
            outcome = str(Outcome(case.outcome).label)
            ended[outcome] = ended.get(outcome, 0) + 1
    return CasesOfTheme(
        theme=str(CaseTheme(theme).label),
        running=len(together),
        begun=sum(case.opened_on >= first for case in together),
        ended=tuple(sorted(ended.items())),
    )
