"""Rows of single clients, by cursor; every look is logged."""

from typing import Any

import django_filters
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from core.api.rest import SAYS_WHY, ChoiceOf, CursorView, Filters, why_given
from core.audit.looks import log_look
from regions.api.choose import REGION_TEXT
from regions.models import Region

from ..enums import MessageState
from ..queries import rows as visible
from ..rules import check_can_see_rows
from . import rows

# Parameters that do not say which clients were looked for.
NOT_NARROWING = ("regio", "cursor", "paginaGrootte", "sorteer")


class InRegion(Filters):
    """A list of care is of one region: its index begins with the region."""

    regio = django_filters.CharFilter(method="of_region", label=REGION_TEXT, required=True)

    def of_region(self, queryset: Any, name: str, slug: str) -> Any:
        found = Region.objects.filter(slug=slug).values_list("pk", flat=True).first()
        return queryset.filter(region_id=found) if found else queryset.none()


class OfProvider(InRegion):
    gemeente = django_filters.CharFilter(field_name="municipality")
    aanbieder = django_filters.CharFilter(field_name="provider")


class CareFilters(OfProvider):
    product = django_filters.CharFilter()


class DeliveredFilters(OfProvider):
    aanlevering = django_filters.NumberFilter(field_name="run")
    geldend = django_filters.BooleanFilter(
        field_name="replaced_in", lookup_expr="isnull", label="Ja: zonder rijen die zijn vervangen."
    )


class ReceivedFilters(CareFilters):
    aanlevering = django_filters.NumberFilter(field_name="run")


class CareView(CursorView):
    """Base: staff only, and the look is logged before the rows leave."""

    check_access = staticmethod(check_can_see_rows)
    filterset_class = CareFilters

    def read(self, queryset: Any) -> list[dict[str, Any]]:
        found = super().read(queryset)
        asked = self.request.query_params
        slug = asked.get("regio", "")
        log_look(
            user=self.request.user,
            what=self.basename,
            region=slug,
            rows=len(found),
            tenant_id=Region.objects.filter(slug=slug).values_list("pk", flat=True).first(),
            narrowed=", ".join(f"{k}={v}" for k, v in asked.items() if k not in NOT_NARROWING),
            reason=self.why,
        )
        return found

    @extend_schema(parameters=[SAYS_WHY])
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        self.why = why_given(request)
        return super().list(request, *args, **kwargs)


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


class OutcomeView(CareView):
    about = (
        "Antwoorden op de vragen over uitkomst. Alleen voor medewerkers van de regionale "
        "organisatie; elke raadpleging wordt vastgelegd."
    )
    visible = staticmethod(visible.outcomes_visible_to)
    serializer_class = rows.OutcomeRows
    filterset_class = DeliveredFilters


class StayView(CareView):
    about = (
        "In welke gemeente een jeugdige verblijft. Alleen voor medewerkers van de regionale "
        "organisatie; elke raadpleging wordt vastgelegd."
    )
    visible = staticmethod(visible.stays_visible_to)
    serializer_class = rows.StayRows
    filterset_class = DeliveredFilters


class MessageFilters(InRegion):
    aanlevering = django_filters.NumberFilter(field_name="run")
    code = django_filters.CharFilter()
    afzender = django_filters.CharFilter(field_name="sender")
    stand = ChoiceOf(MessageState, field_name="state")


class MessageView(CursorView):
    about = (
        "iJw-berichten die zijn ontvangen, ook die als geheel zijn geweigerd of niet worden "
        "gebruikt. Welke records zijn afgekeurd, staat bij de aanlevering."
    )
    visible = staticmethod(visible.messages_visible_to)
    check_access = staticmethod(check_can_see_rows)
    serializer_class = rows.MessageRows
    filterset_class = MessageFilters
    cursor_columns = ("run", "seq", "pk")


class InstalmentFilters(DeliveredFilters):
    segment = django_filters.CharFilter()


class InstalmentView(CursorView):
    about = "Termijnbetalingen van contracten met taakgerichte bekostiging."
    visible = staticmethod(visible.instalments_visible_to)
    check_access = staticmethod(check_can_see_rows)
    serializer_class = rows.InstalmentRows
    filterset_class = InstalmentFilters


class DeliveryFilters(DeliveredFilters):
    segment = django_filters.CharFilter()
    indicator = django_filters.CharFilter()
    halfjaar = django_filters.CharFilter(field_name="half_year")


class DeliveryView(CursorView):
    about = "Tellers en noemers van indicatoren zoals aanbieders ze per halfjaar aanleveren."
    visible = staticmethod(visible.deliveries_visible_to)
    check_access = staticmethod(check_can_see_rows)
    serializer_class = rows.DeliveryRows
    filterset_class = DeliveryFilters
