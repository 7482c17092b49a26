"""Pages of what deviates in the declarations: the list, one deviation, its steps, the checks."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from care.why import asks_why, looked
from core import clock
from core.exports import Column, csv_lines
from core.states import Move
from core.states.pages import MovePage
from core.ui.editing import FormPage
from regions.models import Region
from regions.queries.access import access_of

from ..deviation_enums import DEVIATION
from ..domain.checking import start_checks, waiting_runs
from ..domain.deviating import count_line, except_line, keep_terms, move_deviation
from ..forms.deviations import (
    AmountForm,
    CheckTermsForm,
    DeviationFilter,
    ExceptForm,
    YearForm,
)
from ..models import CheckTerms, Deviation
from ..presenters.cut_names import CutNames
from ..queries.deviations import (
    deviations_visible_to,
    findings_visible_to,
    lines_of,
    once_per_line,
    per_check,
    per_provider,
    provider_names,
    standing,
)
from ..queries.spend import Cut
from ..registers import DEVIATIONS
from ..rules import can_handle_deviations, check_can_handle_deviations, check_can_see_lines

SHOWN_LINES = 200


@DEVIATIONS.page
def deviations(request: HttpRequest, region: Region) -> HttpResponseBase:
    check_can_see_lines(request.user, region)
    rows = deviations_visible_to(request.user).filter(region=region)
    names = provider_names(region)
    agbs = sorted(set(rows.order_by().values_list("provider", flat=True)))
    years = sorted({day.year for day in rows.order_by().dates("care_month", "year")}, reverse=True)
    asked = DeviationFilter(
        request.GET or None, providers=[(agb, names.get(agb, agb)) for agb in agbs], years=years
    )
    chosen = asked.narrow(rows)
    context = {
        "filter": asked,
        "names": names,
        "standing": standing(chosen),
        "checks": per_check(chosen),
        "providers": per_provider(chosen),
        "once": once_per_line(region.pk),
        "kept": _kept(request),
        "waiting": len(waiting_runs(region.pk)),
        "may_handle": can_handle_deviations(request.user, region),
    }
    return DEVIATIONS.answer(request, chosen, "finance/deviations.html", context)


def _kept(request: HttpRequest) -> str:
    """The period that was asked for, to go on with in the links to a check or a provider."""
    asked = {name: request.GET[name] for name in ("jaar", "sinds") if request.GET.get(name)}
    return f"&{urlencode(asked)}" if asked else ""


def _deviation(request: HttpRequest, region: Region, pk: int) -> Deviation:
    check_can_see_lines(request.user, region)
    return get_object_or_404(deviations_visible_to(request.user).filter(region=region), pk=pk)


@asks_why
def deviation(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    row = _deviation(request, region, pk)
    lines = list(lines_of(row))
    why = looked(request, region, what="afwijking", rows=len(lines), narrowed=f"afwijking {row.pk}")
    context = {
        "row": row,
        "why": why,
        "provider": provider_names(region).get(row.provider, row.provider),
        "lines": lines[:SHOWN_LINES],
        "names": CutNames(region, (Cut.MUNICIPALITY, Cut.PRODUCT)).by_code,
        "more": max(len(lines) - SHOWN_LINES, 0),
        "excepted": sum(bool(one.excepted) for one in lines),
        "table_of_states": DEVIATION,
        "roles": access_of(request.user).roles_in(region.pk),
        "may_handle": can_handle_deviations(request.user, region),
    }
    return render(request, "finance/deviation.html", context)


LINE_COLUMNS = (
    Column("Gemeente", "CBS-code", width=10),
    Column("Referentie", "Nummer van de regel bij de aanbieder", width=20),
    Column("Toewijzingnummer", "Van de gemeente"),
    Column("Product", "Productcode", width=10),
    Column("Eerste dag", "Van de gedeclareerde periode"),
    Column("Laatste dag", "Van de gedeclareerde periode"),
    Column("Volume", "In de eenheid ernaast", 0),
    Column("Eenheid", "WJ756", width=10),
    Column("Bedrag", "Gedeclareerd, in euro", 2),
    Column("Verwacht", "Volume maal tarief, in euro; leeg waar de toets dat niet zegt", 2),
    Column("Afwijking", "In euro", 2),
    Column("Uitgezonderd", "Reden waarom de regel niet meetelt", width=40),
    Column("Aanlevering", "Nummer waarin de regel binnenkwam", 0),
)


@asks_why
def deviation_file(request: HttpRequest, region: Region, pk: int) -> StreamingHttpResponse:
    """The lines to send to the provider: its own references, and nobody's pseudonym."""
    row = _deviation(request, region, pk)
    lines = list(lines_of(row))
    looked(request, region, what="afwijking", rows=len(lines), narrowed=f"afwijking {row.pk}")
    cells = (
        (
            one.municipality, one.reference, one.allocation_number, one.product, one.begin_on,
            one.end_on, one.volume, one.unit, one.amount, one.expected, one.at_stake,
            one.excepted, one.run,
        )
        for one in lines
    )  # fmt: skip
    answer = StreamingHttpResponse(
        csv_lines(LINE_COLUMNS, cells), content_type="text/csv; charset=utf-8"
    )
    name = f"afwijking-{row.provider}-{row.kind}-{row.care_month:%Y-%m}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


