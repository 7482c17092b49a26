"""Keeping what a region knows of its providers."""

from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from core.errors import DomainError
from regions.enums import OrganisationKind
from regions.models import Organisation

from ..models import Provider, ProviderContact, ProviderLocation
from ..rules import check_can_manage_providers


@transaction.atomic
def keep_provider(*, provider: Provider, by: Any) -> Provider:
    """Add or change a provider. Effects: a new one gets an organisation of its own."""
    check_can_manage_providers(by, provider.region)
    if provider.organisation_id is None:
        provider.organisation = Organisation.objects.create(
            kind=OrganisationKind.PROVIDER, name=provider.name
        )
    provider.full_clean()
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
            f"{provider} heeft contracten en kan daarom niet weg.", code="aanbieder-met-contract"
        ) from error


@transaction.atomic
def keep_part(
    *, part: ProviderContact | ProviderLocation, by: Any
) -> ProviderContact | ProviderLocation:
    """Add or change a contact or location."""
    check_can_manage_providers(by, part.provider.region)
    part.full_clean()
    part.save()
    return part


def remove_part(*, part: ProviderContact | ProviderLocation, by: Any) -> None:
    check_can_manage_providers(by, part.provider.region)
    part.delete()
