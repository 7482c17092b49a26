"""The money of a council proposal: the adopted budgets of its municipality, as they were given."""

from collections.abc import Iterable
from datetime import date

from core.writing import Block, Paragraph, Table
from procurement.domain.papers import register_money
from procurement.models import CouncilProposal

from .models import Budget


def budget_table(proposal: CouncilProposal) -> Iterable[Block]:
    """One column per year of the plan's period; every amount as the document gives it."""
    plan = proposal.plan
    rows = Budget.objects.filter(
        region=proposal.region, municipality=proposal.municipality, segment="", half=None
    )
    if plan.valid_from and plan.valid_to:
        rows = rows.filter(year__gte=plan.valid_from.year, year__lt=_after(plan.valid_to))
    newest: dict[tuple[str, int], Budget] = {}
    for budget in rows.order_by("version"):
        newest[budget.subject, budget.year] = budget
    years = sorted({year for _, year in newest})
    if not years:
        return
    subjects = list(dict.fromkeys(subject for subject, _ in newest))
    table = [[s, *(_shown(newest.get((s, year))) for year in years)] for s in subjects]
    numeric = tuple(range(1, len(years) + 1))
    yield Table(("Producten", *map(str, years)), table, caption="Begroot", numeric=numeric)
    scope = next((b.scope for b in newest.values() if b.scope), "")
    if scope:
        yield Paragraph(scope, note=True)


def _after(day: date) -> int:
    """The first year after a half-open period: one to 1 January ends with the year before."""
    return day.year if (day.month, day.day) == (1, 1) else day.year + 1


def _shown(budget: Budget | None) -> str:
    if budget is None:
        return "–"
    return budget.shown


register_money(budget_table)
