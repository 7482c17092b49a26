"""Which values of sets of figures may be said outside the regional organisation."""

from collections.abc import Iterator, Sequence

from core.periods import HalfYear
from core.suppression import Thresholds
from segments.models import SegmentScheme

from ..domain.council import Said, council_says
from ..domain.publication import hidden_figures
from ..domain.quantities import Figure, Place
from ..models import FigureSet, IndicatorValue


def said_to_councils(scheme: SegmentScheme) -> Said:
    """Per kind of cell the codes that councils get, with those that the goals of a scheme name."""
    goals = scheme.segments.values_list("goals__indicators__indicator__code", flat=True)
    return council_says(goals={code for code in goals if code})


def figures_of(sets: Sequence[FigureSet], said: Said) -> list[Figure]:
    return [figure for one in sets for figure in _figures(one, said)]


def _figures(one: FigureSet, said: Said) -> Iterator[Figure]:
    rows = IndicatorValue.objects.filter(figure_set=one, provider="", value__isnull=False)
    half = HalfYear.parse(one.half_year)
    for pk, code, municipality, segment, category, *numbers in rows.values_list(
        "pk", "code", "municipality", "segment", "category",
        "numerator", "denominator", "cases", "parties",
    ).order_by("pk"):  # fmt: skip
        place = Place(municipality, segment, category)
        if code in said[place.kind]:
            yield Figure(pk, half, code, place, *numbers)


def hidden_for_councils(sets: Sequence[FigureSet]) -> frozenset[int]:
    """Ids of values of cells without provider that councils do not get.

    All editions for councils of the region and all pages say the same values of `sets`, one set
    per half-year, next to each other: they are protected as one publication. What none of them
    says is among the ids too.
    """
    if not sets:
        return frozenset()
    region = sets[-1].region
    figures = figures_of(sets, said_to_councils(sets[-1].scheme))
    thresholds = Thresholds(cases=region.min_cases, providers=region.min_providers)
    rows = IndicatorValue.objects.filter(figure_set__in=sets, provider="")
    unsaid = frozenset(rows.values_list("pk", flat=True)) - {figure.pk for figure in figures}
    return unsaid | hidden_figures(figures, thresholds=thresholds)
