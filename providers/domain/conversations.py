"""Conversations with providers: planned, written down, and what follows from them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction

from core.errors import DomainError
from core.states.api import take
from core.states.models import Step
from core.tasks.api import sync_tasks
from regions.queries.access import access_of

from ..enums import AGREEMENT, CONVERSATION, INCIDENT, AgreementState
from ..models import ProviderAgreement, ProviderConversation, ProviderIncident
from ..queries.soundness import signals_of
from ..rules import check_can_manage_providers


@transaction.atomic
def plan_conversation(*, conversation: ProviderConversation, by: Any) -> ProviderConversation:
    """Plan a conversation. Effect: an empty agenda gets the subjects that are open now."""
    check_can_manage_providers(by, conversation.provider.region)
    if conversation.pk is None and not conversation.agenda:
        conversation.agenda = open_subjects(conversation)
    conversation.full_clean()
    conversation.save()
    sync_tasks(conversation.provider.region_id)
    return conversation


def open_subjects(conversation: ProviderConversation) -> list[str]:
    """What a next conversation is about: open agreements, incidents and early-warning signals."""
    provider = conversation.provider
    agreements = provider.agreements.filter(state=AgreementState.OPEN)
    incidents = provider.incidents.exclude(state="closed")
    return [
        "Vorig verslag en afspraken",
        *(f"Afspraak: {agreement.text}" for agreement in agreements),
        *(f"Incident: {incident.title}" for incident in incidents),
        *(signal.text for signal in signals_of(provider) if not signal.code.startswith("incident")),
        "Rondvraag en volgend gesprek",
    ]


@transaction.atomic
def move_conversation(
    *,
    conversation: ProviderConversation,
    move: str,
    by: Any,
    reason: str = "",
    report: str = "",
    participants: Sequence[str] = (),
    next_on: date | None = None,
) -> Step:
    """Make a move of the table of conversations.

    Effects of `hold`: report and participants are kept; with `next_on` the next conversation is
    planned, its agenda made of what is open then.
    """
    provider = conversation.provider
    roles = access_of(by).roles_in(provider.region_id)
    CONVERSATION.check(conversation.state, move, roles, reason)
    if move == "hold":
        _write_down(conversation, report, participants, next_on)
    sync_tasks(provider.region_id)
    step = take(
        conversation, CONVERSATION, move, by=by, roles=roles, tenant_id=provider.region_id,
        reason=reason,
    )  # fmt: skip
    if move == "hold" and next_on is not None:
        following = ProviderConversation(
            provider=provider,
            kind=conversation.kind,
            subject=conversation.subject,
            planned_on=next_on,
            place=conversation.place,
        )
        plan_conversation(conversation=following, by=by)
    return step


def _write_down(
    conversation: ProviderConversation,
    report: str,
    participants: Sequence[str],
    next_on: date | None,
) -> None:
    if not report.strip():
        raise DomainError(
            "Een gevoerd gesprek heeft een verslag. Schrijf kort op wat er is besproken.",
            code="verslag-ontbreekt",
        )
    if next_on is not None and next_on <= conversation.planned_on:
        raise DomainError(
            "Het volgende gesprek ligt niet na dit gesprek. Kies een latere datum.",
            code="volgend-gesprek-te-vroeg",
        )
    conversation.report, conversation.next_on = report.strip(), next_on
    conversation.participants = list(participants)
    conversation.save(update_fields=["report", "next_on", "participants"])


def move_agreement(*, agreement: ProviderAgreement, move: str, by: Any, reason: str = "") -> Step:
    """Make a move of the table of agreements. Effect: its deadline goes or comes back."""
    return _move(agreement, AGREEMENT, move, by, reason)


def move_incident(*, incident: ProviderIncident, move: str, by: Any, reason: str = "") -> Step:
    """Make a move of the table of incidents. Effect: a closed one no longer is a signal."""
    return _move(incident, INCIDENT, move, by, reason)


@transaction.atomic
def _move(row: Any, table: Any, move: str, by: Any, reason: str) -> Step:
    region_id = row.provider.region_id
    sync_tasks(region_id)
    roles = access_of(by).roles_in(region_id)
    return take(row, table, move, by=by, roles=roles, tenant_id=region_id, reason=reason)
