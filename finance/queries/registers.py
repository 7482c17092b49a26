"""The registers that a projection reads: as they stand now, or as they were known on a day."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple, TypeVar

from django.db import models
from django.db.models import Prefetch, prefetch_related_objects
from psycopg.sql import SQL, Composable, Composed, Identifier, Literal

from core.audit.then import known_then, rows_then
from procurement.models import (
    Contract,
    ContractProduct,
    Tariff,
    TransitionOffer,
    TransitionPlan,
)
from regions.models import RegionMembership
from segments.models import ProductPlacement

from ..domain.check_scope import TABLES
from ..domain.projection_inputs import IndexYear
from ..models import IndexRule, Measure, MeasureStep, ProviderIndication, Settlement

M = TypeVar("M", bound=models.Model)
ALWAYS = SQL("true")
SINCE = SQL("valid_from <= {day}")
IN_YEAR = SQL("year <= {year}")


class _Register(NamedTuple):
    """How a row belongs to a region; when one that was recorded later had begun; and, per column,
    when a day in it is no promise that was made at the beginning."""

    region: str
    begun: SQL
    ends: dict[str, SQL]


# How long a contract lasts is agreed when it is made; that it ends sooner is not.
_SOONER = SQL("status IN ('notice', 'terminated', 'dissolved')")
_REGISTERS: dict[type[models.Model], _Register] = {
    Contract: _Register("region", SQL("start_date <= {day}"), {"end_date": _SOONER}),
    ContractProduct: _Register("contract__region", SINCE, {"valid_to": ALWAYS}),
    Tariff: _Register("region", SINCE, {"valid_to": ALWAYS}),
    RegionMembership: _Register("region", SINCE, {"valid_to": ALWAYS}),
    ProductPlacement: _Register("scheme__region", SINCE, {"valid_to": ALWAYS}),
    Measure: _Register("region", SQL("starts_on <= {day}"), {}),
    MeasureStep: _Register("measure__region", SQL("starts_on <= {day}"), {}),
    IndexRule: _Register("region", IN_YEAR, {}),
    ProviderIndication: _Register("region", IN_YEAR, {}),
    Settlement: _Register("region", IN_YEAR, {}),
    TransitionPlan: _Register("region", SQL("starts_on <= {day}"), {}),
    TransitionOffer: _Register("plan__region", SQL("agreed_on <= {day}"), {}),
}


class Registers:
    """Of one region; `on` is the last day whose knowledge counts, None for as they stand now.

    What the site knows of the past is its own trail: a row that was recorded after `on` counts
    only when it had begun by then (see `core.audit.then`). Each register is read once.
    """

    def __init__(self, region_id: int, on: date | None = None) -> None:
        self.region_id, self.on = region_id, on
        self._read: dict[type[models.Model], list[Any]] = {}

    def contracts(self) -> list[Contract]:
        return self._rows(Contract, "provider")

    def tariffs(self) -> list[Tariff]:
        return self._rows(Tariff)

    def placements(self) -> list[ProductPlacement]:
        return self._rows(ProductPlacement, "segment")

    def memberships(self) -> list[RegionMembership]:
        return self._rows(RegionMembership, "municipality")

    def indications(self) -> list[ProviderIndication]:
        return self._rows(ProviderIndication)

    def settlements(self) -> list[Settlement]:
        return self._rows(Settlement, "contract__provider")

    def transition_plans(self) -> list[TransitionPlan]:
        return self._rows(TransitionPlan, "provider")

    def transition_offers(self) -> list[TransitionOffer]:
        return self._rows(TransitionOffer, "provider")

    def measures(self) -> list[Measure]:
        """With the steps that were known."""
        known = MeasureStep.objects.filter(pk__in=[one.pk for one in self._rows(MeasureStep)])
        return self._rows(Measure, "municipality", Prefetch("steps", known))

    def index_years(self) -> tuple[IndexYear, ...]:
        """Rises of prices per year. A year whose rise was not known yet gets that of the last
        year of which it was: nobody looks ahead as if prices stand still."""
        known = {row.year: row.basis_points for row in self._rows(IndexRule)}
        if not known:
            return ()
        later = IndexRule.objects.filter(region=self.region_id, year__gt=max(known))
        known |= dict.fromkeys(later.values_list("year", flat=True), known[max(known)])
        return tuple(IndexYear(year, points) for year, points in sorted(known.items()))

    def make_tables(self, cursor: Any) -> dict[str, Composable]:
        """The names under which statements find contracts, their products and tariffs.

        Effects: temporary tables of them, where they are asked as they were.
        """
        if self.on is None:
            return TABLES
        models_of = {"contracts": Contract, "products": ContractProduct, "tariffs": Tariff}
        names: dict[str, Composable] = {}
        for place, model in models_of.items():
            names[place] = Identifier(f"then_{place}")
            then = known_then(model, self.on, **self._asked(model, self.on))
            for statement in (
                SQL("DROP TABLE IF EXISTS pg_temp.{}"),
                SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS {then}"),
                SQL("ANALYZE pg_temp.{}"),
            ):
                cursor.execute(statement.format(names[place], then=then))
        return names

    def _rows(self, model: type[M], *related: str | Prefetch[Any]) -> list[M]:
        if model not in self._read:
            rows = self._now(model) if self.on is None else self._then(model, self.on)
            prefetch_related_objects(rows, *related)
            self._read[model] = rows
        return self._read[model]

    def _now(self, model: type[M]) -> list[M]:
        path = {_REGISTERS[model].region: self.region_id}
        return list(model._default_manager.filter(**path).order_by("pk"))

    def _then(self, model: type[M], day: date) -> list[M]:
        return sorted(rows_then(model, day, **self._asked(model, day)), key=lambda row: row.pk)

    def _asked(self, model: type[models.Model], day: date) -> dict[str, Any]:
        register = _REGISTERS[model]
        return {
            "within": _within(model, register.region, self.region_id),
            "begun": register.begun.format(day=Literal(day), year=Literal(day.year)),
            "ends": register.ends,
        }


def _within(model: type[models.Model], path: str, region_id: int) -> Composed:
    """The condition that a row is of the region, by the rows that are there now."""
    first, _, rest = path.partition("__")
    field: Any = model._meta.get_field(first)
    region = SQL("region_id = {}").format(Literal(region_id))
    if not rest:
        return region
    return SQL("{} IN (SELECT id FROM {} WHERE {})").format(
        Identifier(field.column), Identifier(field.related_model._meta.db_table), region
    )
