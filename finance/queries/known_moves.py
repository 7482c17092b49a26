"""How fast care leaves a provider that stops: what its transition plan says, month by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from procurement.enums.transition import TransitionState
from procurement.models import TransitionCountLine, TransitionOffer, TransitionPlan

from ..domain.months import Month
from .known_terms import Spot
from .movements import Outlook, first_month, month_number
from .registers import Registers


@dataclass(frozen=True)
class Leaving:
    """A part of the care that goes from a month on; to a provider where that was agreed, else to
    whoever delivers it."""

    month: Month
    part: Fraction
    to: TransitionOffer | None = None


class Moves:
    """The transition plans that are carried out."""

    def __init__(self, look: Outlook, registers: Registers) -> None:
        self.look = look
        self.plans = [
            row for row in registers.transition_plans() if row.state == TransitionState.RUNNING
        ]
        self.offers: dict[tuple[int, str], list[TransitionOffer]] = defaultdict(list)
        for offer in registers.transition_offers():
            if offer.agreed_on is not None:
                self.offers[offer.plan_id, offer.product_code].append(offer)
        self.counted = _counted(self.plans, registers)

    def plan_of(self, contract: int, spot: Spot) -> TransitionPlan | None:
        """The plan for this care; one for its product goes before one for all."""
        agb, _, product, _ = spot
        fits = [
            plan
            for plan in self.plans
            if plan.provider.agb_code == agb
            and plan.contract_id in (None, contract)
            and plan.product_code in ("", product)
        ]
        return min(fits, key=lambda plan: (plan.product_code == "", plan.pk), default=None)

    def leaving(self, plan: TransitionPlan, product: str) -> list[Leaving]:
        """All that is still with the provider, as parts that add up to one: for each agreed
        alternative as many youths as it takes of those counted, and the rest at the end. Without
        alternatives evenly from the first day of the plan to the last."""
        end = first_month(plan.ends_on + timedelta(days=1))
        counted = self.counted.get((plan.pk, product), 0)
        offers = self.offers[plan.pk, product]
        if not counted or not offers:
            return self._evenly(first_month(plan.starts_on), end)
        found, left = [], Fraction(1)
        for offer in sorted(offers, key=lambda one: (one.from_day, one.pk)):
            part = min(Fraction(offer.clients, counted), left)
            found.append(Leaving(min(first_month(offer.from_day), end), part, offer))
            left -= part
        return self._to_come([*found, Leaving(end, left)])

    def _evenly(self, start: Month, end: Month) -> list[Leaving]:
        months = range(min(start, end), end + 1)
        return self._to_come([Leaving(month, Fraction(1, len(months))) for month in months])

    def _to_come(self, parts: Iterable[Leaving]) -> list[Leaving]:
        """Who left by the as-of month is no longer in what the provider costs."""
        later = [one for one in parts if one.month > month_number(self.look.as_of) and one.part]
        whole = sum((one.part for one in later), Fraction(0))
        return [Leaving(one.month, one.part / whole, one.to) for one in later]


def _counted(plans: Iterable[TransitionPlan], registers: Registers) -> dict[tuple[int, str], int]:
    """Youths in care per plan and product, by the first count: for them alternatives are sought."""
    rows = TransitionCountLine.objects.filter(count__plan__in=[plan.pk for plan in plans])
    if registers.on is not None:
        rows = rows.filter(count__day__lte=registers.on)
    found: dict[tuple[int, str], int] = defaultdict(int)
    first: dict[int, int] = {}
    for row in rows.select_related("count").order_by("count__day", "count_id"):
        plan = row.count.plan_id
        if first.setdefault(plan, row.count_id) == row.count_id:
            found[plan, row.product_code] += row.clients
    return found
