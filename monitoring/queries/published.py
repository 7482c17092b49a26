"""Which values of a set of figures may be said outside the regional organisation."""

from collections.abc import Sequence

from django.db.models import Q

from ..models import FigureSet, IndicatorValue


def hidden_for_councils(sets: Sequence[FigureSet]) -> frozenset[int]:
    """Ids of values that councils do not get: small counts, and what rests on few cases."""
    if not sets:
        return frozenset()
    region = sets[-1].region
    few = Q(cases__lt=region.min_cases, cases__gt=0) | Q(
        cases__isnull=True, numerator__gt=0, numerator__lt=region.min_cases
    )
    thin = Q(denominator__gt=0, denominator__lt=region.min_cases)
    rows = IndicatorValue.objects.filter(few | thin, figure_set__in=sets, provider="")
    return frozenset(rows.values_list("pk", flat=True))
