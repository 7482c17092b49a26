"""Looks at rows of clients, so that the log of them shows what it holds."""

from typing import Any

from care.enums import LookFor
from care.queries.rows import lines_visible_to
from core.audit.looks import log_look
from core.audit.models import Look
from regions.models import Region

PAGE = 50
WHY = (
    ("declaratieregels", LookFor.AMOUNT.label, PAGE),
    ("declaratieregels", f"{LookFor.AUDIT.label}: steekproef van een maand (fictief)", PAGE),
    ("declaratieregel", f"{LookFor.PROVIDER.label}: factuur dubbel? (fictief)", 1),
)


def make_looks(region: Region, by: Any) -> int:
    """Some lines are read, each time with what it was for; how many looks there are now."""
    looks = Look.objects.filter(tenant_id=region.pk)
    lines = lines_visible_to(by).filter(region_id=region.pk).order_by("-begin_on", "-pk")
    if not looks.exists():
        for what, reason, most in WHY:
            read = list(lines.values_list("begin_on", flat=True)[:most])
            if read:
                log_look(
                    user=by,
                    what=what,
                    region=region.slug,
                    rows=len(read),
                    tenant_id=region.pk,
                    narrowed=f"maand={read[0]:%Y-%m}",
                    reason=reason,
                )
    return looks.count()
