"""Keeping what a region knows of its providers."""

from datetime import date
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import ProtectedError, Q

from core.errors import DomainError
from core.tasks.api import sync_tasks
from regions.enums import OrganisationKind
from regions.models import Organisation

from ..models import BusinessNorms, Provider, ProviderCode
from ..rules import check_can_manage_providers

P = TypeVar("P", bound=models.Model)


@transaction.atomic
def keep_provider(*, provider: Provider, by: Any) -> Provider:
    """Add or change a provider. Effects: a new one gets an organisation of its own."""
    check_can_manage_providers(by, provider.region)
    if provider.organisation_id is None:
        provider.organisation = Organisation.objects.create(
            kind=OrganisationKind.PROVIDER, name=provider.name
        )
    provider.full_clean()
    check_code_is_free(provider.agb_code, provider=provider)
    provider.save()
    return provider


def remove_provider(*, provider: Provider, by: Any) -> None:
    """Take a provider away that was entered by mistake; one with contracts stays."""
    check_can_manage_providers(by, provider.region)
    try:
        with transaction.atomic():
            provider.delete()
    except ProtectedError as error:
        raise DomainError(
            f"Bij {provider} horen contracten, toelatingen of documenten. Daarom kan de aanbieder "
            "niet weg.",
            code="aanbieder-met-contract",
        ) from error


@transaction.atomic
def keep_part(*, part: P, by: Any) -> P:
    """Add or change a part of a provider's file: a contact, code, agreement, incident, ...

    Effect: the terms that follow from it become tasks.
    """
    provider: Provider = part.provider  # type: ignore[attr-defined]
    check_can_manage_providers(by, provider.region)
    if isinstance(part, ProviderCode):
        part.region = provider.region
        check_code_is_free(part.agb_code, provider=provider)
    part.full_clean()
    part.save()
    sync_tasks(provider.region_id)
    return part


@transaction.atomic
def remove_part(*, part: models.Model, by: Any) -> None:
    region = part.provider.region  # type: ignore[attr-defined]
    check_can_manage_providers(by, region)
    part.delete()
    sync_tasks(region.pk)


@transaction.atomic
def keep_norms(*, norms: BusinessNorms, by: Any) -> BusinessNorms:
    """The region's limits for business figures. Effect: signals of every provider follow them."""
    check_can_manage_providers(by, norms.region)
    norms.full_clean()
    norms.save()
    return norms


def check_code_is_free(agb_code: str, *, provider: Provider) -> None:
    """A main code of one provider is no further code of another, whatever the period."""
    others = Provider.objects.filter(region=provider.region).exclude(pk=provider.pk)
    taken = others.filter(Q(agb_code=agb_code) | Q(codes__agb_code=agb_code)).first()
    if taken is not None:
        raise DomainError(
            f"AGB-code {agb_code} hoort al bij {taken}. Kies een andere code, of voeg de gegevens "
            f"aan {taken} toe.",
            code="agb-code-van-ander",
        )


def provider_with_code(region_id: int, agb_code: str, day: date | None = None) -> Provider | None:
    """The provider that goes by an AGB code, its main one or a further one that holds on a day."""
    rows = Provider.objects.filter(region=region_id)
    further = Q(codes__agb_code=agb_code)
    if day is not None:
        further &= Q(codes__valid_from__lte=day)
        further &= Q(codes__valid_to__isnull=True) | Q(codes__valid_to__gt=day)
    return rows.filter(agb_code=agb_code).first() or rows.filter(further).first()
