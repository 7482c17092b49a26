"""What a region buys and wants: schemes, segments, goals, products, indicators, targets."""

from typing import Any

import django_filters
from django.db.models import Model, QuerySet

from core.api.rest import ChoiceOf, Filters, RegisterView, on_day
from regions.api.choose import OfRegion, region_filter
from regions.queries.access import regions_visible_to

from ..enums import Direction, TraitKind
from ..models import (
    CareCategory,
    DevelopmentTask,
    IndicatorDefinition,
    ProductPlacement,
    SegmentGoal,
    SegmentTrait,
    Target,
)
from ..queries.framework import (
    movements_visible_to,
    products_visible_to,
    schemes_visible_to,
    segments_visible_to,
)
from . import rows


def _seen(model: type[Model], region: str) -> Any:
    """Rows of a model in the regions in which the user has a role."""

    def visible(user: Any) -> QuerySet[Any]:
        return model._default_manager.filter(**{f"{region}__in": regions_visible_to(user)})

    return staticmethod(visible)


class SchemeFilters(OfRegion):
    peildatum = django_filters.DateFilter(method=on_day("valid_from", "valid_to"))


class SchemeView(RegisterView):
    about = "Hoe een inkoopstrategie de jeugdhulp voor een periode in segmenten verdeelt."
    visible = staticmethod(schemes_visible_to)
    serializer_class = rows.SchemeRows
    filterset_class = SchemeFilters


class OfScheme(Filters):
    regio = region_filter("scheme__region__slug")
    indeling = django_filters.CharFilter(field_name="scheme__code")


class TraitFilters(OfScheme):
    soort = ChoiceOf(TraitKind, field_name="kind")
    segment = django_filters.CharFilter(field_name="segment__code")


class TraitView(RegisterView):
    about = (
        "Wat binnen en buiten een indeling valt met de reden, hefbomen, doelgroepen, knelpunten en "
        "bijzondere groepen; van de hele indeling of van een segment."
    )
    visible = _seen(SegmentTrait, "scheme__region")
    serializer_class = rows.SchemeTraitRows
    filterset_class = TraitFilters


class MovementView(RegisterView):
    about = "De bewegingen van een strategie: van waar naar waar, voor welke doelen en welk geld."
    visible = staticmethod(movements_visible_to)
    serializer_class = rows.MovementRows
    filterset_class = OfScheme


class SegmentFilters(OfScheme):
    code = django_filters.CharFilter()
    peildatum = django_filters.DateFilter(method=on_day("scheme__valid_from", "scheme__valid_to"))


class SegmentView(RegisterView):
    about = "Segmenten met hun deelnemende gemeenten, doelgroepen, knelpunten en kanttekeningen."
    visible = staticmethod(segments_visible_to)
    serializer_class = rows.SegmentRows
    filterset_class = SegmentFilters


class OfSegment(Filters):
    regio = region_filter("segment__scheme__region__slug")
    indeling = django_filters.CharFilter(field_name="segment__scheme__code")
    segment = django_filters.CharFilter(field_name="segment__code")


class GoalView(RegisterView):
    about = "Doelen van segmenten, met de indicatoren waarmee ze worden gevolgd."
    visible = _seen(SegmentGoal, "segment__scheme__region")
    serializer_class = rows.GoalRows
    filterset_class = OfSegment


class TaskView(RegisterView):
    about = "Wat een regio in een segment wil veranderen."
    visible = _seen(DevelopmentTask, "segment__scheme__region")
    serializer_class = rows.TaskRows
    filterset_class = OfSegment


class ProductFilters(OfRegion):
    code = django_filters.CharFilter()
    productcategorie = django_filters.CharFilter(field_name="category")


class ProductView(RegisterView):
    about = "Producten van een regio, met hun landelijke code."
    visible = staticmethod(products_visible_to)
    serializer_class = rows.ProductRows
    filterset_class = ProductFilters


class PlacementFilters(OfScheme):
    segment = django_filters.CharFilter(field_name="segment__code")
    product = django_filters.CharFilter(field_name="product_code")
    peildatum = django_filters.DateFilter(method=on_day("valid_from", "valid_to"))


class PlacementView(RegisterView):
    about = "In welk segment een product valt, en vanaf wanneer."
    visible = _seen(ProductPlacement, "scheme__region")
    serializer_class = rows.PlacementRows
    filterset_class = PlacementFilters


class CategoryFilters(OfScheme):
    gerichtheid = ChoiceOf(Direction, field_name="direction")


class CategoryView(RegisterView):
    about = "Gerichtheid en verblijf, met hun aandeel in budget en cliënten."
    visible = _seen(CareCategory, "scheme__region")
    serializer_class = rows.CategoryRows
    filterset_class = CategoryFilters


class IndicatorFilters(OfRegion):
    code = django_filters.CharFilter()
    berekend = django_filters.BooleanFilter(field_name="is_computed")


class IndicatorView(RegisterView):
    about = "Indicatoren zoals een regio ze gebruikt, met hun definitie."
    visible = _seen(IndicatorDefinition, "region")
    serializer_class = rows.IndicatorRows
    filterset_class = IndicatorFilters


class TargetFilters(OfScheme):
    indicator = django_filters.CharFilter(field_name="indicator__code")
    segment = django_filters.CharFilter(field_name="segment__code")


class TargetView(RegisterView):
    about = "Wat een regio met een indicator wil bereiken."
    visible = _seen(Target, "scheme__region")
    serializer_class = rows.TargetRows
    filterset_class = TargetFilters
