"""Kinds of rows of choices and procedures, with pages made by core.ui.kinds."""

from typing import Any

from core.ui import Place
from core.ui.forms import type_as_share

from ..models import (
    CriterionAssessment,
    ExcludedForm,
    FundingChoice,
    FundingCriterion,
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
    "form scale explanation mixed_parts source",
    visible=seen.funding_choices_visible_to,
    **IN_SEGMENT,
)
add(
    "procedurecriterium",
    "criterium voor procedure",
    ProcedureCriterion,
    "number text weight source",
    visible=seen.procedure_criteria_visible_to,
    **IN_SCHEME,
)
add(
    "procedureweging",
    "weging van procedure",
    ProcedureWeighing,
    "criterion finding favours source",
    visible=seen.weighings_visible_to,
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
