"""A contract for every provider of the demonstration, as the region's strategy plans them."""

from collections import defaultdict

from django.db import transaction

from care.models import Trajectory
from procurement.enums.contracts import ContractKind, PhaseKind
from procurement.models import Contract, ContractPhase, ContractProduct, SchemePhase
from providers.models import Provider
from segments.models import Product, SegmentScheme


@transaction.atomic
def make_contracts(scheme: SegmentScheme) -> int:
    """Contracts with the phases of the scheme that are a term, for what each provider delivers.

    They are marked as fictitious.
    """
    terms = list(SchemePhase.objects.filter(scheme=scheme, kind=PhaseKind.TERM))
    if not terms:
        return 0
    made, delivered, codes = 0, _delivered(scheme), _products(scheme)
    for number, provider in enumerate(Provider.objects.filter(region=scheme.region), 1):
        contract, is_new = Contract.objects.get_or_create(
            region=scheme.region,
            number=f"{scheme.region.slug[:3].upper()}-{terms[0].start_date.year}-{number:03d}",
            defaults={
                "provider": provider,
                "name": f"Jeugdhulp {scheme.name}",
                "kind": ContractKind.DEVELOPMENT,
                "start_date": terms[0].start_date,
                "end_date": terms[-1].end_date,
                "fictitious": True,
            },
        )
        if is_new:
            made += 1
            contract.segments.set(delivered.get(provider.agb_code, ()))
            ContractProduct.objects.bulk_create(
                ContractProduct(contract=contract, product=product, valid_from=contract.start_date)
                for product in codes.get(provider.agb_code, ())
            )
            ContractPhase.objects.bulk_create(
                ContractPhase(
                    contract=contract,
                    number=place,
                    name=term.name,
                    kind=term.kind,
                    start_date=term.start_date,
                    end_date=term.end_date,
                )
                for place, term in enumerate(terms, 1)
            )
    return made


def _products(scheme: SegmentScheme) -> dict[str, list[Product]]:
    """By AGB code the products that a provider delivers; one in ten providers forgot its last."""
    known = {product.code: product for product in scheme.region.products.all()}
    pairs = Trajectory.objects.filter(region_id=scheme.region_id, start_on__isnull=False)
    found: dict[str, list[Product]] = defaultdict(list)
    for agb, code in (
        pairs.order_by("provider", "product").values_list("provider", "product").distinct()
    ):
        if code in known:
            found[agb].append(known[code])
    return {
        agb: codes[:-1] if number % 10 == 0 and len(codes) > 1 else codes
        for number, (agb, codes) in enumerate(found.items(), 1)
    }


def _delivered(scheme: SegmentScheme) -> dict[str, set[int]]:
    """The segments in which each provider (by AGB code) has trajectories."""
    segment_of = dict(scheme.placements.values_list("product_code", "segment"))
    pairs = Trajectory.objects.filter(region_id=scheme.region_id, start_on__isnull=False)
    found: dict[str, set[int]] = defaultdict(set)
    for agb, product in pairs.values_list("provider", "product").distinct():
        if product in segment_of:
            found[agb].add(segment_of[product])
    return found
