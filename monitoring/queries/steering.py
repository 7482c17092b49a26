"""Risks and chances, local teams, inquiries and initiatives, for who may see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from regions.models import Region
from regions.queries.access import access_of, regions_visible_to

from ..enums.steering import AssessmentState, InquiryState, RiskState, Score
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
from ..rules.steering import INSIDE, PARTNERS


def _regions(user: Any, *roles: str) -> set[int]:
    return {g.region_id for g in access_of(user).grants if g.region_id and g.role in roles}


def risks_visible_to(user: Any) -> QuerySet[Risk]:
    rows = Risk.objects.filter(region__in=_regions(user, *INSIDE))
    return rows.select_related("segment", "owner").prefetch_related("assessments")


def risk_assessments_visible_to(user: Any) -> QuerySet[RiskAssessment]:
    return RiskAssessment.objects.filter(risk__region__in=_regions(user, *INSIDE))


def mitigations_visible_to(user: Any) -> QuerySet[MitigationMeasure]:
    rows = MitigationMeasure.objects.filter(risk__region__in=_regions(user, *INSIDE))
    return rows.select_related("owner")


@dataclass(frozen=True)
class MatrixCell:
    likelihood: int
    impact: int
    risks: tuple[Risk, ...]

    @property
    def level(self) -> str:
        """How heavy: 'laag' under 6, 'midden' under 12, 'hoog' from there."""
        weight = self.likelihood * self.impact
        return "laag" if weight < 6 else "midden" if weight < 12 else "hoog"


def matrix(risks: Iterable[Risk]) -> list[tuple[int, list[MatrixCell]]]:
    """Likelihood from high to low as rows, impact as columns; what is closed is left out."""
    placed: dict[tuple[int, int], list[Risk]] = {}
    for risk in risks:
        latest = risk.latest
        if latest is not None and risk.state != RiskState.CLOSED:
            placed.setdefault((latest.likelihood, latest.impact), []).append(risk)
    scale = range(1, 6)
    return [
        (
            high,
            [MatrixCell(high, wide, tuple(placed.get((high, wide), ()))) for wide in scale],
        )
        for high in reversed(scale)
    ]


def features_visible_to(user: Any) -> QuerySet[LocalTeamFeature]:
    return LocalTeamFeature.objects.filter(region__in=regions_visible_to(user))


def self_assessments_visible_to(user: Any) -> QuerySet[SelfAssessment]:
    """What is handed in for insiders; a draft for staff and its own municipality."""
    access = access_of(user)
    inside = _regions(user, *INSIDE)
    seen = Q(state=AssessmentState.HANDED_IN) | Q(region__in=access.staff_region_ids)
    for region in inside:
        own = access.municipalities_in(region)
        seen |= Q(region=region, municipality__gm_code__in=own)
    rows = SelfAssessment.objects.filter(seen, region__in=inside)
    return rows.select_related("municipality", "region")


def scores_visible_to(user: Any) -> QuerySet[FeatureScore]:
    rows = FeatureScore.objects.filter(assessment__in=self_assessments_visible_to(user))
    return rows.select_related("feature", "assessment__municipality")


@dataclass(frozen=True)
class Compared:
    """One feature in a year: what each municipality says, in the order of names."""

    feature: LocalTeamFeature
    scores: tuple[FeatureScore | None, ...]

    @property
    def spread(self) -> list[tuple[str, str, int]]:
        """How many municipalities stand where: label, tone, number."""
        given = [row.score for row in self.scores if row is not None and row.score]
        return [(one.label, one.tone, given.count(one)) for one in Score if one in given]


def compare(user: Any, region: Region, year: int) -> tuple[list[SelfAssessment], list[Compared]]:
    """The assessments of a year as columns and the features as rows. No totals, no ranking."""
    rows = self_assessments_visible_to(user).filter(region=region, year=year)
    columns = list(rows.order_by("municipality__name").prefetch_related("scores"))
    found = {(s.assessment_id, s.feature_id): s for a in columns for s in a.scores.all()}
    features = LocalTeamFeature.objects.filter(region=region)
    return columns, [
        Compared(feature, tuple(found.get((a.pk, feature.pk)) for a in columns))
        for feature in features
    ]


def years_of(user: Any, region: Region) -> list[int]:
    rows = self_assessments_visible_to(user).filter(region=region)
    return sorted(set(rows.values_list("year", flat=True)), reverse=True)


def over_the_years(
    user: Any, assessment: SelfAssessment
) -> tuple[list[int], list[tuple[LocalTeamFeature, list[FeatureScore | None]]]]:
    """A municipality's scores per feature and year, up to the year of this assessment."""
    rows = self_assessments_visible_to(user).filter(
        region=assessment.region, municipality=assessment.municipality, year__lte=assessment.year
    )
    years = list(rows.order_by("year").prefetch_related(
        Prefetch("scores", queryset=FeatureScore.objects.select_related("feature"))
    ))  # fmt: skip
    found = {(a.year, s.feature_id): s for a in years for s in a.scores.all()}
    features = LocalTeamFeature.objects.filter(region=assessment.region)
    lines = [(f, [found.get((a.year, f.pk)) for a in years]) for f in features]
    return [a.year for a in years], lines


def inquiries_visible_to(user: Any) -> QuerySet[Inquiry]:
    """All for insiders; a provider sees its own, and what is being spread."""
    access = access_of(user)
    inside = Q(region__in=_regions(user, *INSIDE))
    told = Q(region__in=_regions(user, *PARTNERS), state=InquiryState.SPREAD)
    for region in access.region_ids:
        own = access.provider_organisations_in(region)
        told |= Q(region=region, provider__organisation__in=own)
    rows = Inquiry.objects.filter(inside | told)
    return rows.select_related("provider", "municipality", "segment", "owner")


def followers_visible_to(user: Any) -> QuerySet[InquiryFollower]:
    rows = InquiryFollower.objects.filter(inquiry__in=inquiries_visible_to(user))
    return rows.select_related("provider", "municipality")


def initiatives_visible_to(user: Any) -> QuerySet[Initiative]:
    """Everybody who works on it: what is tried is no secret among partners."""
    rows = Initiative.objects.filter(region__in=_regions(user, *PARTNERS))
    return rows.select_related("segment", "task", "owner")
