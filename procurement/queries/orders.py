"""The local plans under a framework, added up, for who may see them."""

from dataclasses import dataclass
from typing import Any

from ..domain.regional_order import Ordered, RegionalOrder, add_up
from ..enums.policy import PlanKind
from ..models import LocalOrderLine, PolicyDocument
from .plans import order_lines_visible_to, plans_of


@dataclass(frozen=True)
class FrameworkOrder:
    """`order` is None when no local plan orders anything yet."""

    plans: list[PolicyDocument]
    lines: list[LocalOrderLine]
    order: RegionalOrder | None


def of_framework(framework: PolicyDocument, user: Any) -> FrameworkOrder:
    rows = plans_of(framework.region, user).filter(kind=PlanKind.LOCAL, based_on=framework)
    local = list(rows.order_by("municipality__name"))
    found = order_lines_visible_to(user).filter(plan__in=local)
    lines = list(
        found.select_related("lot", "plan__municipality").order_by("lot__order", "lot__code", "pk")
    )
    lots = list(dict.fromkeys(str(line.lot) for line in lines))
    ordered = [Ordered(str(x.plan.municipality), str(x.lot), x.amount) for x in lines]
    names = [str(plan.municipality) for plan in local]
    return FrameworkOrder(local, lines, add_up(ordered, names, lots) if lines else None)
