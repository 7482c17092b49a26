"""Annexes of a plan, with where each of them stands on the site."""

from typing import Any

from ..models import PlanAttachment, PolicyDocument
from . import plans as seen

# What it is called, the name of its page, and the row.
Standing = tuple[str, str, Any]


def annexes_of(plan: PolicyDocument, user: Any) -> list[tuple[PlanAttachment, list[Standing]]]:
    """An annex may stand here as a plan, as the report of a meeting or as a response note."""
    rows = seen.attachments_visible_to(user).filter(plan=plan).select_related("other_plan")
    meetings = seen.meetings_visible_to(user).filter(annex__in=rows)
    consultations = seen.consultations_visible_to(user).filter(annex__in=rows)
    plans = set(seen.plans_visible_to(user).filter(attached_to__in=rows))
    found: dict[int, list[Standing]] = {row.pk: [] for row in rows}
    for row in rows:
        if row.other_plan in plans:
            found[row.pk].append(("Plan", "plan", row.other_plan))
    for label, page, others in (
        ("Bijeenkomst", "meeting", meetings),
        ("Consultatie", "consultation", consultations),
    ):
        for other in others:
            if other.annex_id is not None:
                found[other.annex_id].append((label, page, other))
    return [(row, found[row.pk]) for row in rows]
