"""How a request names a region: by its short name, among those the user may see."""

from typing import Any

import django_filters
from rest_framework import serializers

from core.api.rest import Filters

from ..models import Municipality, Region
from ..queries.access import regions_visible_to
from ..queries.membership import municipalities_ever_in

REGION_TEXT = "Korte naam van de regio, zoals `regios` die noemt."


class RegionChoice(serializers.CharField):
    """The short name of a region in a request; becomes the Region."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"help_text": REGION_TEXT, **kwargs})

    def to_internal_value(self, data: Any) -> Any:
        slug = super().to_internal_value(data)
        return visible_region(self.context["request"].user, slug)


class PlaceChoice(serializers.CharField):
    """A municipality of one of the user's regions by its CBS code; becomes the Municipality."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"help_text": "CBS-code, vier cijfers.", **kwargs})

    def to_internal_value(self, data: Any) -> Any:
        code = super().to_internal_value(data)
        for region in regions_visible_to(self.context["request"].user):
            found = municipalities_ever_in(region).filter(gm_code=code).first()
            if isinstance(found, Municipality):
                return found
        raise serializers.ValidationError("Deze gemeente hoort niet bij uw regio.")


def visible_region(user: Any, slug: str | None) -> Region:
    """A 400 for a region that is not there and for one that the user may not see alike."""
    region: Region | None = regions_visible_to(user).filter(slug=slug or "").first()
    if region is None:
        raise serializers.ValidationError(f"Er is geen regio '{slug or ''}' waarin u een rol hebt.")
    return region


def region_filter(column: str = "region__slug") -> Any:
    return django_filters.CharFilter(field_name=column, label=REGION_TEXT)


class OfRegion(Filters):
    """Filter of every list whose rows have a region."""

    regio = region_filter()