class OfDeviations:
    request: Any
    region: Region
    kwargs: dict[str, Any]

    def check(self) -> None:
        check_can_handle_deviations(self.request.user, self.region)

    def rows(self) -> Any:
        return deviations_visible_to(self.request.user).filter(region=self.region)

    def back(self) -> str:
        return reverse("deviations", args=[self.region.slug])

    def way_back(self) -> list[tuple[str, str]]:
        return [("Afwijkingen", reverse("deviations", args=[self.region.slug]))]


class MoveDeviation(OfDeviations, MovePage):
    table = DEVIATION
    form_class = AmountForm

    def prepare(self) -> None:
        self.row = get_object_or_404(self.rows(), pk=self.kwargs["pk"])

    def roles(self) -> frozenset[str]:
        return frozenset(access_of(self.request.user).roles_in(self.region.pk))

    def title(self) -> str:
        return f"{self.move.label}: {self.row}"

    def form_arguments(self) -> dict[str, Any]:
        return {**super().form_arguments(), "row": self.row}

    def verb(self, move: Move, form: Any) -> Any:
        return move_deviation(
            deviation=self.row,
            move=move.name,
            by=self.request.user,
            reason=form.cleaned_data["reason"],
            amount=form.cleaned_data.get("amount"),
        )

    def back(self) -> str:
        return reverse("deviation", args=[self.region.slug, self.kwargs["pk"]])


class ExceptLine(OfDeviations, FormPage):
    form_class = ExceptForm
    submit = "Uitzonderen"
    done = "De regel telt niet meer mee in deze afwijking."

    def prepare(self) -> None:
        rows = findings_visible_to(self.request.user).filter(
            deviation__region=self.region, deviation=self.kwargs["pk"]
        )
        self.finding = get_object_or_404(rows, pk=self.kwargs["finding"])

    def title(self) -> str:
        return "Regel uitzonderen"

    def save(self, form: Any) -> None:
        reason = form.cleaned_data["reason"]
        except_line(finding=self.finding, reason=reason, by=self.request.user)

    def back(self) -> str:
        return reverse("deviation", args=[self.region.slug, self.kwargs["pk"]])


@require_POST
def count_again(request: HttpRequest, region: Region, pk: int, finding: int) -> HttpResponse:
    check_can_handle_deviations(request.user, region)
    rows = findings_visible_to(request.user).filter(deviation__region=region, deviation=pk)
    count_line(finding=get_object_or_404(rows, pk=finding), by=request.user)
    messages.success(request, "De regel telt weer mee.")
    return redirect("deviation", region=region.slug, pk=pk)


@require_POST
def check_now(request: HttpRequest, region: Region) -> HttpResponse:
    """The checks of what still waits, or of a whole year when one is named."""
    asked = YearForm(request.POST, years=years_to_check())
    year = asked.cleaned_data["jaar"] if asked.is_valid() else None
    start_checks(region=region, by=request.user, year=year)
    messages.success(request, "De toetsing is gestart. Vernieuw de pagina om de uitkomst te zien.")
    return redirect("deviations", region=region.slug)


def years_to_check() -> list[int]:
    this = clock.today().year
    return list(range(this, this - 8, -1))


class KeepTerms(OfDeviations, FormPage):
    form_class = CheckTermsForm
    template = "finance/checks.html"
    done = "De afspraken zijn opgeslagen. Zij gelden voor wat hierna wordt getoetst."

    def title(self) -> str:
        return "Afspraken over de toetsing"

    def form_arguments(self) -> dict[str, Any]:
        row = CheckTerms.objects.filter(region=self.region).first()
        return {"instance": row or CheckTerms(region=self.region)}

    def extra(self) -> dict[str, Any]:
        return {"again": YearForm(years=years_to_check())}

    def save(self, form: Any) -> CheckTerms:
        return keep_terms(terms=form.instance, by=self.request.user)
