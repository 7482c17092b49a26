"""Plans, decisions and consultation, for who may see them.

Everything that hangs on a plan follows the plan: who does not see the plan sees no chapter, link,
count, hit or annex of it. A draft and what is confidential are for people of the regional
organisation; a linked system is none of them.
"""

from typing import Any

from django.db.models import Q, QuerySet

from core.documents.models import Confidentiality
from regions.models import Region
from regions.queries.access import access_of, regions_visible_to
from segments.models import SegmentGoal
from segments.queries.framework import segments_visible_to

from ..enums.policy import DECIDERS, INSIDERS, ConsultationState, PlanState, ProposalState
from ..models import (
    Consultation,
    ConsultationRemark,
    CouncilProposal,
    CouncilQuestion,
    Decision,
    LocalOrderLine,
    LocalTopic,
    Meeting,
    MeetingTheme,
    Motion,
    PlanAttachment,
    PlanSection,
    PolicyDocument,
    PolicyFramework,
    PolicyLink,
    ProposalChapter,
)
from .tables import outsider_region_ids, tables_attended_by


def insider_region_ids(user: Any) -> frozenset[int]:
    """Regions of which the user sees drafts and confidential documents."""
    grants = access_of(user).grants
    return frozenset(g.region_id for g in grants if g.role in INSIDERS and g.region_id is not None)


def trusted_region_ids(user: Any) -> frozenset[int]:
    """Regions of which the user sees confidential documents: insiders, and those who decide."""
    grants = access_of(user).grants
    deciding = {g.region_id for g in grants if g.role in DECIDERS and g.region_id is not None}
    return insider_region_ids(user) | deciding


def _open(user: Any) -> Q:
    """What the user may read in regions that he may see: confidential texts only who is trusted."""
    shared = ~Q(confidentiality=Confidentiality.CONFIDENTIAL)
    trusted = Q(region__in=trusted_region_ids(user))
    return (shared & Q(region__in=regions_visible_to(user))) | trusted


def plans_visible_to(user: Any) -> QuerySet[PolicyDocument]:
    inside = Q(region__in=insider_region_ids(user))
    shown = Q(state__in=PlanState.SHOWN) & _open(user)
    return PolicyDocument.objects.filter(inside | shown).select_related("municipality")


def sections_visible_to(user: Any) -> QuerySet[PlanSection]:
    rows = PlanSection.objects.filter(document__in=plans_visible_to(user))
    return rows.select_related("document")


def topics_visible_to(user: Any) -> QuerySet[LocalTopic]:
    return LocalTopic.objects.filter(framework__in=plans_visible_to(user))


def order_lines_visible_to(user: Any) -> QuerySet[LocalOrderLine]:
    return LocalOrderLine.objects.filter(plan__in=plans_visible_to(user)).select_related("lot")


def attachments_visible_to(user: Any) -> QuerySet[PlanAttachment]:
    """The stricter of the two holds: the annex's own confidentiality, and that of its plan."""
    shared = ~Q(confidentiality=Confidentiality.CONFIDENTIAL)
    inside = Q(plan__region__in=trusted_region_ids(user))
    rows = PlanAttachment.objects.filter(plan__in=plans_visible_to(user))
    return rows.filter(shared | inside).select_related("plan", "file")


def frameworks_visible_to(user: Any) -> QuerySet[PolicyFramework]:
    return PolicyFramework.objects.filter(region__in=regions_visible_to(user))


def goals_visible_to(user: Any) -> QuerySet[SegmentGoal]:
    rows = SegmentGoal.objects.filter(segment__in=segments_visible_to(user))
    return rows.select_related("segment__scheme")


def links_visible_to(user: Any) -> QuerySet[PolicyLink]:
    """A link is seen by who sees both of its ends."""
    sections = sections_visible_to(user)
    return PolicyLink.objects.filter(
        Q(section__isnull=True) | Q(section__in=sections),
        Q(upper_section__isnull=True) | Q(upper_section__in=sections),
        region__in=regions_visible_to(user),
    ).select_related(
        "section__document__region",
        "upper_section__document__region",
        "goal__segment__scheme__region",
        "upper_goal__segment__scheme__region",
        "upper_framework",
        "funding_choice__segment__scheme__region",
        "procedure_choice__segment__scheme__region",
    )


def proposals_visible_to(user: Any) -> QuerySet[CouncilProposal]:
    """A draft is for the makers and for the clerk of the municipality."""
    access = access_of(user)
    rows = CouncilProposal.objects.filter(plan__in=plans_visible_to(user))
    own = Q()
    for region in access.region_ids:
        own |= Q(region=region, municipality__gm_code__in=access.municipalities_in(region))
    shown = Q(state__in=ProposalState.SHOWN) | Q(region__in=insider_region_ids(user))
    if own:
        shown |= own & ~Q(state=ProposalState.WITHDRAWN)
    return rows.filter(shown).select_related("municipality", "plan")


def chapters_visible_to(user: Any) -> QuerySet[ProposalChapter]:
    return ProposalChapter.objects.filter(proposal__in=proposals_visible_to(user))


def decisions_visible_to(user: Any) -> QuerySet[Decision]:
    rows = Decision.objects.filter(plan__in=plans_visible_to(user))
    return rows.select_related("body__municipality", "plan")


def motions_visible_to(user: Any) -> QuerySet[Motion]:
    seen = Q(plan__isnull=True) | Q(plan__in=plans_visible_to(user))
    rows = Motion.objects.filter(seen, region__in=regions_visible_to(user))
    decisions = decisions_visible_to(user)
    rows = rows.filter(Q(decision__isnull=True) | Q(decision__in=decisions))
    return rows.select_related("municipality")


def meetings_visible_to(user: Any) -> QuerySet[Meeting]:
    """A meeting of a development table is for who may read what is said there."""
    of_table = Q(table__isnull=True) | Q(table__in=tables_attended_by(user))
    return Meeting.objects.filter(of_table, _open(user))


def themes_visible_to(user: Any) -> QuerySet[MeetingTheme]:
    return MeetingTheme.objects.filter(meeting__in=meetings_visible_to(user))


def questions_visible_to(user: Any) -> QuerySet[CouncilQuestion]:
    seen = Q(meeting__isnull=True) | Q(meeting__in=meetings_visible_to(user))
    rows = CouncilQuestion.objects.filter(seen, region__in=regions_visible_to(user))
    return rows.select_related("municipality", "meeting")


def consultations_visible_to(user: Any) -> QuerySet[Consultation]:
    """Who is only a provider sees a round from its opening, others of the region always."""
    rows = Consultation.objects.filter(plan__in=plans_visible_to(user))
    hidden = Q(plan__region__in=outsider_region_ids(user), state=ConsultationState.PREPARING)
    return rows.exclude(hidden).select_related("plan")


def remarks_visible_to(user: Any) -> QuerySet[ConsultationRemark]:
    """A provider reads remarks of others once the response note is adopted; its own always."""
    access = access_of(user)
    rows = ConsultationRemark.objects.filter(consultation__in=consultations_visible_to(user))
    outside = outsider_region_ids(user)
    seen = ~Q(consultation__plan__region__in=outside) | Q(
        consultation__state=ConsultationState.ANSWERED
    )
    for region in outside:
        own = access.provider_organisations_in(region)
        seen |= Q(consultation__plan__region=region, partner__organisation__in=own)
    return rows.filter(seen).select_related(
        "partner", "section", "processed_in__document", "processed_plan"
    )


def plans_of(region: Region, user: Any) -> QuerySet[PolicyDocument]:
    return plans_visible_to(user).filter(region=region)
