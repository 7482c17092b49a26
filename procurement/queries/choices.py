"""Choices and procedures, for who may see them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model, QuerySet

from regions.queries.access import regions_visible_to
from segments.domain.beside import Topic
from segments.models import SegmentScheme
from segments.queries.beside import CHOICES

from ..models import (
    CriterionAssessment,
    ExcludedForm,
    FundingChoice,
    FundingCriterion,
    FundingPart,
    MarketFact,
    PlannedEvent,
    PlanStep,
    Procedure,
    ProcedureChoice,
    ProcedureCriterion,
    ProcedureWeighing,
)


def _in_region(model: type[Model], path: str) -> Any:
    """Rows of a model in the regions that a user may see."""

    def visible(user: Any) -> QuerySet[Any]:
        return model._default_manager.filter(**{f"{path}__in": regions_visible_to(user)})

    return visible


funding_criteria_visible_to = _in_region(FundingCriterion, "scheme__region")
assessments_visible_to = _in_region(CriterionAssessment, "segment__scheme__region")
excluded_visible_to = _in_region(ExcludedForm, "scheme__region")
funding_choices_visible_to = _in_region(FundingChoice, "segment__scheme__region")
funding_parts_visible_to = _in_region(FundingPart, "choice__segment__scheme__region")
procedure_criteria_visible_to = _in_region(ProcedureCriterion, "scheme__region")
weighings_visible_to = _in_region(ProcedureWeighing, "segment__scheme__region")
procedure_choices_visible_to = _in_region(ProcedureChoice, "segment__scheme__region")
facts_visible_to = _in_region(MarketFact, "segment__scheme__region")
procedures_visible_to = _in_region(Procedure, "region")
steps_visible_to = _in_region(PlanStep, "procedure__region")
events_visible_to = _in_region(PlannedEvent, "region")


def topics_of_choices(user: Any, scheme: SegmentScheme) -> Iterable[Topic]:
    """What was chosen per segment, for laying two strategies beside each other."""
    funding = funding_choices_visible_to(user).filter(segment__scheme=scheme)
    chosen = procedure_choices_visible_to(user).filter(segment__scheme=scheme)
    facts = facts_visible_to(user).filter(segment__scheme=scheme)
    left_out = excluded_visible_to(user).filter(scheme=scheme)
    yield Topic(CHOICES, "Keuze van bekostiging", tuple(_chosen(row) for row in _sorted(funding)))
    yield Topic(CHOICES, "Niet meegewogen", tuple(f"{row}: {row.reason}" for row in left_out))
    yield Topic(CHOICES, "Keuze van procedure", tuple(_chosen(row) for row in _sorted(chosen)))
    yield Topic(CHOICES, "De markt", tuple(f"{f.segment.name}: {f}" for f in _sorted(facts)))


def _sorted(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.select_related("segment").order_by("segment__order", "segment__code", "pk")


def _chosen(choice: FundingChoice | ProcedureChoice) -> str:
    if isinstance(choice, FundingChoice):
        what = choice.get_form_display()
    else:
        what = choice.get_kind_display()
    return f"{choice.segment.name}: {what or 'nog open'} ({choice.get_state_display()})"
