"""Risks and chances, local teams, inquiries and initiatives."""

from typing import Any

from core.ui import Place
from core.ui.kinds import register_choices
from segments.models import DevelopmentTask, IndicatorDefinition

from ..domain.steering import learning, local_teams, risks  # noqa: F401 -- their tables and guards
from ..models import (
    FeatureScore,
    Initiative,
    Inquiry,
    InquiryFollower,
    LocalTeamFeature,
    MitigationMeasure,
    Risk,
    RiskAssessment,
    SelfAssessment,
)
from ..queries import steering as seen
from .base import SOURCE, add, of_list, page

register_choices(
    IndicatorDefinition,
    lambda user, region: IndicatorDefinition.objects.filter(region=region).order_by("name"),
)
register_choices(
    DevelopmentTask,
    lambda user, region: DevelopmentTask.objects.filter(segment__scheme__region=region),
)
IN_RISK: dict[str, Any] = {
    "parent": "risk", "back": page("risk", "risks", "risk_id"), "above": "Risico's en kansen",
}  # fmt: skip


def _of_score(place: Place, row: Any) -> str:
    return place.url("self-assessment", pk=row.assessment_id)


add(
    "risico", "risico of kans", Risk,
    "kind title description cause effect segment goals indicators owner review_on source",
    visible=seen.risks_visible_to, back=page("risk", "risks"), above="Risico's en kansen",
    help={**SOURCE, "review_on": "Op deze dag krijgt de eigenaar een taak om opnieuw te kijken."},
)  # fmt: skip
add(
    "inschatting", "inschatting", RiskAssessment, "on likelihood impact reason",
    visible=seen.risk_assessments_visible_to,
    help={
        "likelihood": "Van 1 (bijna nooit) tot 5 (bijna zeker).",
        "impact": "Van 1 (klein) tot 5 (zeer groot).",
    },
    **IN_RISK,
)  # fmt: skip
add(
    "risicomaatregel", "maatregel", MitigationMeasure,
    "text who owner due_on done_on result source",
    visible=seen.mitigations_visible_to, help=SOURCE, **IN_RISK,
)  # fmt: skip
add(
    "teamkenmerk", "kenmerk van lokale teams", LocalTeamFeature, "number group text source",
    visible=seen.features_visible_to, back=of_list("local-teams"), above="Lokale teams",
    help=SOURCE,
)  # fmt: skip
add(
    "zelfbeoordeling", "zelfbeoordeling", SelfAssessment, "municipality year made_with summary",
    visible=seen.self_assessments_visible_to, back=page("self-assessment", "local-teams"),
    above="Lokale teams", help={"made_with": "Zoals team, cliëntenraad, partners in de wijk."},
)  # fmt: skip
add(
    "kenmerkscore", "oordeel over een kenmerk", FeatureScore, "score explanation",
    visible=seen.scores_visible_to, parent="assessment", back=_of_score, above="Zelfbeoordeling",
    help={"explanation": "Waar ziet u dat aan? Zonder toelichting zegt een score weinig."},
)  # fmt: skip
add(
    "verkenning", "verkenning", Inquiry,
    "title provider municipality segment behind spreadable owner due_on",
    visible=seen.inquiries_visible_to, back=page("inquiry", "learning"), above="Leren",
    help={"title": "Wat gaat er opvallend goed, en bij wie?"},
)  # fmt: skip
add(
    "volger", "volger", InquiryFollower, "provider municipality what since result",
    visible=seen.followers_visible_to, parent="inquiry",
    back=page("inquiry", "learning", "inquiry_id"), above="Verkenning",
    help={"provider": "Kies een aanbieder of een gemeente, niet beide."},
)  # fmt: skip
add(
    "initiatief", "initiatief", Initiative,
    "kind title aim segment task parties budget starts_on evaluate_on finding owner source",
    visible=seen.initiatives_visible_to, back=page("initiative", "learning"), above="Leren",
    help={
        **SOURCE,
        "evaluate_on": "Op deze dag krijgt de eigenaar een taak om te beoordelen: stoppen, "
        "doorgaan of verspreiden.",
        "finding": "Nodig voordat u doorgaat of verspreidt.",
    },
)  # fmt: skip
