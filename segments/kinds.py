"""Kinds of rows about what we buy, with pages made by core.ui.kinds."""

from typing import Any

from core.ui import Place
from core.ui.kinds import Kind, register_choices, register_kind
from regions.models import Region

from .domain import framework
from .enums import MovementKind
from .models import CareCategory, Movement
from .queries.framework import categories_visible_to, movements_visible_to
from .rules import check_can_edit_framework


def _check(user: Any, region: Region, row: Any) -> None:
    check_can_edit_framework(user, region)


def _back(place: Place, row: Any) -> str:
    return place.url("scheme", pk=row.scheme_id) if row.scheme_id else place.url("segments")


def _costs_of_scheme(form: Any) -> None:
    costs = form.fields["costs"]
    costs.queryset = costs.queryset.filter(scheme=form.instance.scheme, kind=MovementKind.COST)


register_kind(
    Kind(
        "beweging", "beweging", Movement,
        (
            "kind", "title", "text", "from_category", "to_category", "goals", "costs", "effect",
            "amount", "year",
            "money_text", "order", "source",
        ),
        visible=movements_visible_to, check=_check, keep=framework.keep, remove=framework.remove,
        back=_back, tenant_path="scheme__region", parent="scheme", above="Segmenten en doelen",
        narrow=_costs_of_scheme,
        help={
            "kind": "Een beweging is wat u verandert. Een ontwikkeling van de kosten is waar het "
            "geld van een of meer bewegingen wordt geteld, zodat niets dubbel telt.",
            "costs": "Kies bij een beweging de ontwikkelingen waarin haar geld wordt geteld.",
            "amount": "Alleen als het document een bedrag noemt. Besparing of investering: zie "
            "hierboven.",
            "source": "In welk document dit staat.",
        },
    )
)  # fmt: skip
register_choices(
    CareCategory,
    lambda user, region: categories_visible_to(user).filter(scheme__region=region),
)
