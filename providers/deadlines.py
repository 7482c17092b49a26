"""The terms that follow from a provider's file; each becomes a task of the account holder."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from core.tasks.api import DeadlineSource, Due, register_deadlines
from regions.enums import Role
from regions.models import Region

from .enums import AgreementState, ConversationState, IncidentKind, IncidentState
from .models import ProviderAgreement, ProviderConversation, ProviderDocument, ProviderIncident
from .queries.file import holder_ids

ONE_DAY = timedelta(days=1)
TEAM = Role.CONTRACT_MANAGER.value


def owed_by_holder(region_id: int, page: str) -> Callable[..., Due]:
    """Makes a Due for the account holder of a provider; without one for the contract managers."""
    slug = Region.objects.values_list("slug", flat=True).get(pk=region_id)
    holders = holder_ids(region_id)

    def due(key: str, day: date, title: str, provider: Any, owner_id: int | None = None) -> Due:
        owner = owner_id or holders.get(provider.pk)
        return Due(
            key=key,
            day=day,
            title=title,
            url=reverse(page, args=[slug, provider.pk]),
            owner_id=owner,
            team=None if owner else TEAM,
            about=provider.name,
        )

    return due


def agreements(region_id: int, until: date) -> Iterable[Due]:
    """Open agreements, for their owner at the region, else for the account holder."""
    due = owed_by_holder(region_id, "provider-contact")
    rows = ProviderAgreement.objects.filter(
        provider__region=region_id, state=AgreementState.OPEN, due_on__lte=until
    )
    for row in rows.select_related("provider"):
        title = f"Afspraak met {row.provider}: {row.text}"[:200]
        yield due(str(row.pk), row.due_on, title, row.provider, row.owner_id)


def conversations(region_id: int, until: date) -> Iterable[Due]:
    """Planned conversations: they wait until their report is written."""
    due = owed_by_holder(region_id, "provider-contact")
    rows = ProviderConversation.objects.filter(
        provider__region=region_id, state=ConversationState.PLANNED, planned_on__lte=until
    )
    for row in rows.select_related("provider"):
        title = f"{row.subject} met {row.provider}"
        yield due(str(row.pk), row.planned_on, title, row.provider)


def incidents(region_id: int, until: date) -> Iterable[Due]:
    """Incidents to follow up, and those that a provider still has to report."""
    due = owed_by_holder(region_id, "provider-trust")
    rows = ProviderIncident.objects.filter(provider__region=region_id)
    rows = rows.exclude(state=IncidentState.CLOSED).select_related("provider")
    for row in rows:
        if row.follow_up_on is not None and row.follow_up_on <= until:
            title = f"Opvolgen bij {row.provider}: {row.title}"[:200]
            yield due(f"{row.pk}-opvolgen", row.follow_up_on, title, row.provider)
        told_by = row.report_due
        if row.reported_on is None and told_by is not None and told_by <= until:
            title = f"{row.provider} moet melden: {IncidentKind(row.kind).label}"
            yield due(f"{row.pk}-melden", told_by, title, row.provider)


def documents(region_id: int, until: date) -> Iterable[Due]:
    """The last day on which a document holds."""
    due = owed_by_holder(region_id, "provider-documents")
    rows = ProviderDocument.objects.filter(
        provider__region=region_id, valid_to__isnull=False, valid_to__lte=until + ONE_DAY
    )
    for row in rows.select_related("provider"):
        title = f"{row.title} van {row.provider} loopt af"[:200]
        assert row.valid_to  # noqa: S101 -- filtered
        yield due(str(row.pk), row.valid_to - ONE_DAY, title, row.provider)


def register() -> None:
    for code, label, find in (
        ("providers.agreement", "Afspraak met een aanbieder", agreements),
        ("providers.conversation", "Accountgesprek", conversations),
        ("providers.incident", "Incident bij een aanbieder", incidents),
        ("providers.document", "Document van een aanbieder", documents),
    ):
        register_deadlines(DeadlineSource(code=code, label=label, find=find))
