"""What check-lists add to shared pages, and what lacks as tasks."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from core.audit.registry import HistorySubject, register_history
from core.tasks.api import DeadlineSource, Due, register_deadlines
from core.ui import (
    Hit,
    NavItem,
    Panel,
    Place,
    SearchSource,
    register_nav,
    register_panel,
    register_search,
)
from regions.desk import BUY
from regions.enums import Role
from regions.models import Region
from regions.queries.access import access_of

from ..desk_slots import CONTRACT_PAGE, PLAN_PAGE
from ..enums.compliance import CheckState, StandardSubject, Verdict
from ..models import ComplianceAnswer, ComplianceCheck
from ..queries import compliance as queries
from ..queries.contracts import readable_region_ids
from ..rules.contracts import can_check_compliance


def sees_checks(place: Place) -> bool:
    return place.tenant_id in readable_region_ids(place.user)


def checks_of_contract(place: Place, contract: Any) -> dict[str, Any] | None:
    return _checks(place, StandardSubject.CONTRACT, contract, "Dit contract")


def checks_of_plan(place: Place, plan: Any) -> dict[str, Any] | None:
    """Nothing where the region has no standard for plans and nothing was held against one."""
    found = _checks(place, StandardSubject.PLAN, plan, "Dit plan")
    return found if found and (found["checks"] or found["standards"]) else None


def _checks(place: Place, kind: StandardSubject, subject: Any, noun: str) -> dict[str, Any] | None:
    """The checks of a contract or plan with their open points, and the standards not used yet."""
    if not sees_checks(place):
        return None
    rows = queries.checks_visible_to(place.user).filter(**{kind.value: subject})
    checks = [(row, queries.open_points(row)) for row in rows]
    used = {row.standard_id for row, _ in checks if row.state in CheckState.LIVE}
    standards = queries.standards_for(place.tenant, kind)
    return {
        "region": place.tenant,
        "kind": kind.value,
        "subject": subject,
        "noun": noun,
        "checks": checks,
        "standards": [one for one in standards if one.pk not in used],
        "may_begin": can_check_compliance(place.user, place.tenant) and standards.exists(),
    }


def find_checks(place: Place, words: str, limit: int) -> Iterable[Hit]:
    rows = queries.checks_visible_to(place.user).filter(standard__region=place.tenant_id)
    for row in queries.matching(rows, words)[:limit]:
        yield Hit(str(row), place.url("compliance-check", pk=row.pk), row.get_state_display())


def lacks(region_id: int, until: date) -> Iterable[Due]:
    """What must be done so that a point is met: of who has to, else of the contract's manager."""
    slug = Region.objects.values_list("slug", flat=True).get(pk=region_id)
    rows = ComplianceAnswer.objects.filter(
        check_list__standard__region=region_id, check_list__state__in=CheckState.LIVE,
        verdict=Verdict.NOT_MET, due_on__lte=until,
    )  # fmt: skip
    for row in rows.select_related("check_list__contract", "check_list__plan"):
        check = row.check_list
        owner = row.owner_id or (check.contract.manager_id if check.contract else None)
        team = Role.CONTRACT_MANAGER if check.contract else Role.POLICY_OFFICER
        if row.due_on:
            yield Due(
                key=str(row.pk), day=row.due_on, title=f"Norm {row.article}: {row.remedy}"[:200],
                url=reverse("compliance-check", args=[slug, check.pk]), owner_id=owner, team=team,
                about=str(check.subject)[:200],
            )  # fmt: skip


register_nav(NavItem("Nalevingstoetsen", "compliance", BUY, 38, sees_checks))
register_panel(
    Panel(CONTRACT_PAGE, "compliance", "procurement/panel_compliance.html", checks_of_contract, 305)
)
register_panel(
    Panel(PLAN_PAGE, "compliance", "procurement/panel_compliance.html", checks_of_plan, 100)
)
register_search(SearchSource("compliance", "Nalevingstoetsen", find_checks, order=38))
register_deadlines(DeadlineSource("procurement.compliance", "Naleving van een norm", lacks))
register_history(
    HistorySubject(
        "nalevingstoets",
        "Nalevingstoets",
        lambda user, tenant_id: ComplianceCheck.objects.filter(
            pk__in=queries.checks_visible_to(user).values("pk"),
            standard__region__in=access_of(user).staff_region_ids & {tenant_id},
        ),
        lambda place, check: place.url("compliance-check", pk=check.pk),
    )
)
