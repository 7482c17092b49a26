"""An indexation for the year to come, worked out and not applied; all figures are fictitious."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from core import clock
from procurement.domain.indexing import prepare_run
from procurement.models import IndexationRule, IndexationRun, IndexFigure, Tariff, holding_on
from regions.models import Region

SOURCE = "fictief voorbeeld"
# Series, years from the coming one, stage, percentage.
FIGURES = (
    ("OVA", 0, "forecast", "4.10"), ("PPC", 0, "forecast", "2.30"),
    ("OVA", -1, "forecast", "4.50"), ("OVA", -1, "definitive", "4.38"),
    ("PPC", -1, "forecast", "2.50"), ("PPC", -1, "definitive", "2.60"),
)  # fmt: skip


@transaction.atomic
def make_indexation(region: Region, *, by: Any) -> IndexationRun | None:
    """The figures, the rule of the region, and the old and new tariffs to look at; once."""
    year = clock.today().year + 1
    # What will be paid in years to come is not known yet.
    Tariff.objects.filter(region=region, valid_from__gte=date(year, 1, 1)).delete()
    before = holding_on(Tariff.objects.filter(region=region), date(year - 1, 12, 31))
    if IndexationRule.objects.filter(region=region).exists() or not before.exists():
        return None
    for series, shift, stage, percentage in FIGURES:
        IndexFigure.objects.create(
            region=region, series=series, year=year + shift, stage=stage,
            percentage=Decimal(percentage), source=SOURCE,
        )  # fmt: skip
    IndexationRule.objects.create(
        region=region, kind="weighted", material_series="PPC", corrects=True, source=SOURCE
    )
    return prepare_run(region=region, year=year, by=by)
