"""What an admission leads to: the product in a contract of the provider."""

from typing import Any

from django.db import transaction

from core import clock
from core.errors import DomainError
from segments.models import Segment

from ..enums.admission import AdmissionState
from ..enums.contracts import ContractKind, ContractStatus
from ..models import Admission, Contract, ContractProduct
from ..queries.admission import segments_of
from ..queries.contracts import running_on
from ..rules.contracts import check_can_manage_contracts
from .contracts import keep_contract

LONGEST = 40


def contract_with(admission: Admission) -> ContractProduct | None:
    """The product in a contract of the provider that runs or begins later, when it is there."""
    found = ContractProduct.objects.filter(
        contract__provider=admission.provider_id,
        product=admission.product_id,
        contract__status__in=(*ContractStatus.OPEN, *ContractStatus.LIVE),
    )
    return found.select_related("contract").order_by("-valid_from").first()


@transaction.atomic
def put_in_contract(*, admission: Admission, by: Any) -> Contract:
    """Put an admitted product in the provider's contract.

    Effects: the product is added to a draft contract; without one a draft with this product is
    made, which the contract manager completes. A running contract is not touched: what it buys
    changes by a revision.
    """
    check_can_manage_contracts(by, admission.region)
    if admission.state not in AdmissionState.IN_FORCE:
        raise DomainError(
            f"De aanbieder is niet toegelaten voor {admission.product}. Beslis eerst over de "
            "aanvraag.",
            code="niet-toegelaten",
        )
    known = contract_with(admission)
    if known is not None:
        raise DomainError(
            f"{admission.product} staat al in contract {known.contract.number}.",
            code="al-in-contract",
        )
    contract = _draft_of(admission, by)
    row = ContractProduct(
        contract=contract, product=admission.product, valid_from=contract.start_date
    )
    row.full_clean()
    row.save()
    contract.segments.add(*segments_of(admission.product, clock.today()))
    return contract


def _draft_of(admission: Admission, by: Any) -> Contract:
    drafts = Contract.objects.filter(
        region=admission.region, provider=admission.provider, status=ContractStatus.DRAFT
    )
    found = drafts.order_by("-start_date").first()
    if found is not None:
        return found
    segments = Segment.objects.filter(pk__in=segments_of(admission.product, clock.today()))
    contract = Contract(
        region=admission.region,
        provider=admission.provider,
        number=_free_number(admission),
        name=f"Toelating {admission.product}"[:160],
        kind=ContractKind.DEVELOPMENT,
        status=ContractStatus.DRAFT,
        start_date=clock.today(),
        fictitious=admission.fictitious,
    )
    return keep_contract(contract=contract, segments=segments, by=by)


def _free_number(admission: Admission) -> str:
    stem = f"T{admission.pk}-{admission.provider.agb_code}"[:LONGEST]
    taken = Contract.objects.filter(region=admission.region, number__startswith=stem).count()
    return f"{stem}-{taken + 1}" if taken else stem


def running_contracts(admission: Admission) -> list[Contract]:
    """Contracts in force with this provider, whose revision could take the product in."""
    rows = Contract.objects.filter(region=admission.region, provider=admission.provider)
    return list(running_on(rows, clock.today()).order_by("number"))
