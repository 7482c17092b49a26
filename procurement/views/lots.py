"""Lots with what is special to them, and the rules that a strategy gives every contract."""

from typing import Any

from django import forms
from django.db.models import Model, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from core import clock
from core.ui.editing import RemovePage, RowPage
from regions.models import Region
from regions.queries.access import in_visible_region
from segments.queries.framework import schemes_visible_to

from ..forms.parts import dutch_field
from ..models import AvailabilityFee, ContractPolicy, Lot, Terms, holding_on
from ..queries.contracts import visible_to
from ..queries.tariffs import tariffs_visible_to
from ..rules.contracts import can_manage_contracts
from .editing import OfParts


def _form(model: type[Model], fields: tuple[str, ...]) -> type[forms.ModelForm]:
    return forms.modelform_factory(model, fields=fields, formfield_callback=dutch_field)


def lots_visible_to(user: Any) -> QuerySet[Lot]:
    """How a region divides what it buys is known to all who work there."""
    return Lot.objects.filter(in_visible_region(user))


def lot_list(request: HttpRequest, region: Region) -> HttpResponse:
    """Each lot with its own tariffs, its contracts and what keeping places available costs."""
    today, user = clock.today(), request.user
    seen = visible_to(user).filter(region=region)
    tariffs = holding_on(tariffs_visible_to(user).filter(region=region), today)
    fees = holding_on(AvailabilityFee.objects.filter(contract__in=seen), today)
    rows = lots_visible_to(user).filter(region=region).prefetch_related(
        Prefetch("tariffs", tariffs.order_by("product_code"), "own_tariffs"),
        Prefetch("contracts", seen.order_by("number"), "own_contracts"),
        Prefetch("availabilityfee_set", fees.select_related("contract__provider"), "own_fees"),
    )  # fmt: skip
    context = {"lots": rows, "may_manage": can_manage_contracts(user, region)}
    return render(request, "procurement/lots.html", context)


class OfLots(OfParts):
    noun = "perceel"

    def rows(self) -> QuerySet[Lot]:
        return lots_visible_to(self.request.user).filter(region=self.region)

    def new_row(self) -> Lot:
        return Lot(region=self.region)

    def back(self) -> str:
        return self.url("lots")

    def way_back(self) -> list[tuple[str, str]]:
        return [("Percelen", self.back())]


class KeepLot(OfLots, RowPage):
    form_class = _form(Lot, ("code", "name", "kind", "description", "source"))


class RemoveLot(OfLots, RemovePage):
    """A lot in which something was agreed stays."""


class KeepPolicy(OfParts, RowPage):
    """The rules of one strategy: one row per scheme."""

    noun = "contractregels"
    form_class = _form(
        ContractPolicy,
        (
            *(field.name for field in Terms._meta.get_fields()),
            "no_subcontracting", "case_director", "source",
        ),
    )  # fmt: skip

    def prepare(self) -> None:
        schemes = schemes_visible_to(self.request.user).filter(region=self.region)
        self.scheme = get_object_or_404(schemes, pk=self.kwargs["scheme"])
        self.row = ContractPolicy.objects.filter(scheme=self.scheme).first()

    def rows(self) -> QuerySet[ContractPolicy]:
        return ContractPolicy.objects.filter(scheme=self.scheme)

    def new_row(self) -> ContractPolicy:
        return ContractPolicy(scheme=self.scheme)

    def title(self) -> str:
        return "Regels voor elk contract"

    def back(self) -> str:
        return self.url("scheme", self.scheme.pk)

    def way_back(self) -> list[tuple[str, str]]:
        return [("Segmenten en doelen", self.url("segments")), (str(self.scheme), self.back())]
