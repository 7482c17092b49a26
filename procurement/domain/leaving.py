"""Whether something may leave the offer: where colleges vote on it, only after a vote is won."""

from typing import Any

from core import clock
from core.errors import DomainError

from ..enums.contracts import ContractStatus
from ..enums.voting import Standing, VoteSubject
from ..models import Ballot, Contract, ContractProduct
from ..queries.voting import rule_on, tally_of


def check_may_leave(contract: Contract, *, subject: str, ballot: Ballot | None = None) -> None:
    """Refuse an ending that a rule of the region puts to the vote, while that vote is not won."""
    rule = rule_on(contract.region, subject, clock.today())
    if rule is None:
        return
    if ballot is None:
        raise DomainError(
            f"In {contract.region} besluiten de colleges hierover ({rule}; "
            f"{rule.get_majority_display()}). Breng het in stemming op de pagina van het contract; "
            "het contract volgt het besluit.",
            code="stemming-nodig",
        )
    if not ballot.contracts.filter(pk=contract.pk).exists():
        raise DomainError(
            f"De stemming gaat niet over contract {contract.number}.", code="stemming-nodig"
        )
    check_won(ballot)


def check_won(ballot: Ballot) -> None:
    found = tally_of(ballot)
    if found.standing == Standing.WON:
        return
    still = f" Nog niet gestemd: {', '.join(found.missing)}." if found.missing else ""
    raise DomainError(
        f"Het voorstel is niet aangenomen: {found.yes} van de {found.needed} nodige stemmen voor."
        f"{still} Een stem die ontbreekt, telt niet als voor.",
        code="stemming-niet-gewonnen",
    )


def check_product_not_ended(part: ContractProduct) -> None:
    """A product of a running contract gets no (earlier) last day without a vote."""
    old = ContractProduct.objects.filter(pk=part.pk).first() if part.pk else None
    if old is None or part.contract.status not in ContractStatus.LIVE:
        return
    earlier = part.valid_to and (old.valid_to is None or part.valid_to < old.valid_to)
    if earlier or part.product_id != old.product_id:
        check_may_leave(part.contract, subject=VoteSubject.PRODUCT)


def check_not_shortened(contract: Contract) -> None:
    """A running contract gets no earlier last day without a vote."""
    old = Contract.objects.filter(pk=contract.pk).first() if contract.pk else None
    if old is None or old.status not in ContractStatus.LIVE or contract.end_date is None:
        return
    if old.end_date is None or contract.end_date < old.end_date:
        check_may_leave(contract, subject=VoteSubject.PROVIDER)


def check_products_stay(contract: Contract, changes: Any, ballot: Ballot | None) -> None:
    """A revision that takes a product out, or shortens the contract, needs a won vote."""
    for change in changes:
        if change.part == "product" and change.action != "add":
            check_may_leave(contract, subject=VoteSubject.PRODUCT, ballot=ballot)
        if change.part == "contract" and _is_earlier(change):
            check_may_leave(contract, subject=VoteSubject.PROVIDER, ballot=ballot)


def _is_earlier(change: Any) -> bool:
    new, old = change.values.get("end_date"), change.before.get("end_date")
    return bool(new) and (old is None or new < old)
