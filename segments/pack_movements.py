"""Movements in a pack."""

from typing import Any

from core.packs.listing import Choice, Entry, Listing, Number, Ref, Refs, Whole

from .enums import MoneyEffect, MovementKind
from .models import CareCategory, Movement, SegmentGoal


def _category(context: dict[str, Any], code: str) -> CareCategory | None:
    """By its code: 'herstel-verblijf'."""
    rows = CareCategory.objects.filter(scheme=context["scheme"])
    return next((row for row in rows if row.code == code), None)


def _code(category: CareCategory) -> str:
    return category.code


def _goal(context: dict[str, Any], word: str) -> SegmentGoal | None:
    """'segment/nummer' within the scheme."""
    segment, _, number = word.partition("/")
    rows = SegmentGoal.objects.filter(segment__scheme=context["scheme"], segment__code=segment)
    return rows.filter(number=number).first()


def _word(goal: SegmentGoal) -> str:
    return f"{goal.segment.code}/{goal.number}"


def _cost(context: dict[str, Any], title: str) -> Movement | None:
    """A development of the costs that stands earlier in the pack."""
    rows = Movement.objects.filter(scheme=context["scheme"], kind=MovementKind.COST)
    return rows.filter(title=title).first()


MOVEMENTS = Listing(
    "bewegingen", Movement, "scheme",
    (
        Entry("titel", "title", required=True),
        Choice("soort", "kind", of=MovementKind, default=MovementKind.SHIFT),
        Entry("tekst", "text"),
        Ref("van", "from_category", find=_category, name=_code),
        Ref("naar", "to_category", find=_category, name=_code),
        Refs("doelen", "goals", find=_goal, name=_word),
        Refs("kosten", "costs", find=_cost),
        Choice("effect", "effect", of=MoneyEffect, default=MoneyEffect.NOT_STATED),
        Number("bedrag", "amount"), Whole("jaar", "year"), Entry("geld", "money_text"),
        Entry("bron", "source"),
    ),
    identity=("title",), counter="order",
)  # fmt: skip
