"""How far an office is with its set-up: what is there, and what is still missing."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from core import clock
from providers.models import (
    AccountHolder,
    BusinessYear,
    Provider,
    ProviderContact,
    ProviderConversation,
    ProviderDocument,
)
from regions.models import Region
from segments.models import Product, Segment

from ..models import Admission, Contract, ContractPhase, ContractProduct, Tariff
from .contracts import running_on


@dataclass(frozen=True)
class Gap:
    """What is missing, with the first few by name."""

    text: str
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Stage:
    """A step in the order in which an office sets up. `form` is the code of its intake form."""

    title: str
    about: str
    form: str
    count: int
    noun: str
    page: str
    gaps: tuple[Gap, ...] = ()

    @property
    def done(self) -> bool:
        return self.count > 0 and not self.gaps


def stages_of(region: Region) -> list[Stage]:
    """In order: what comes later names what came before."""
    providers, contracts = (
        Provider.objects.filter(region=region),
        Contract.objects.filter(region=region),
    )
    running = running_on(contracts, clock.today())
    of_provider: dict[str, Any] = {"provider__region": region}
    return [
        Stage("Segmenten", "Hoe de regio haar inkoop indeelt.", "segmenten",
              Segment.objects.filter(scheme__region=region).count(), "segmenten", "segments"),
        Stage("Producten", "Wat de regio koopt, met het segment.", "producten",
              Product.objects.filter(region=region).count(), "producten", "products"),
        Stage("Aanbieders en contracten", "Uw eigen lijst, met AGB-code of KvK-nummer.",
              "aanbieders", providers.count(), "aanbieders", "providers",
              (*_gap("zonder KvK-nummer", providers.filter(chamber_of_commerce_number="")),
               *_gap("zonder contract", _without(providers, Contract)))),
        Stage("Contactpersonen", "Wie u bij een aanbieder spreekt.", "contactpersonen",
              ProviderContact.objects.filter(**of_provider).count(), "contactpersonen",
              "providers",
              (*_gap("zonder contactpersoon", _without(providers, ProviderContact)),
               *_gap("zonder accounthouder", _without(providers, AccountHolder)))),
        Stage("Fasen", "De fasen waarin contracten lopen.", "contractfasen",
              ContractPhase.objects.filter(contract__region=region).count(), "fasen",
              "contracts", _gap("zonder fasen", _without(running, ContractPhase, "contract"))),
        Stage("Producten in contracten", "Welk contract wat koopt.", "contractproducten",
              ContractProduct.objects.filter(contract__region=region).count(), "regels",
              "contracts",
              _gap("zonder producten", _without(running, ContractProduct, "contract"))),
        Stage("Tarieven", "Wat een product kost, per eenheid en periode.", "tarieven",
              Tariff.objects.filter(region=region).count(), "tarieven", "tariffs",
              _gap("zonder tarief", _without_tariff(region))),
        Stage("Toelatingen", "Waarover al is beslist.", "toelatingen",
              Admission.objects.filter(region=region).count(), "toelatingen", "admissions"),
        Stage("Bedrijfscijfers", "Per boekjaar; daaruit volgen de vroege signalen.", "boekjaren",
              BusinessYear.objects.filter(**of_provider).count(), "boekjaren", "providers",
              _gap("zonder bedrijfscijfers", _without(providers, BusinessYear))),
        Stage("Documenten", "Certificaten en polissen, met hun geldigheid.", "documenten",
              ProviderDocument.objects.filter(**of_provider).count(), "documenten", "providers",
              _gap("zonder bestand",
                   ProviderDocument.objects.filter(**of_provider, document=None))),
        Stage("Gesprekken", "Wat er al gepland staat.", "gesprekken",
              ProviderConversation.objects.filter(**of_provider).count(), "gesprekken",
              "providers"),
    ]  # fmt: skip


def _without(rows: QuerySet[Any], part: Any, by: str = "provider") -> QuerySet[Any]:
    return rows.exclude(Exists(part.objects.filter(**{by: OuterRef("pk")})))


def _without_tariff(region: Region) -> QuerySet[Product]:
    """Products in a running contract that have no tariff at all."""
    bought = ContractProduct.objects.filter(contract__region=region, product=OuterRef("pk"))
    priced = Tariff.objects.filter(region=region, product_code=OuterRef("code"))
    return Product.objects.filter(Exists(bought), ~Exists(priced), region=region)


def _gap(text: str, rows: QuerySet[Any]) -> tuple[Gap, ...]:
    count = rows.count()
    return (Gap(text, count, tuple(str(row) for row in rows[:3])),) if count else ()
