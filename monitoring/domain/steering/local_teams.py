"""The self-assessment of local teams: a score with its reason on every feature, then handed in."""

from core.errors import DomainError

from ...enums.steering import SELF_ASSESSMENT, AssessmentState
from ...models import FeatureScore, LocalTeamFeature, SelfAssessment
from .rows import BEFORE, KEEPING, KEPT, REMOVING, TABLES


def lay_out(assessment: SelfAssessment, by: object) -> None:
    """A row per feature of the region; features that came later are added."""
    known = set(assessment.scores.values_list("feature_id", flat=True))
    features = LocalTeamFeature.objects.filter(region=assessment.region).exclude(pk__in=known)
    FeatureScore.objects.bulk_create(
        FeatureScore(assessment=assessment, feature=feature) for feature in features
    )


def check_complete(assessment: SelfAssessment) -> None:
    missing = assessment.scores.filter(score__isnull=True).values_list("feature__number", flat=True)
    if missing:
        numbers = ", ".join(str(number) for number in missing)
        raise DomainError(
            f"Nog zonder oordeel: kenmerk {numbers}. Geef bij elk kenmerk aan hoe ver u bent en "
            "waarom.",
            code="kenmerk-ontbreekt",
        )


def _keep_assessment(row: SelfAssessment, by: object) -> None:
    if row.state == AssessmentState.HANDED_IN:
        _refuse_handed_in()
    if not LocalTeamFeature.objects.filter(region=row.region).exists():
        raise DomainError(
            "De regio heeft nog geen kenmerken van lokale teams. Voeg ze eerst toe.",
            code="kenmerken-ontbreken",
        )
    before = SelfAssessment.objects.filter(pk=row.pk).first()
    if before and (before.municipality_id, before.year) != (row.municipality_id, row.year):
        raise DomainError(
            "Gemeente en jaar staan vast. Begin een nieuwe beoordeling.", code="staat-vast"
        )


def _keep_score(row: FeatureScore, by: object) -> None:
    if row.pk is None:
        raise DomainError(
            "De kenmerken komen vanzelf met de beoordeling.", code="kenmerken-staan-vast"
        )
    if row.assessment.state == AssessmentState.HANDED_IN:
        _refuse_handed_in()


def _remove_assessment(row: SelfAssessment) -> None:
    if row.state == AssessmentState.HANDED_IN:
        _refuse_handed_in()


def _remove_score(row: FeatureScore) -> None:
    raise DomainError("Een kenmerk hoort bij de beoordeling.", code="kenmerken-staan-vast")


def _refuse_handed_in() -> None:
    raise DomainError(
        "Deze beoordeling is ingediend. Neem haar eerst terug, met een reden.", code="ingediend"
    )


TABLES[SelfAssessment] = SELF_ASSESSMENT
BEFORE[SELF_ASSESSMENT.code, "hand_in"] = check_complete
KEEPING |= {SelfAssessment: _keep_assessment, FeatureScore: _keep_score}
KEPT[SelfAssessment] = lay_out
REMOVING |= {SelfAssessment: _remove_assessment, FeatureScore: _remove_score}
