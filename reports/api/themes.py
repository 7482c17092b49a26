"""How the editions of a place look, read and written by programs."""

from base64 import b64decode
from binascii import Error as NotBase64
from typing import Any

import django_filters
from django.urls import reverse
from rest_framework import serializers

from core.api.rest import Input, KeepView, Rows, Text, Whole, made
from regions.api.choose import OfRegion, RegionChoice

from ..domain.theming import ACCENT, MOST_BYTES, PRIMARY, keep_theme, remove_theme
from ..models import EditionTheme
from ..queries.themes import themes_visible_to

HEX = r"^#[0-9a-fA-F]{6}$"
WHOLE_REGION = "Leeg: de regio, ook voor gemeenten zonder eigen stijl."


def _address(slug: str, gm_code: str, kind: str) -> str | None:
    return reverse("public-arms", args=[slug, gm_code] if gm_code else [slug]) if kind else None


class ThemeRows(Rows):
    id = Whole()
    regio = Text(source="region__slug")
    gemeente = Text(source="municipality", allow_blank=True, help_text=WHOLE_REGION)
    naam = Text(source="name", allow_blank=True, help_text="Op de omslag; leeg: de officiële.")
    hoofdkleur = Text(source="primary")
    steunkleur = Text(source="accent")
    wapenSoort = Text(source="arms_type", allow_blank=True, help_text="Leeg: geen wapen.")
    wapenAdres = made(
        Text(allow_null=True, help_text="Openbaar, op deze site."),
        "region__slug",
        "municipality",
        "arms_type",
        by=_address,
    )

    class Meta:
        ref_name = "Huisstijl"


class Picture(serializers.CharField):
    """A file as base64; becomes bytes. Blank stays blank: no file."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=MOST_BYTES * 4 // 3 + 4, allow_blank=True, **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        try:
            return b64decode(super().to_internal_value(data), validate=True)
        except (NotBase64, ValueError) as error:
            raise serializers.ValidationError("Dit is geen base64.") from error


class ThemeInput(Input):
    regio = RegionChoice(source="region")
    gemeente = serializers.RegexField(
        r"^\d{4}$",
        source="municipality",
        required=False,
        allow_blank=True,
        help_text=f"Gemeentecode. {WHOLE_REGION}",
    )
    naam = serializers.CharField(source="name", required=False, allow_blank=True, max_length=60)
    hoofdkleur = serializers.RegexField(
        HEX,
        source="primary",
        required=False,
        help_text=f"Zoals {PRIMARY}. Wit moet er goed op te lezen zijn.",
    )
    steunkleur = serializers.RegexField(
        HEX, source="accent", required=False, help_text=f"Zoals {ACCENT}."
    )
    wapen = Picture(
        source="picture",
        required=False,
        help_text="Een SVG of PNG van ten hoogste 400 kB, als base64. Leeg: het wapen gaat weg.",
    )

    class Meta:
        ref_name = "HuisstijlInvoer"


class ThemeFilters(OfRegion):
    gemeente = django_filters.CharFilter(field_name="municipality")


class ThemeView(KeepView):
    about = (
        "Hoe rapportages van de regio en van elke gemeente eruitzien: kleuren, naam en wapen. Wat "
        "u wijzigt, geldt voor rapportages die u daarna maakt. Een SVG wordt ontdaan van alles wat "
        "geen vorm is; een PNG wordt opnieuw gemaakt."
    )
    visible = staticmethod(themes_visible_to)
    serializer_class = ThemeRows
    filterset_class = ThemeFilters
    input_class = ThemeInput
    places = ("region", "municipality")

    def new_row(self, place: dict[str, Any]) -> EditionTheme:
        row = EditionTheme(
            region=place["region"],
            municipality=place["municipality"] or "",
            primary=PRIMARY,
            accent=ACCENT,
        )
        row.validate_constraints(exclude={"primary", "accent"})
        return row

    def keep(self, row: Any) -> EditionTheme:
        picture = getattr(row, "picture", None)
        return keep_theme(
            region=row.region,
            municipality=row.municipality,
            name=row.name,
            primary=row.primary,
            accent=row.accent,
            arms=picture or None,
            without_arms=picture is not None and not picture,
            by=self.request.user,
        )

    def remove(self, row: Any) -> None:
        remove_theme(theme=row, by=self.request.user)
