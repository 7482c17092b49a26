"""Filters of the pages about figures."""

from typing import Any

from django import forms

from core.periods import HalfYear
from providers.queries.providers import visible_to as providers_visible_to
from regions.models import Region
from regions.queries.access import access_of
from regions.queries.membership import municipalities_ever_in
from segments.models import SegmentScheme

from ..enums import Theme
from ..queries.reading import Where

NOT_COMPUTED = (
    "Deze combinatie wordt niet berekend. Kies een gemeente, segment, categorie of aanbieder; "
    "alleen een segment gaat samen met een gemeente of met een aanbieder."
)


class FigureFilter(forms.Form):
    """Which half-year, which part of the care, and which theme."""

    halfjaar = forms.ChoiceField(label="Halfjaar", required=False)
    thema = forms.ChoiceField(label="Thema", required=False)
    segment = forms.ChoiceField(label="Segment", required=False)
    gemeente = forms.ChoiceField(label="Gemeente", required=False)
    categorie = forms.ChoiceField(label="Categorie", required=False)
    aanbieder = forms.ChoiceField(label="Aanbieder", required=False)

    def __init__(
        self,
        data: Any,
        *,
        user: Any,
        region: Region,
        scheme: SegmentScheme,
        halves: list[HalfYear],
        half_year: HalfYear,
        without: tuple[str, ...] = (),
    ) -> None:
        super().__init__({"halfjaar": half_year.label, **{k: data[k] for k in data}})
        self.user, self.region, self.scheme = user, region, scheme
        self._offer("halfjaar", [(h.label, h.title) for h in halves])
        self._offer("thema", [("", "alle thema’s"), *_themes()])
        self._offer("segment", [("", "alle segmenten"), *self._segments()])
        self._offer("gemeente", [("", "hele regio"), *self._municipalities()])
        self._offer("categorie", [("", "alle categorieën"), *self._categories()])
        self._offer("aanbieder", [("", "alle aanbieders"), *self._providers()])
        empty = [n for n in ("aanbieder", "categorie") if len(self._choices(n)) == 1]
        for name in {*empty, *without}:
            del self.fields[name]

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 -- tells mypy
        field.choices = choices

    def _choices(self, name: str) -> list[Any]:
        return list(self.fields[name].choices)  # type: ignore[attr-defined]

    def _segments(self) -> list[tuple[str, str]]:
        rows = self.scheme.segments.order_by("order", "code").values_list("code", "name")
        named = [(code, f"{code} {name}") for code, name in rows]
        return [*named, ("niet ingedeeld", "niet ingedeeld")]

    def _municipalities(self) -> list[tuple[str, str]]:
        rows = municipalities_ever_in(self.region).order_by("organisation__sort_name")
        return list(rows.values_list("gm_code", "name"))

    def _categories(self) -> list[tuple[str, str]]:
        named = {c.code: c.name for c in self.scheme.categories.all()}
        rows = self.scheme.placements.exclude(direction="").values_list("direction", "is_stay")
        codes = {f"{d}-{'verblijf' if stay else 'ambulant'}" for d, stay in rows.distinct()}
        return [(code, named.get(code, code.replace("-", ", "))) for code in sorted(codes)]

    def _providers(self) -> list[tuple[str, str]]:
        """Whose figures the user may know: all for staff, for others those of their own."""
        rows = providers_visible_to(self.user).filter(region=self.region).order_by("sort_name")
        access = access_of(self.user)
        if not access.is_staff_of(self.region.pk):
            own = access.provider_organisations_in(self.region.pk)
            rows = rows.filter(organisation__in=own)
        return list(rows.values_list("agb_code", "name"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        try:
            _ = self.where.kind
        except ValueError:
            raise forms.ValidationError(NOT_COMPUTED, code="cel-niet-berekend") from None
        return cleaned

    @property
    def where(self) -> Where:
        asked = self.cleaned_data
        return Where(
            asked.get("gemeente", ""),
            asked.get("segment", ""),
            asked.get("categorie", ""),
            asked.get("aanbieder", ""),
        )

    def label_of(self, name: str, value: str) -> str:
        return str(dict(self._choices(name)).get(value, value)) if name in self.fields else value


def _themes() -> list[tuple[str, str]]:
    return [(theme.value, theme.heading) for theme in Theme]
