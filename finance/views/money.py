"""Money and agreements of a year: income, indications, volumes, shifts, settlements; and series."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from core import clock
from core.charts import THOUSANDS, LineChart, Series
from core.states import Move
from core.states.pages import MovePage
from regions.models import Region
from regions.queries.access import access_of

from ..domain.budgeting import move_budget
from ..enums import BUDGET
from ..queries import steering
from ..queries.spend import spend_scope
from ..queries.visible import budgets_visible_to, index_rules_visible_to
from ..rules import (
    can_manage_budgets,
    can_see_lines,
    check_can_manage_budgets,
    check_can_see_finance,
)
from .budgets import OfBudgets


class YearForm(forms.Form):
    jaar = forms.TypedChoiceField(label="Jaar", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jaar"].choices = [(year, str(year)) for year in years]  # type: ignore[attr-defined]


def money(request: HttpRequest, region: Region) -> HttpResponse:
    """What was agreed about a year beside what happens in it."""
    check_can_see_finance(request.user, region)
    user = request.user
    budgets = budgets_visible_to(user).filter(region=region)
    incomes = steering.incomes_visible_to(user).filter(region=region)
    indications = steering.indications_visible_to(user).filter(region=region)
    volumes = steering.volumes_visible_to(user).filter(region=region)
    settlements = steering.settlements_visible_to(user).filter(region=region)
    every: tuple[Any, ...] = (budgets, incomes, indications, volumes, settlements)
    years = {year for rows in every for year in rows.order_by().values_list("year", flat=True)}
    this = clock.today().year
    listed = sorted(years | {this}, reverse=True)
    asked = YearForm(request.GET or None, years=listed, initial={"jaar": this})
    year = (asked.cleaned_data["jaar"] if asked.is_valid() else None) or this
    shifts = steering.shifts_visible_to(user).filter(region=region, from_budget__year=year)
    settled = steering.settled(settlements.filter(year=year), region)
    context = {
        "filter": asked,
        "year": year,
        "places": steering.year_by_place(budgets, incomes, region, year),
        "indications": steering.indications_used(indications, region, year),
        "volumes": steering.volumes_used(volumes, region, year, spend_scope(user, region.pk)),
        "rules": steering.shift_rules_visible_to(user).filter(region=region),
        "shifts": shifts,
        "settlements": settled,
        "settled": steering.together(settled),
        "incomes": incomes.filter(year=year),
        "is_staff": can_see_lines(user, region),
        "may_manage": can_manage_budgets(user, region),
    }
    return render(request, "finance/money.html", context)


def series(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """One budget through the years: as given, and as the index would have it."""
    check_can_see_finance(request.user, region)
    rows = budgets_visible_to(request.user).filter(region=region)
    budget = get_object_or_404(rows, pk=pk)
    rules = index_rules_visible_to(request.user).filter(region=region)
    years = steering.series_of(rows, budget, {rule.year: rule.percentage for rule in rules})
    same = rows.filter(
        municipality=budget.municipality, segment=budget.segment, lot=budget.lot,
        subject=budget.subject, kind=budget.kind, year=budget.year, half=budget.half,
    ).order_by("version")  # fmt: skip
    context = {
        "budget": budget,
        "years": years,
        "chart": _chart(years),
        "versions": same,
        "shifted": steering.with_shifts(list(same)),
        "table_of_states": BUDGET,
        "roles": access_of(request.user).roles_in(region.pk),
        "may_manage": can_manage_budgets(request.user, region),
    }
    return render(request, "finance/series.html", context)


def _chart(years: list[steering.SeriesYear]) -> LineChart | None:
    if len(years) < 2:
        return None
    return LineChart(
        title="Gegeven bedragen en vorig jaar met indexering",
        periods=tuple(str(one.row.year) for one in years),
        series=(
            Series("gegeven", tuple(one.row.amount for one in years)),
            Series("vorig jaar met indexering", tuple(one.from_last for one in years)),
        ),
        unit=THOUSANDS,
    )


class MoveBudget(OfBudgets, MovePage):
    table = BUDGET

    def prepare(self) -> None:
        check_can_manage_budgets(self.request.user, self.region)
        rows = budgets_visible_to(self.request.user).filter(region=self.region)
        self.row = get_object_or_404(rows, pk=self.kwargs["pk"])

    def state(self) -> str:
        return str(self.row.status)

    def roles(self) -> frozenset[str]:
        return frozenset(access_of(self.request.user).roles_in(self.region.pk))

    def verb(self, move: Move, form: Any) -> Any:
        return move_budget(
            budget=self.row, move=move.name, by=self.request.user,
            reason=form.cleaned_data["reason"],
        )  # fmt: skip
