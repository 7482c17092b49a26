"""How an edition is read and asked about."""

from django.db.models import Sum

from ..enums import Medium
from ..models import Edition


def reads_of(edition: Edition) -> list[tuple[str, int]]:
    """How often it was opened, per medium."""
    counted = dict(
        edition.reads.values("medium").annotate(n=Sum("times")).values_list("medium", "n")
    )
    return [(medium.label, counted.get(medium.value, 0)) for medium in Medium]
