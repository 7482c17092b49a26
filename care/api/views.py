"""Rows of single clients, by cursor; every look is logged."""

from typing import Any

import django_filters

from core.api.rest import CursorView, Filters
from core.audit.looks import log_look
from regions.api.choose import REGION_TEXT
from regions.models import Region

from ..queries import rows as visible
from ..rules import check_can_see_rows
from . import rows


class CareFilters(Filters):
    """A list of care is of one region: its index begins with the region."""

    regio = django_filters.CharFilter(method="of_region", label=REGION_TEXT, required=True)
    gemeente = django_filters.CharFilter(field_name="municipality")
    aanbieder = django_filters.CharFilter(field_name="provider")
    product = django_filters.CharFilter()

    def of_region(self, queryset: Any, name: str, slug: str) -> Any:
        found = Region.objects.filter(slug=slug).values_list("pk", flat=True).first()
        return queryset.filter(region_id=found) if found else queryset.none()


class ReceivedFilters(CareFilters):
    aanlevering = django_filters.NumberFilter(field_name="run")


class CareView(CursorView):
    """Base: staff only, and the look is logged before the rows leave."""

    check_access = staticmethod(check_can_see_rows)
    filterset_class = CareFilters

    def read(self, queryset: Any) -> list[dict[str, Any]]:
        found = super().read(queryset)
        log_look(
            user=self.request.user,
            what=self.basename,
            region=self.request.query_params.get("regio", ""),
            rows=len(found),
        )
        return found


class AllocationView(CareView):
    about = (
        "Toewijzingen zoals ze binnenkwamen, ook gewijzigde. Alleen voor medewerkers van de "
        "regionale organisatie; elke raadpleging wordt vastgelegd."
    )
    visible = staticmethod(visible.allocations_visible_to)
    serializer_class = rows.AllocationRows
    filterset_class = ReceivedFilters
    cursor_columns = ("run", "seq", "pk")


class TrajectoryView(CareView):
    about = (
        "Trajecten: een toewijzing met de zorg eronder, zoals nu bekend. Alleen voor medewerkers "
        "van de regionale organisatie; elke raadpleging wordt vastgelegd."
    )
    visible = staticmethod(visible.trajectories_visible_to)
    serializer_class = rows.TrajectoryRows


class LineFilters(ReceivedFilters):
    zorgVanaf = django_filters.DateFilter(
        field_name="begin_on", lookup_expr="gte", label="Zorg die op of na deze dag begon."
    )
    zorgTotEnMet = django_filters.DateFilter(
        field_name="begin_on", lookup_expr="lte", label="Zorg die op of voor deze dag begon."
    )


class LineView(CareView):
    about = (
        "Declaratieregels zoals ze binnenkwamen. Alleen voor medewerkers van de regionale "
        "organisatie; elke raadpleging wordt vastgelegd."
    )
    visible = staticmethod(visible.lines_visible_to)
    serializer_class = rows.LineRows
    filterset_class = LineFilters
    cursor_columns = ("run", "seq", "pk")
