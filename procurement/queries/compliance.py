"""Check-lists for who may see them, and how they stand."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from core import clock
from core.ui import matches
from regions.models import Region

from ..enums.compliance import StandardSubject, Verdict
from ..models import ComplianceAnswer, ComplianceCheck, ComplianceStandard, holding_on
from .contracts import readable_region_ids
from .plans import plans_visible_to

FOUND_BY = (
    "standard__title", "contract__number", "contract__provider__name", "plan__title"
)  # fmt: skip


def standards_visible_to(user: Any) -> QuerySet[ComplianceStandard]:
    return ComplianceStandard.objects.filter(region__in=readable_region_ids(user))


def checks_visible_to(user: Any) -> QuerySet[ComplianceCheck]:
    """For who reads the whole register of contracts; about a plan only who sees that plan."""
    rows = ComplianceCheck.objects.filter(
        Q(plan__isnull=True) | Q(plan__in=plans_visible_to(user)),
        standard__in=standards_visible_to(user),
    )
    return rows.select_related("standard__region", "contract__provider", "plan").annotate(
        met=Count("answers", Q(answers__verdict=Verdict.MET)),
        lacking=Count("answers", Q(answers__verdict=Verdict.NOT_MET)),
        unjudged=Count("answers", Q(answers__verdict=Verdict.OPEN)),
        points=Count("answers"),
    )


def answers_visible_to(user: Any) -> QuerySet[ComplianceAnswer]:
    rows = ComplianceAnswer.objects.filter(check_list__in=checks_visible_to(user).values("pk"))
    return rows.select_related("check_list__standard__region", "judged_by", "owner")


def open_points(check: ComplianceCheck) -> list[ComplianceAnswer]:
    """What is not met or not judged yet, in the order of the standard."""
    rows = check.answers.filter(verdict__in=(Verdict.OPEN, Verdict.NOT_MET))
    return list(rows.select_related("owner").order_by("number"))


def matching(rows: QuerySet[ComplianceCheck], words: str) -> QuerySet[ComplianceCheck]:
    return matches(rows, words, FOUND_BY)


def standards_for(region: Region, subject: StandardSubject) -> QuerySet[ComplianceStandard]:
    """The standards that hold today."""
    return holding_on(
        ComplianceStandard.objects.filter(region=region, subject=subject), clock.today()
    )


@dataclass(frozen=True)
class Standing:
    """How many points of a check have which verdict."""

    points: int
    met: int
    lacking: int
    unjudged: int


def standing_of(check: ComplianceCheck) -> Standing:
    verdicts = list(check.answers.values_list("verdict", flat=True))
    return Standing(
        len(verdicts),
        verdicts.count(Verdict.MET),
        verdicts.count(Verdict.NOT_MET),
        verdicts.count(Verdict.OPEN),
    )
