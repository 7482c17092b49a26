"""Pages of budgets, savings series and price indices."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core import clock
from core.exports import Cell, Sheet, write_xlsx
from core.ui import Passages, Place
from core.ui.editing import FormPage, RemovePage, RowPage
from regions.models import Region

from ..domain.budgeting import adopt_budget, propose_change, record_budget
from ..domain.indexing import keep_index, remove_index
from ..forms.budgets import BudgetChangeForm, BudgetFilter, BudgetForm, IndexRuleForm
from ..models import Budget, IndexRule
from ..queries.budgets import adding_up, compared_with_index, counting
from ..queries.steering import with_shifts
from ..queries.visible import (
    budgets_visible_to,
    index_rules_visible_to,
    savings_visible_to,
    turns_visible_to,
)
from ..registers import BUDGETS
from ..rules import can_manage_budgets, check_can_manage_budgets, check_can_see_finance
from ..workbooks import BUDGET_COLUMNS, budget_rows, inputs_sheet
from .projections import XLSX


@BUDGETS.page
def budgets(request: HttpRequest, region: Region) -> HttpResponseBase:
    check_can_see_finance(request.user, region)
    rows = budgets_visible_to(request.user).filter(region=region)
    years = sorted(set(rows.order_by().values_list("year", flat=True)), reverse=True)
    asked = BudgetFilter(request.GET or None, region=region, years=years)
    compared = compared_with_index(rows, index_rules_visible_to(request.user).filter(region=region))
    in_force = {row.pk for row in counting(rows.order_by("version"))}

    def beside(shown: Sequence[Any]) -> None:
        shifted = with_shifts(list(shown))
        for row in shown:
            row.compared = compared.get(row.pk)
            row.counts = row.pk in in_force
            row.shifted = shifted.get(row.pk)

    context = {"filter": asked, "may_manage": can_manage_budgets(request.user, region)}
    chosen = _filtered(rows, asked)
    return BUDGETS.answer(request, chosen, "finance/budgets.html", context, beside)


def _filtered(rows: Any, asked: BudgetFilter) -> Any:
    if not asked.is_valid():
        return rows
    if year := asked.cleaned_data["jaar"]:
        rows = rows.filter(year=year)
    if place := asked.cleaned_data["gemeente"]:
        wanted = (
            {"municipality__isnull": True} if place == "regio" else {"municipality__gm_code": place}
        )
        rows = rows.filter(**wanted)
    return rows


def budgets_file(request: HttpRequest, region: Region) -> FileResponse:
    """The budgets as on screen, as a workbook: all versions, and only what adds up in the total."""
    check_can_see_finance(request.user, region)
    rows = budgets_visible_to(request.user).filter(region=region)
    years = sorted(set(rows.order_by().values_list("year", flat=True)), reverse=True)
    chosen = list(_filtered(rows, BudgetFilter(request.GET or None, region=region, years=years)))
    rules = index_rules_visible_to(request.user).filter(region=region)
    in_force = {row.pk for row in counting(rows.order_by("version"))}
    cells = budget_rows(
        chosen,
        adding_up(row for row in chosen if row.pk in in_force),
        compared_with_index(rows, rules),
        with_shifts(chosen),
        Passages(Place(request.user, region)),
    )
    inputs: list[tuple[str, Cell]] = [("Regio", region.name), ("Stand van", clock.today())]
    inputs += [(f"Indexering {rule.year} (%)", rule.percentage) for rule in rules]
    target = tempfile.TemporaryFile()  # noqa: SIM115 -- closed by the response
    write_xlsx(target, [Sheet("Begrotingen", BUDGET_COLUMNS, cells), inputs_sheet(inputs)])
    target.seek(0)
    name = f"begrotingen-{region.slug}.xlsx"
    return FileResponse(target, as_attachment=True, filename=name, content_type=XLSX)


class OfBudgets:
    """What pages about budgets share: who may change them, and where they lead back to."""

    request: Any
    region: Region

    def check(self) -> None:
        check_can_manage_budgets(self.request.user, self.region)

    def back(self) -> str:
        return reverse("budgets", args=[self.region.slug])

    def way_back(self) -> list[tuple[str, str]]:
        return [("Begrotingen", self.back())]


class AddBudget(OfBudgets, FormPage):
    form_class = BudgetForm
    done = "De begroting is vastgelegd."

    def title(self) -> str:
        return "Begroting vastleggen"

    def form_arguments(self) -> dict[str, Any]:
        return {"region": self.region, "instance": Budget(region=self.region)}

    def save(self, form: Any) -> Budget:
        return record_budget(budget=form.instance, region=self.region, by=self.request.user)


class ChangeBudget(OfBudgets, FormPage):
    form_class = BudgetChangeForm
    done = "De wijziging is vastgelegd als voorstel. Zij telt zodra zij is vastgesteld."
    submit = "Wijziging vastleggen"
    budget: Budget

    def prepare(self) -> None:
        self.check()
        rows = budgets_visible_to(self.request.user).filter(region=self.region)
        self.budget = get_object_or_404(rows, pk=self.kwargs["pk"])

    def title(self) -> str:
        return f"Wijziging van {self.budget}"

    def form_arguments(self) -> dict[str, Any]:
        change = Budget(
            amount=self.budget.amount,
            scope=self.budget.scope,
            fictitious=self.budget.fictitious,
        )
        return {"instance": change}

    def save(self, form: Any) -> Budget:
        return propose_change(budget=self.budget, change=form.instance, by=self.request.user)


@require_POST
def adopt(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    check_can_manage_budgets(request.user, region)
    row = get_object_or_404(budgets_visible_to(request.user).filter(region=region), pk=pk)
    adopted = adopt_budget(budget=row, by=request.user)
    messages.success(request, f"{row} is nu {adopted.get_status_display()}.")
    return redirect("budgets", region=region.slug)


def savings(request: HttpRequest, region: Region) -> HttpResponse:
    check_can_see_finance(request.user, region)
    context = {
        "series": savings_visible_to(request.user).filter(region=region),
        "rules": index_rules_visible_to(request.user).filter(region=region),
        "turns": turns_visible_to(request.user).filter(region=region),
        "may_manage": can_manage_budgets(request.user, region),
    }
    return render(request, "finance/savings.html", context)


class OfIndexation:
    request: Any
    region: Region
    noun = "indexering"

    def prepare(self) -> None:
        self.check()
        super().prepare()  # type: ignore[misc]

    def check(self) -> None:
        check_can_manage_budgets(self.request.user, self.region)

    def rows(self) -> Any:
        return index_rules_visible_to(self.request.user).filter(region=self.region)

    def back(self) -> str:
        return reverse("savings", args=[self.region.slug])

    def way_back(self) -> list[tuple[str, str]]:
        return [("Besparing en indexering", self.back())]


class KeepIndex(OfIndexation, RowPage):
    form_class = IndexRuleForm
    done = "De indexering is opgeslagen. Prognoses die er al waren, veranderen niet."

    def new_row(self) -> IndexRule:
        return IndexRule(region=self.region)

    def save(self, form: Any) -> IndexRule:
        return keep_index(rule=form.instance, by=self.request.user)


class RemoveIndex(OfIndexation, RemovePage):
    done = "De indexering is verwijderd."

    def remove(self) -> None:
        remove_index(rule=self.row, by=self.request.user)
