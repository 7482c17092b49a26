"""A provider proposes a change of its contacts and locations; a contract manager decides."""

from typing import Any

from django.db import models, transaction

from core.errors import DomainError, NotAllowed
from core.states.api import take
from core.states.models import Step
from regions.models import Municipality
from regions.queries.access import access_of

from ..enums import PROPOSAL, ProposalState, ProposalSubject
from ..models import ChangeProposal, Provider, ProviderContact, ProviderLocation
from ..rules import check_can_propose
from . import files

MODELS: dict[str, type[ProviderContact] | type[ProviderLocation]] = {
    ProposalSubject.CONTACT: ProviderContact,
    ProposalSubject.LOCATION: ProviderLocation,
}
FIELDS = {
    ProposalSubject.CONTACT: ("name", "function", "email", "phone"),
    ProposalSubject.LOCATION: ("name", "municipality", "town"),
}


@transaction.atomic
def propose(*, row: ProviderContact | ProviderLocation, by: Any, removes: bool = False) -> Any:
    """Ask for a new, changed or removed row. `row` is the model with the wanted values, unsaved.

    Effect: a ChangeProposal; the row itself stays as it is until somebody accepts it.
    """
    check_can_propose(by, row.provider)
    subject = subject_of(row)
    if not removes:
        row.full_clean()
    now = type(row)._default_manager.filter(pk=row.pk).first() if row.pk else None
    wanted = {} if removes else values_of(row)
    before = values_of(now) if now is not None else {}
    if now is not None and wanted == before:
        raise DomainError("Er is niets gewijzigd.", code="niets-gewijzigd")
    return ChangeProposal.objects.create(
        provider=row.provider,
        subject=subject,
        target=row.pk,
        removes=removes,
        values=wanted,
        before=before,
        proposed_by=by,
    )


@transaction.atomic
def move_proposal(*, proposal: ChangeProposal, move: str, by: Any, reason: str = "") -> Step:
    """Make a move of the table of proposals.

    Effect of `accept`: the contact or location is added, changed or removed. A provider withdraws
    only what is its own.
    """
    provider = proposal.provider
    roles = access_of(by).roles_in(provider.region_id)
    PROPOSAL.check(proposal.state, move, roles, reason)
    if move == "withdraw":
        _check_own(provider, by)
    step = take(
        proposal, PROPOSAL, move, by=by, roles=roles,
        tenant_id=provider.region_id, reason=reason,
    )  # fmt: skip
    if proposal.state == ProposalState.ACCEPTED:
        _carry_out(proposal, by)
    return step


def _check_own(provider: Provider, by: Any) -> None:
    if provider.organisation_id not in access_of(by).provider_organisations_in(provider.region_id):
        raise NotAllowed("Alleen de aanbieder zelf trekt zijn voorstel in.")


def _carry_out(proposal: ChangeProposal, by: Any) -> None:
    model = MODELS[proposal.subject]
    row: Any
    if proposal.target is None:
        row = model(provider=proposal.provider)
    else:
        row = model.objects.filter(pk=proposal.target, provider=proposal.provider).first()
        if row is None or values_of(row) != proposal.before:
            raise DomainError(
                "De gegevens zijn intussen gewijzigd. Neem het voorstel niet over, en vraag de "
                "aanbieder om een nieuw voorstel.",
                code="intussen-gewijzigd",
            )
    if proposal.removes:
        files.remove_part(part=row, by=by)
        return
    for name, value in proposal.values.items():
        setattr(row, name, _read(name, value))
    files.keep_part(part=row, by=by)


def subject_of(row: models.Model) -> ProposalSubject:
    is_contact = isinstance(row, ProviderContact)
    return ProposalSubject.CONTACT if is_contact else ProposalSubject.LOCATION


def values_of(row: Any) -> dict[str, str]:
    """The fields of a row as text; a municipality as its code."""
    found = {name: getattr(row, name) for name in FIELDS[subject_of(row)]}
    return {name: getattr(value, "gm_code", value) or "" for name, value in found.items()}


def _read(name: str, value: str) -> Any:
    if name == "municipality":
        return Municipality.objects.filter(gm_code=value).first() if value else None
    return value
