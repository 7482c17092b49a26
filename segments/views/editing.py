"""Writing the framework down in the browser: one page per kind of row."""

from typing import Any

from django.db.models import Model, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from core.ui.editing import RemovePage, RowPage
from regions.queries.membership import municipalities_ever_in

from .. import forms
from ..domain import framework
from ..models import (
    CareCategory,
    DevelopmentTask,
    GoalIndicator,
    IndicatorDefinition,
    Product,
    ProductPlacement,
    Segment,
    SegmentGoal,
    SegmentParticipation,
    SegmentScheme,
    SegmentTrait,
    Target,
)
from ..queries.framework import products_visible_to, schemes_visible_to, segments_visible_to
from ..rules import check_can_edit_framework


class OfFramework:
    """Shared by every page below: who may, and which verb keeps or removes."""

    request: Any
    kwargs: dict[str, Any]
    region: Any
    row: Any

    def check(self) -> None:
        check_can_edit_framework(self.request.user, self.region)

    def save(self, form: Any) -> Any:
        return framework.keep(row=form.instance, by=self.request.user)

    def remove(self) -> None:
        framework.remove(row=self.row, by=self.request.user)

    def way_back(self) -> list[tuple[str, str]]:
        return [("Segmenten en doelen", reverse("segments", args=[self.region.slug]))]

    def url(self, name: str, *args: Any) -> str:
        return reverse(name, args=[self.region.slug, *args])

    def schemes(self) -> QuerySet[SegmentScheme]:
        return schemes_visible_to(self.request.user).filter(region=self.region)

    def segments(self) -> QuerySet[Segment]:
        return segments_visible_to(self.request.user).filter(scheme__region=self.region)


class OfScheme(OfFramework):
    """A row of a scheme: the address names the scheme when it is new."""

    model: type[Model]
    tab = "scheme"

    @property
    def scheme(self) -> SegmentScheme:
        if "scheme" in self.kwargs:
            return get_object_or_404(self.schemes(), pk=self.kwargs["scheme"])
        return self.row.scheme

    def rows(self) -> QuerySet[Any]:
        return self.model._default_manager.filter(scheme__in=self.schemes())

    def new_row(self) -> Model:
        return self.model(scheme=self.scheme)

    def back(self) -> str:
        return self.url(self.tab, self.scheme.pk)


class OfSegment(OfFramework):
    """A row of a segment: the address names the segment when it is new."""

    model: type[Model]

    @property
    def segment(self) -> Segment:
        if "segment" in self.kwargs:
            return get_object_or_404(self.segments(), pk=self.kwargs["segment"])
        return self.row.segment

    def rows(self) -> QuerySet[Any]:
        return self.model._default_manager.filter(segment__in=self.segments())

    def new_row(self) -> Model:
        return self.model(segment=self.segment)

    def back(self) -> str:
        return self.url("segment", self.segment.pk)

    def way_back(self) -> list[tuple[str, str]]:
        return [*super().way_back(), (str(self.segment), self.back())]


class KeepScheme(OfFramework, RowPage):
    noun = "segmentindeling"
    form_class = forms.SchemeForm

    def rows(self) -> QuerySet[SegmentScheme]:
        return self.schemes()

    def new_row(self) -> SegmentScheme:
        return SegmentScheme(region=self.region)

    def back(self) -> str:
        kept = getattr(self, "saved", None) or self.row
        return self.url("scheme", kept.pk) if kept else self.url("segments")


class KeepSegment(OfScheme, RowPage):
    noun = "segment"
    model = Segment
    form_class = forms.SegmentForm

    def back(self) -> str:
        kept = getattr(self, "saved", None) or self.row
        return self.url("segment", kept.pk) if kept else super().back()


class RemoveSegment(OfScheme, RemovePage):
    noun = "segment"
    model = Segment


class KeepGoal(OfSegment, RowPage):
    noun = "doel"
    model = SegmentGoal
    form_class = forms.GoalForm


class RemoveGoal(OfSegment, RemovePage):
    noun = "doel"
    model = SegmentGoal


class OfGoal(OfFramework):
    """Indicators of a goal."""

    @property
    def goal(self) -> SegmentGoal:
        if "goal" in self.kwargs:
            goals = SegmentGoal.objects.filter(segment__in=self.segments())
            return get_object_or_404(goals, pk=self.kwargs["goal"])
        return self.row.goal

    def rows(self) -> QuerySet[GoalIndicator]:
        return GoalIndicator.objects.filter(goal__segment__in=self.segments())

    def new_row(self) -> GoalIndicator:
        return GoalIndicator(goal=self.goal)

    def back(self) -> str:
        return self.url("segment", self.goal.segment_id)


