"""Waiting times, client stops, places, crises and placements outside the region."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from core import clock
from core.states import Move
from core.states.pages import MovePage
from core.ui import page_of
from core.ui.editing import FormPage, RowPage
from regions.models import Region

from .. import forms_supply as forms
from ..domain import supply as domain
from ..enums_supply import CLIENT_STOP, PlaceKind
from ..models import (
    ClientStop,
    CrisisReport,
    OutsidePlacement,
    PlaceStatement,
    WaitNorm,
    WaitStatement,
)
from ..queries import supply as queries
from ..rules_supply import (
    can_decide,
    can_place,
    can_state_something,
    check_can_decide,
    check_can_place,
    check_can_see_supply,
    stop_roles,
)


def tabs(region: Region, current: str) -> list[tuple[str, str, bool]]:
    pages = (
        ("Wachttijden", "supply"),
        ("Cliëntenstops", "client-stops"),
        ("Plekken", "places"),
        ("Crisis", "crises"),
        ("Buiten de regio", "outside"),
    )
    return [(text, reverse(name, args=[region.slug]), name == current) for text, name in pages]


def _page(
    request: HttpRequest, region: Region, name: str, template: str, **context: Any
) -> HttpResponse:
    shared = {
        "tabs": tabs(region, name),
        "may_state": can_state_something(request.user, region),
        "may_decide": can_decide(request.user, region),
        "may_place": can_place(request.user, region),
    }
    return render(request, f"providers/supply/{template}.html", {**shared, **context})


def waits(request: HttpRequest, region: Region) -> HttpResponse:
    check_can_see_supply(request.user, region)
    asked = forms.SupplyFilter(request.GET, region=region)
    lines = queries.wait_lines(request.user, region)
    if asked.is_valid():
        lines = [line for line in lines if _wanted(line, asked.cleaned_data)]
    norms, general = WaitNorm.objects.filter(region=region), queries.norms_of(region)[1]
    return _page(
        request, region, "supply", "waits", filter=asked, page=page_of(request, lines),
        norms=norms.select_related("segment"), general=general,
        unknown=sum(line.within is None for line in lines),
        within=sum(line.within is True for line in lines), total=len(lines),
    )  # fmt: skip


def _wanted(line: queries.WaitLine, asked: dict[str, Any]) -> bool:
    if asked["product"] and line.row.product_code != asked["product"]:
        return False
    if asked["zoek"].lower() not in line.row.provider.name.lower():
        return False
    shown = {"norm": line.within is True, "onbekend": line.within is None}
    return shown.get(asked["toon"], True)


def stops(request: HttpRequest, region: Region) -> HttpResponse:
    check_can_see_supply(request.user, region)
    rows = queries.stops_visible_to(request.user).filter(provider__region=region)
    lines = [
        (stop, CLIENT_STOP.moves_from(stop.state, stop_roles(request.user, stop.provider)))
        for stop in page_of(request, rows)
    ]
    return _page(request, region, "client-stops", "stops", lines=lines)


def places(request: HttpRequest, region: Region) -> HttpResponse:
    """The central view for placing: free places by kind, the most free first."""
    check_can_see_supply(request.user, region)
    rows = queries.newest_places(
        queries.places_visible_to(request.user).filter(provider__region=region)
    )
    rows.sort(key=lambda row: (-row.free, row.provider.sort_name))
    kinds = [(kind, [row for row in rows if row.kind == kind]) for kind in PlaceKind]
    groups = [(k.label, r, sum(x.free for x in r), sum(x.capacity for x in r)) for k, r in kinds]
    return _page(request, region, "places", "places", groups=groups)


def crises(request: HttpRequest, region: Region) -> HttpResponse:
    check_can_see_supply(request.user, region)
    rows = list(queries.crises_visible_to(request.user).filter(region=region)[:200])
    late = sum(row.is_late for row in rows)
    return _page(
        request, region, "crises", "crises", rows=rows, late=late, total=len(rows),
        waiting=sum(row.helped_at is None for row in rows),
    )  # fmt: skip


def outside(request: HttpRequest, region: Region) -> HttpResponse:
    check_can_see_supply(request.user, region)
    rows = queries.outside_visible_to(request.user).filter(region=region)
    now = sum(row.youths for row in rows if row.back_on is None or row.back_on > clock.today())
    return _page(request, region, "outside", "outside", rows=rows[:200], now=now)


class OfSupply:
    request: Any
    region: Any
    list_name = "supply"
    label = "Wachttijden"

    def check(self) -> None:
        check_can_see_supply(self.request.user, self.region)

    def back(self) -> str:
        return reverse(self.list_name, args=[self.region.slug])

    def way_back(self) -> list[tuple[str, str]]:
        return [(self.label, self.back())]

    def form_arguments(self) -> dict[str, Any]:
        return {"region": self.region, "user": self.request.user, "instance": self.blank()}

    def blank(self) -> Any:
        raise NotImplementedError


class StateWait(OfSupply, FormPage):
    form_class: ClassVar[type[BaseForm]] = forms.WaitForm

    def check(self) -> None:
        _check_states(self.request.user, self.region)

    def title(self) -> str:
        return "Wachttijd opgeven"

    def blank(self) -> Any:
        return WaitStatement(stated_on=clock.today())

    def save(self, form: Any) -> Any:
        return domain.state_supply(statement=form.instance, by=self.request.user)


class StatePlaces(StateWait):
    form_class = forms.PlaceForm
    list_name, label = "places", "Plekken"

    def title(self) -> str:
        return "Plekken opgeven"

    def blank(self) -> Any:
        return PlaceStatement(stated_on=clock.today())


class AskStop(StateWait):
    form_class = forms.StopForm
    list_name, label = "client-stops", "Cliëntenstops"
    submit = "Aanvragen"

    def title(self) -> str:
        return "Cliëntenstop aanvragen"

    def blank(self) -> Any:
        return ClientStop(asked_on=clock.today())

    def save(self, form: Any) -> Any:
        return domain.ask_stop(stop=form.instance, by=self.request.user)


class ImposeStop(OfSupply, FormPage):
    form_class = forms.ImposeStopForm
    list_name, label = "client-stops", "Cliëntenstops"
    submit = "Stop opleggen"

    def check(self) -> None:
        check_can_decide(self.request.user, self.region)

    def title(self) -> str:
        return "Cliëntenstop opleggen"

    def form_arguments(self) -> dict[str, Any]:
        return {"region": self.region}

    def save(self, form: Any) -> Any:
        return domain.impose_stop(by=self.request.user, **form.cleaned_data)


class MoveStop(OfSupply, MovePage):
    table = CLIENT_STOP
    list_name, label = "client-stops", "Cliëntenstops"
    kwargs: dict[str, Any]

    def check(self) -> None:
        _check_states(self.request.user, self.region)

    def prepare(self) -> None:
        rows = queries.stops_visible_to(self.request.user).filter(provider__region=self.region)
        self.row = get_object_or_404(rows, pk=self.kwargs["pk"])
        _ = self.move

    def form_arguments(self) -> dict[str, Any]:
        return {"move": self.move}

    def roles(self) -> frozenset[str]:
        return stop_roles(self.request.user, self.row.provider)

    def verb(self, move: Move, form: Any) -> Any:
        return domain.move_stop(
            stop=self.row, move=move.name, by=self.request.user, reason=form.cleaned_data["reason"]
        )


class KeepNorm(OfSupply, RowPage):
    noun = "norm"
    form_class = forms.NormForm

    def check(self) -> None:
        check_can_decide(self.request.user, self.region)

    def rows(self) -> QuerySet[WaitNorm]:
        return WaitNorm.objects.filter(region=self.region)

    def new_row(self) -> WaitNorm:
        return WaitNorm(region=self.region)

    def form_arguments(self) -> dict[str, Any]:
        return {"instance": self.row or self.new_row()}

    def save(self, form: Any) -> Any:
        return domain.keep_norm(norm=form.instance, by=self.request.user)


class KeepReport(OfSupply, RowPage):
    """Base of what access teams report."""

    def check(self) -> None:
        check_can_place(self.request.user, self.region)

    def form_arguments(self) -> dict[str, Any]:
        return {"instance": self.row or self.new_row(), "user": self.request.user}

    def save(self, form: Any) -> Any:
        return domain.keep_report(report=form.instance, by=self.request.user)


class KeepCrisis(KeepReport):
    noun = "crisismelding"
    form_class = forms.CrisisForm
    list_name, label = "crises", "Crisis"

    def rows(self) -> QuerySet[CrisisReport]:
        return queries.crises_visible_to(self.request.user).filter(region=self.region)

    def new_row(self) -> CrisisReport:
        return CrisisReport(region=self.region, reported_at=clock.now())


class KeepOutside(KeepReport):
    noun = "plaatsing"
    form_class = forms.OutsideForm
    list_name, label = "outside", "Buiten de regio"

    def rows(self) -> QuerySet[OutsidePlacement]:
        return queries.outside_visible_to(self.request.user).filter(region=self.region)

    def new_row(self) -> OutsidePlacement:
        return OutsidePlacement(region=self.region)


def _check_states(user: Any, region: Region) -> None:
    if not can_state_something(user, region):
        check_can_decide(user, region)
