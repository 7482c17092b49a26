"""Writing contracts and tariffs down in the browser."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse

from core.ui.editing import RemovePage, RowPage
from segments.models import SegmentScheme
from segments.queries.framework import schemes_visible_to

from ..domain import contracts as domain
from ..forms import contracts as forms
from ..models import Contract, ContractPhase, ContractProduct, SchemePhase, SpendingCap, Tariff
from ..queries import contracts
from ..rules.contracts import check_can_manage_contracts


class OfContracts:
    request: Any
    kwargs: dict[str, Any]
    region: Any
    row: Any

    def check(self) -> None:
        check_can_manage_contracts(self.request.user, self.region)

    def contracts(self) -> QuerySet[Contract]:
        return contracts.visible_to(self.request.user).filter(region=self.region)

    def url(self, name: str, *args: Any) -> str:
        return reverse(name, args=[self.region.slug, *args])

    def way_back(self) -> list[tuple[str, str]]:
        return [("Contracten", self.url("contracts"))]


class OfParts(OfContracts):
    """Keeps and removes parts of contracts, and what goes by the same rules."""

    def save(self, form: Any) -> Any:
        return domain.keep_part(part=form.instance, by=self.request.user)

    def remove(self) -> None:
        domain.remove_part(part=self.row, by=self.request.user)


class KeepContract(OfContracts, RowPage):
    noun = "contract"
    form_class = forms.ContractForm

    def rows(self) -> QuerySet[Contract]:
        return self.contracts()

    def new_row(self) -> Contract:
        return domain.new_contract(self.region)

    def save(self, form: Any) -> Contract:
        lists = {name: form.cleaned_data[name] for name in ("segments", "municipalities", "lots")}
        return domain.keep_contract(contract=form.instance, by=self.request.user, **lists)

    def back(self) -> str:
        kept = getattr(self, "saved", None) or self.row
        return self.url("contract", kept.pk) if kept else self.url("contracts")


class OfContract(OfParts):
    """A part of a contract: the address names the contract when it is new."""

    model: Any

    @property
    def contract(self) -> Contract:
        if "contract" in self.kwargs:
            return get_object_or_404(self.contracts(), pk=self.kwargs["contract"])
        return self.row.contract

    def rows(self) -> QuerySet[Any]:
        return self.model.objects.filter(contract__in=self.contracts())

    def new_row(self) -> Any:
        return self.model(contract=self.contract)

    def back(self) -> str:
        return self.url("contract", self.contract.pk)

    def way_back(self) -> list[tuple[str, str]]:
        return [*super().way_back(), (self.contract.number, self.back())]


class KeepPhase(OfContract, RowPage):
    noun = "fase"
    model = ContractPhase
    form_class = forms.PhaseForm


class RemovePhase(OfContract, RemovePage):
    noun = "fase"
    model = ContractPhase


class KeepContractProduct(OfContract, RowPage):
    noun = "product in contract"
    model = ContractProduct
    form_class = forms.ContractProductForm


class RemoveContractProduct(OfContract, RemovePage):
    noun = "product in contract"
    model = ContractProduct


class KeepCap(OfContract, RowPage):
    noun = "budgetplafond"
    model = SpendingCap
    form_class = forms.CapForm


class RemoveCap(OfContract, RemovePage):
    noun = "budgetplafond"
    model = SpendingCap


class KeepBespokeTariff(OfContract, RowPage):
    """A tariff that only this contract knows."""

    noun = "eigen tarief"
    model = Tariff
    form_class = forms.TariffForm

    def new_row(self) -> Tariff:
        return Tariff(region=self.region, contract=self.contract)


class RemoveBespokeTariff(OfContract, RemovePage):
    noun = "eigen tarief"
    model = Tariff


class OfTariffs(OfParts):
    """The region's own tariffs, the same for every provider."""

    def rows(self) -> QuerySet[Tariff]:
        return Tariff.objects.filter(region=self.region, contract__isnull=True)

    def new_row(self) -> Tariff:
        return Tariff(region=self.region)

    def back(self) -> str:
        return self.url("tariffs")

    def way_back(self) -> list[tuple[str, str]]:
        return [("Tarieven", self.back())]


class KeepTariff(OfTariffs, RowPage):
    noun = "tarief"
    form_class = forms.RegionTariffForm


class RemoveTariff(OfTariffs, RemovePage):
    noun = "tarief"


class OfScheme(OfParts):
    """The phases that a strategy plans for its contracts."""

    @property
    def scheme(self) -> SegmentScheme:
        if "scheme" in self.kwargs:
            schemes = schemes_visible_to(self.request.user).filter(region=self.region)
            return get_object_or_404(schemes, pk=self.kwargs["scheme"])
        return self.row.scheme

    def rows(self) -> QuerySet[SchemePhase]:
        return SchemePhase.objects.filter(scheme__region=self.region)

    def new_row(self) -> SchemePhase:
        return SchemePhase(scheme=self.scheme)

    def back(self) -> str:
        return self.url("scheme", self.scheme.pk)

    def way_back(self) -> list[tuple[str, str]]:
        return [("Segmenten en doelen", self.url("segments")), (str(self.scheme), self.back())]


class KeepSchemePhase(OfScheme, RowPage):
    noun = "geplande fase"
    form_class = forms.SchemePhaseForm


class RemoveSchemePhase(OfScheme, RemovePage):
    noun = "geplande fase"
