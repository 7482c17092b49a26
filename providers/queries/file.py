"""Parts of a provider's file, for who may see them, and which of them ask for something."""

from datetime import date, timedelta
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from core import clock
from regions.enums import Role
from regions.queries.access import access_of

from ..enums import AgreementState, ConversationState, IncidentState, ProposalState
from ..models import (
    AccountHolder,
    ChangeProposal,
    Provider,
    ProviderAgreement,
    ProviderConversation,
    ProviderDocument,
    ProviderIncident,
)

M = TypeVar("M", bound=Model)
# Before a document ends it is announced this long.
SOON = timedelta(days=90)


def parts_visible_to(user: Any, model: type[M]) -> QuerySet[M]:
    """Rows of a model with a `provider`: for staff of the region, and the provider itself."""
    access = access_of(user)
    seen = Q(provider__region__in=access.staff_region_ids)
    for region in access.region_ids:
        own = access.provider_organisations_in(region)
        if own:
            seen |= Q(provider__region=region, provider__organisation__in=own)
    return model._default_manager.filter(seen)


def documents_visible_to(user: Any) -> QuerySet[ProviderDocument]:
    """A provider sees its documents that are marked as shared."""
    staff = Q(provider__region__in=access_of(user).staff_region_ids)
    rows = parts_visible_to(user, ProviderDocument).filter(staff | Q(shared=True))
    return rows.select_related("document", "provider")


def holders_visible_to(user: Any) -> QuerySet[AccountHolder]:
    """Account holders, also for who works in the access to care."""
    access = access_of(user)
    teams = [g.region_id for g in access.grants if g.role == Role.ACCESS_TEAM]
    rows = AccountHolder.objects.filter(
        Q(pk__in=parts_visible_to(user, AccountHolder).values("pk")) | Q(provider__region__in=teams)
    )
    return rows.select_related("user", "contact", "municipality", "provider")


def holders_on(rows: QuerySet[AccountHolder], day: date) -> QuerySet[AccountHolder]:
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)


def codes_of(provider: Provider) -> set[str]:
    """Every AGB code under which messages may name a provider, whenever."""
    return {provider.agb_code, *provider.codes.values_list("agb_code", flat=True)}


def holder_ids(region_id: int) -> dict[int, int]:
    """For each provider the user who is account holder for the region today."""
    rows = AccountHolder.objects.filter(provider__region=region_id, side="region")
    return dict(holders_on(rows, clock.today()).values_list("provider", "user"))


def open_agreements(user: Any) -> QuerySet[ProviderAgreement]:
    rows = parts_visible_to(user, ProviderAgreement).filter(state=AgreementState.OPEN)
    return rows.select_related("owner", "provider", "conversation")


def planned_conversations(user: Any) -> QuerySet[ProviderConversation]:
    rows = parts_visible_to(user, ProviderConversation)
    planned = rows.filter(state=ConversationState.PLANNED)
    return planned.select_related("provider").order_by("planned_on", "pk")


def open_incidents(user: Any) -> QuerySet[ProviderIncident]:
    rows = parts_visible_to(user, ProviderIncident).exclude(state=IncidentState.CLOSED)
    return rows.select_related("provider")


def open_proposals(user: Any) -> QuerySet[ChangeProposal]:
    rows = parts_visible_to(user, ChangeProposal).filter(state=ProposalState.PROPOSED)
    return rows.select_related("provider", "proposed_by")


def ending_documents(rows: QuerySet[ProviderDocument], day: date) -> QuerySet[ProviderDocument]:
    """Documents that no longer hold on a day, or stop within three months of it."""
    return rows.filter(valid_to__lte=day + SOON).order_by("valid_to", "pk")
