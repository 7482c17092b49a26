"""What a page about figures was asked for: half-year, scheme, cell; and the words for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest

from core import clock
from core.periods import HalfYear
from providers.queries.providers import visible_to as providers_visible_to
from regions.models import Region
from segments.models import IndicatorDefinition

from ..forms import FigureFilter
from ..indicators import Indicator
from ..presenters import indicator_for
from ..queries.figures import Figures, figures_for, half_years_of
from ..queries.reading import Where, may_know


@dataclass(frozen=True)
class Asked:
    """The figures that a request asks for, and its filter."""

    user: Any
    region: Region
    figures: Figures
    filter: FigureFilter

    @property
    def where(self) -> Where:
        """The cell; the whole region where the filter has a mistake."""
        return self.filter.where if self.filter.is_valid() else Where()

    @cached_property
    def names(self) -> dict[str, dict[str, str]]:
        """Codes and names per dimension, in the order in which they are shown."""
        asked = self.filter
        names = {
            dimension: {code: label for code, label in asked.fields[field].choices if code}  # type: ignore[attr-defined]
            for dimension, field in FIELDS.items()
            if field in asked.fields
        }
        names.setdefault("category", {})
        rows = providers_visible_to(self.user).filter(region=self.region).order_by("sort_name")
        names["provider"] = dict(rows.values_list("agb_code", "name"))
        return names

    @property
    def place(self) -> str:
        """The cell in words."""
        parts = [self.label(name, value) for name, value in self.where.filled().items() if value]
        return ", ".join(parts) or self.region.name

    def label(self, dimension: str, code: str) -> str:
        return self.names[dimension].get(code, code)

    def indicator(self, code: str) -> Indicator:
        """404 for a code that is neither in the registry nor an indicator of the region."""
        own = IndicatorDefinition.objects.filter(region=self.region, code=code)
        found = indicator_for(code, own.order_by("-version").first())
        if found is None:
            raise Http404
        return found

    @property
    def query(self) -> str:
        """The cell as a query string, to keep from page to page."""
        return query_of(self.figures.now.half_year, self.where)


FIELDS = {
    "segment": "segment",
    "municipality": "gemeente",
    "category": "categorie",
    "provider": "aanbieder",
}


def query_of(half_year: str, where: Where) -> str:
    filled = {FIELDS[name]: value for name, value in where.filled().items() if value}
    return "?" + urlencode({"halfjaar": half_year, **filled})


def asked_of(
    request: HttpRequest, region: Region, *, without: tuple[str, ...] = ()
) -> Asked | None:
    """The figures that a request asks for; None where there are none at all yet.

    `without` are filters that the page does not have. 404 for a cell that the user may not know of.
    """
    halves = half_years_of(region)
    half_year = _half_year(request.GET.get("halfjaar", ""), halves)
    figures = figures_for(region, half_year) if half_year else None
    if half_year is None or figures is None:
        return None
    form = FigureFilter(
        request.GET,
        user=request.user,
        region=region,
        scheme=figures.now.scheme,
        halves=halves,
        half_year=half_year,
        without=without,
    )
    asked = Asked(request.user, region, figures, form)
    if not may_know(request.user, figures.now, asked.where):
        raise Http404
    return asked


def _half_year(label: str, halves: list[HalfYear]) -> HalfYear | None:
    """The half-year asked for; else the last that has ended, else the newest there is."""
    by_label = {half.label: half for half in halves}
    if label in by_label:
        return by_label[label]
    ended = [half for half in halves if half.end <= clock.today()]
    return next(iter(ended or halves), None)