class KeepGoalIndicator(OfGoal, RowPage):
    noun = "indicator bij doel"
    form_class = forms.GoalIndicatorForm


class RemoveGoalIndicator(OfGoal, RemovePage):
    noun = "indicator bij doel"


class KeepTask(OfSegment, RowPage):
    noun = "ontwikkelopgave"
    model = DevelopmentTask
    form_class = forms.TaskForm


class RemoveTask(OfSegment, RemovePage):
    noun = "ontwikkelopgave"
    model = DevelopmentTask


class KeepTrait(OfFramework, RowPage):
    """A target group, bottleneck or element of scope; of a segment or of the whole scheme."""

    noun = "kenmerk"
    form_class = forms.TraitForm

    def rows(self) -> QuerySet[SegmentTrait]:
        return SegmentTrait.objects.filter(scheme__in=self.schemes())

    def new_row(self) -> SegmentTrait:
        if "segment" in self.kwargs:
            segment = get_object_or_404(self.segments(), pk=self.kwargs["segment"])
            return SegmentTrait(scheme=segment.scheme, segment=segment)
        scheme = get_object_or_404(self.schemes(), pk=self.kwargs["scheme"])
        return SegmentTrait(scheme=scheme)

    def back(self) -> str:
        trait = self.row or self.new_row()
        if trait.segment_id:
            return self.url("segment", trait.segment_id)
        return self.url("scheme", trait.scheme_id)


class RemoveTrait(KeepTrait, RemovePage):
    get = RemovePage.get
    post = RemovePage.post
    title = RemovePage.title
    extra = RemovePage.extra
    template = RemovePage.template
    done = RemovePage.done
    prepare = RemovePage.prepare


class KeepParticipation(OfSegment, RowPage):
    """How a municipality takes part in a segment; no row yet means fully."""

    noun = "deelname"
    model = SegmentParticipation
    form_class = forms.ParticipationForm

    def prepare(self) -> None:
        known = municipalities_ever_in(self.region)
        self.municipality = get_object_or_404(known, gm_code=self.kwargs["gm_code"])
        self.row = self.rows().filter(segment=self.segment, municipality=self.municipality).first()

    def new_row(self) -> SegmentParticipation:
        return SegmentParticipation(
            segment=self.segment, municipality=self.municipality, participation="full"
        )

    def title(self) -> str:
        return f"Deelname van {self.municipality} aan {self.segment}"

    def back(self) -> str:
        return self.url("participation", self.segment.scheme_id)


class KeepPlacement(OfScheme, RowPage):
    noun = "plaats van product"
    model = ProductPlacement
    form_class = forms.PlacementForm
    tab = "placements"


class RemovePlacement(OfScheme, RemovePage):
    noun = "plaats van product"
    model = ProductPlacement
    tab = "placements"


class KeepCategory(OfScheme, RowPage):
    noun = "categorie"
    model = CareCategory
    form_class = forms.CategoryForm
    tab = "shares"


class RemoveCategory(OfScheme, RemovePage):
    noun = "categorie"
    model = CareCategory
    tab = "shares"


class KeepTarget(OfScheme, RowPage):
    noun = "streefwaarde"
    model = Target
    form_class = forms.TargetForm
    tab = "shares"


class RemoveTarget(OfScheme, RemovePage):
    noun = "streefwaarde"
    model = Target
    tab = "shares"


class KeepProduct(OfFramework, RowPage):
    noun = "product"
    form_class = forms.ProductForm

    def rows(self) -> QuerySet[Product]:
        return products_visible_to(self.request.user).filter(region=self.region)

    def new_row(self) -> Product:
        return Product(region=self.region)

    def back(self) -> str:
        return self.url("products")

    def way_back(self) -> list[tuple[str, str]]:
        return [("Producten", self.back())]


class KeepIndicator(OfFramework, RowPage):
    """An indicator that the region adds: delivered by providers, not computed."""

    noun = "indicator"
    form_class = forms.IndicatorForm

    def rows(self) -> QuerySet[IndicatorDefinition]:
        return self.region.indicators.filter(is_computed=False)

    def new_row(self) -> IndicatorDefinition:
        return IndicatorDefinition(region=self.region, is_computed=False)

    def back(self) -> str:
        return self.url("segments")
