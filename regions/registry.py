"""What regions must ask of an upper floor without looking up."""

from collections.abc import Callable

from django.db.models import QuerySet

from .models import Organisation, Region

Source = Callable[[Region], QuerySet[Organisation]]
_sources: dict[str, Source] = {}


def register_provider_organisations(code: str, source: Source) -> None:
    """Say which organisations are a provider in a region."""
    _sources[code] = source


def provider_organisations(region: Region) -> QuerySet[Organisation]:
    """The organisations that may be given the role of provider in this region."""
    found = Organisation.objects.none()
    for source in _sources.values():
        found = found | source(region)
    return found.distinct()
