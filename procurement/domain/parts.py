"""The parts of which a contract consists: one list for its pages, its revisions and its reading.

A part is a dated row. Its `key` says which rows are the same thing at different times: the tariff
of one product, the phase with one number.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import ForeignKey, Model, QuerySet

from core.plain import to_plain

from .. import models
from ..models import Contract, holding_on


@dataclass(frozen=True)
class PartKind:
    """A kind of part: `fields` are what an agreement says, `code` stands in addresses."""

    code: str
    noun: str
    plural: str
    model: type[Model]
    fields: tuple[str, ...]
    key: Callable[[Any], str]
    title: Callable[[Any], str] = str

    def rows(self, contract: Contract) -> QuerySet[Any]:
        return self.model._default_manager.filter(contract=contract)

    def rows_on(self, contract: Contract, day: date) -> QuerySet[Any]:
        relations = [name for name in self.fields if self._is_relation(name)]
        return holding_on(self.rows(contract), day).select_related(*relations)

    def new(self, contract: Contract) -> Any:
        if self.model is models.Tariff:
            return models.Tariff(region=contract.region, contract=contract)
        return self.model(contract=contract)

    def values(self, row: Any) -> dict[str, Any]:
        """What the row says, as plain JSON."""
        return {name: plain_value(row, name) for name in self.fields}

    def put(self, row: Any, values: dict[str, Any]) -> None:
        """The opposite of `values`; does not save."""
        for name, value in values.items():
            field: Any = self.model._meta.get_field(name)
            setattr(row, field.attname, field.target_field.to_python(value)
                    if isinstance(field, ForeignKey) else field.to_python(value))  # fmt: skip

    def _is_relation(self, name: str) -> bool:
        return bool(self.model._meta.get_field(name).is_relation)


def plain_value(row: Any, name: str) -> Any:
    field = row._meta.get_field(name)
    if field.many_to_many:
        return sorted(getattr(row, name).values_list("pk", flat=True)) if row.pk else []
    return to_plain(getattr(row, field.attname))


def _title_key(row: Any) -> str:
    return str(row.title)


PARTS: dict[str, PartKind] = {
    kind.code: kind
    for kind in (
        PartKind(
            "fase", "fase", "Fasen", models.ContractPhase,
            ("number", "name", "kind", "start_date", "end_date", "aims"),
            lambda row: str(row.number),
            lambda row: f"Fase {row.number}: {row}",
        ),
        PartKind(
            "product", "product", "Producten", models.ContractProduct, ("product",),
            lambda row: row.product.code, lambda row: str(row.product),
        ),
        PartKind(
            "tarief", "eigen tarief", "Eigen tarieven", models.Tariff,
            ("product_code", "unit", "amount"),
            lambda row: f"{row.product_code} {row.unit}",
            lambda row: f"{row.product_code} per {row.unit_name}",
        ),
        PartKind(
            "plafond", "budgetplafond", "Budgetplafonds", models.SpendingCap,
            ("year", "amount", "signal_share"),
            lambda row: str(row.year), lambda row: f"Plafond {row.year}",
        ),
        PartKind(
            "vergoeding", "beschikbaarheidsvergoeding", "Beschikbaarheidsvergoedingen",
            models.AvailabilityFee, ("title", "lot", "places", "amount"), _title_key,
        ),
        PartKind(
            "clausule", "clausule", "Clausules", models.Clause,
            ("kind", "title", "text", "section", "source"), _title_key,
        ),
        PartKind(
            "verplichting", "verplichting", "Verplichtingen", models.Obligation,
            ("title", "text", "due"), _title_key,
        ),
        PartKind(
            "transformatie", "transformatieafspraak", "Transformatieafspraken",
            models.TransformationAgreement,
            ("title", "unit", "baseline", "baseline_on", "target", "target_on", "indicator_code",
             "source"),
            _title_key,
        ),
        PartKind(
            "maatwerk", "maatwerkafspraak", "Maatwerkafspraken", models.BespokeAgreement,
            ("subject", "title", "text", "reason"), _title_key,
        ),
    )
}  # fmt: skip
# The head of a contract, as a part of a revision.
HEAD = "contract"
