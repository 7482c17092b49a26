"""Kinds of rows of choices and procedures, with pages made by core.ui.kinds."""

from typing import Any

from core.ui import Place
from core.ui.forms import type_as_share

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
from ..queries import choices as seen
from .policy import LISTS, add, of_list, page

LISTS |= {"choices": "segments", "procedure": "procedures"}


def _of_segment(place: Place, row: Any) -> str:
    return place.url("choices", pk=row.segment.scheme_id)


def _of_choice(place: Place, row: Any) -> str:
    return place.url("choices", pk=row.choice.segment.scheme_id)


def _criteria_of_scheme(form: Any) -> None:
    """Two strategies of a region each have criteria of their own."""
    criteria = form.fields["criterion"]
    criteria.queryset = criteria.queryset.filter(scheme=form.instance.segment.scheme)


of_scheme = page("choices", "scheme_id")
IN_SCHEME = {"parent": "scheme", "back": of_scheme, "above": "Keuzes"}
IN_SEGMENT = {"parent": "segment", "back": _of_segment, "above": "Keuzes"}

add(
    "bekostigingscriterium",
    "criterium voor bekostiging",
    FundingCriterion,
    "code text favours order source",
    visible=seen.funding_criteria_visible_to,
    **IN_SCHEME,
)
add(
    "toetsing",
    "toetsing aan criterium",
    CriterionAssessment,
    "criterion applies reason source",
    visible=seen.assessments_visible_to,
    narrow=_criteria_of_scheme,
    **IN_SEGMENT,
)
add(
    "uitgesloten",
    "uitgesloten bekostigingsvorm",
    ExcludedForm,
    "form reason source",
    visible=seen.excluded_visible_to,
    **IN_SCHEME,
)
add(
    "bekostigingskeuze",
    "keuze van bekostiging",
    FundingChoice,
    "form scale explanation source",
    visible=seen.funding_choices_visible_to,
    **IN_SEGMENT,
)
add(
    "bekostigingsonderdeel",
    "onderdeel met een eigen vorm",
    FundingPart,
    "name form share amount reason order source",
    visible=seen.funding_parts_visible_to,
    parent="choice",
    back=_of_choice,
    above="Keuzes",
    narrow=lambda form: type_as_share(form, "share", label="Deel van het budget"),
)
add(
    "procedurecriterium",
    "criterium voor procedure",
    ProcedureCriterion,
    "number text weight source",
    visible=seen.procedure_criteria_visible_to,
    **IN_SCHEME
    | {"help": {"weight": "0 telt niet mee, 2 telt dubbel. Een document noemt vaak geen gewicht."}},
)
add(
    "procedureweging",
    "weging van procedure",
    ProcedureWeighing,
    "criterion finding favours source",
    visible=seen.weighings_visible_to,
    narrow=_criteria_of_scheme,
    **IN_SEGMENT,
)
add(
    "procedurekeuze",
    "keuze van procedure",
    ProcedureChoice,
    "kind considerations explanation fallback source",
    visible=seen.procedure_choices_visible_to,
    **IN_SEGMENT,
)
add(
    "marktfeit",
    "feit over de markt",
    MarketFact,
    "subject text providers share share_base source",
    visible=seen.facts_visible_to,
    narrow=lambda form: type_as_share(form, "share", label="Aandeel"),
    **IN_SEGMENT,
)
add(
    "procedure",
    "procedure",
    Procedure,
    "name kind segments openness round value replaces contracts_from note source",
    visible=seen.procedures_visible_to,
    back=page("procedure"),
    above="Procedures",
)
add(
    "planstap",
    "stap in de planning",
    PlanStep,
    "track name kind notice first_end start_on end_on done_on after order source",
    visible=seen.steps_visible_to,
    parent="procedure",
    back=page("procedure", "procedure_id"),
    above="Procedure",
)
add(
    "agendapunt",
    "agendapunt",
    PlannedEvent,
    "level title start_on end_on municipality framework note source",
    visible=seen.events_visible_to,
    back=of_list("calendar"),
    above="Agenda",
)
