"""Who looked at rows of single clients, for whoever must answer for it."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Max, QuerySet, Sum

from core import clock
from core.audit.models import Look
from regions.enums import Role
from regions.queries.access import access_of

LATELY = timedelta(days=30)


def looks_visible_to(user: Any) -> QuerySet[Look]:
    """Those in the regions that the user administers; there they name no client."""
    grants = access_of(user).grants
    answers_for = [g.region_id for g in grants if g.region_id and g.role == Role.REGIONAL_ADMIN]
    return Look.objects.filter(tenant_id__in=answers_for)


def most_looked(looks: QuerySet[Look]) -> QuerySet[Look, Any]:
    """Per person the looks of the last thirty days, most rows first."""
    lately = looks.filter(at__gte=clock.now() - LATELY).order_by()
    return (
        lately.values("user", "user__name")
        .annotate(looks=Count("pk"), seen=Sum("rows"), last=Max("at"))
        .order_by("-seen", "user__name")[:5]
    )
