"""Task-based contracts of the demonstration: all of it invented, and marked so.

In the live region two providers keep places ready, used or not: instalments per quarter, a fee for
availability, and a year that was settled. In the region that prepares next year the task-based
segments have their contracts, with what is agreed for the first year and the key that divides it.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.db import transaction

from core import clock
from core.intake.api import form, receive
from core.intake.models import IntakeRun
from core.periods import add_months
from finance.domain import steering
from finance.domain.allocation import split_euros
from finance.domain.keeping_keys import keep_key, move_key
from finance.models import AllocationKey, Settlement
from finance.queries.spend import Cut, spend_now, view_of_now
from procurement.enums.contracts import ContractKind
from procurement.models import AvailabilityFee, Contract, ContractProduct
from providers.models import Provider
from segments.enums import FundingForm
from segments.models import Segment, SegmentScheme

NOTE = "Bedacht voor de demonstratie."
PLACES, KEEPING_READY = 2, Decimal("0.20")
TERM_YEARS, A_PLACE = 6, Decimal(18_000)
MARGIN, INDEX = Decimal(5), Decimal("1.03")
LARGEST = {"S1": 7}
"""Providers that have most of a segment (003:L389, L417, L444); of the others three."""


@dataclass(frozen=True)
class Use:
    """Euros of the last whole year by segment, provider and municipality."""

    euros: dict[tuple[str, str, str], Decimal]

    def of(self, place: int, segment: str) -> dict[str, Decimal]:
        """By provider (1) or municipality (2), the most first."""
        found: dict[str, Decimal] = defaultdict(Decimal)
        for key, amount in self.euros.items():
            if key[0] == segment and amount > 0:
                found[key[place]] += amount
        return dict(sorted(found.items(), key=lambda item: -item[1]))


def make_places(scheme: SegmentScheme, by: Any) -> IntakeRun | None:
    """Contracts for places that are kept ready since last year, and their instalments as they come
    in; once."""
    first = clock.today().year - 1
    number = f"{scheme.region.slug[:3].upper()}-{first}-T"
    if Contract.objects.filter(region=scheme.region, number__startswith=number).exists():
        return None
    stay = Segment.objects.filter(placements__scheme=scheme, placements__is_stay=True)
    use, segment = _use(scheme), stay.order_by("order", "pk").first()
    if segment is None or not use.of(1, segment.code):
        return None
    rows = []
    for place, (agb, spent) in enumerate(list(use.of(1, segment.code).items())[:PLACES], 1):
        contract = _contract(scheme, f"{number}{place}", agb, date(first, 1, 1), [segment])
        if contract is None:
            continue
        contract.name = "Spoedplekken, dag en nacht"
        contract.save()
        _fee(contract, first, places=4 // place)
        agreed = (spent * KEEPING_READY).quantize(Decimal("1E3"))
        for year, delivered in ((first, Decimal("1.08")), (first + 1, None)):
            _settle(contract, segment.code, year, agreed, by, delivered=delivered)
            rows += list(_instalments(agb, segment.code, year, agreed, use))
            agreed = (agreed * INDEX).quantize(Decimal("1E3"))
    return _received(scheme, rows, by)


@transaction.atomic
def make_coming(scheme: SegmentScheme, by: Any) -> int:
    """Contracts and agreed amounts of the task-based segments from the day on which the scheme
    starts, and the key of the first one in force; how many contracts."""
    start = scheme.valid_from
    number = f"{scheme.region.slug[:3].upper()}-{start.year}-T"
    if Contract.objects.filter(region=scheme.region, number__startswith=number).exists():
        return 0
    use, made = _use(scheme), dict[str, Contract]()
    task_based = list(scheme.segments.filter(funding_form=FundingForm.TASK_BASED).order_by("order"))
    for segment in task_based:
        whole = sum(use.of(1, segment.code).values(), Decimal(0)) * INDEX * INDEX
        chosen = dict(list(use.of(1, segment.code).items())[: LARGEST.get(segment.code, 3)])
        for agb, agreed in _thousands(whole, chosen).items():
            contract = made.get(agb) or _contract(
                scheme, f"{number}{len(made) + 1:02d}", agb, start, task_based
            )
            if contract is not None:
                made[agb] = contract
                _settle(contract, segment.code, start.year, agreed, by)
    for contract in made.values():
        codes = contract.settlements.values_list("segment", flat=True)
        contract.segments.set([one for one in task_based if one.code in codes])
    if made:
        _fee(next(iter(made.values())), start.year, places=6)
        _key(task_based[0], start.year, by)
    return len(made)


def _use(scheme: SegmentScheme) -> Use:
    view, year = view_of_now(scheme.region), clock.today().year - 1
    cuts = [Cut.SEGMENT, Cut.PROVIDER, Cut.MUNICIPALITY]
    slices = (
        spend_now(view, cuts, care_from=date(year, 1, 1), care_to=date(year + 1, 1, 1))
        if view
        else []
    )
    return Use({(one.keys[0], one.keys[1], one.keys[2]): one.euros for one in slices})


def _thousands(whole: Decimal, weights: dict[str, Decimal]) -> dict[str, Decimal]:
    """An amount in whole thousands over providers, as they delivered."""
    if not weights:
        return {}
    parts = split_euros(amount=(whole / 1000).quantize(Decimal(1)) / 100, weights=weights)
    return {agb: part * 100_000 for agb, part in parts.items() if part > 0}


def _contract(
    scheme: SegmentScheme, number: str, agb: str, start: date, segments: list[Segment]
) -> Contract | None:
    provider = Provider.objects.filter(region=scheme.region, agb_code=agb).first()
    if provider is None:
        return None
    contract = Contract.objects.create(
        region=scheme.region, provider=provider, number=number,
        name=f"Taakgerichte jeugdhulp {start.year}", kind=ContractKind.RESULT,
        funding_form=FundingForm.TASK_BASED, start_date=start,
        end_date=start.replace(year=start.year + TERM_YEARS), extension_months=12,
        max_extensions=1, fictitious=True,
    )  # fmt: skip
    contract.segments.set(segments)
    codes = scheme.placements.filter(segment__in=segments).values_list("product_code", flat=True)
    ContractProduct.objects.bulk_create(
        ContractProduct(contract=contract, product=product, valid_from=start)
        for product in scheme.region.products.filter(code__in=codes)
    )
    return contract


def _fee(contract: Contract, year: int, *, places: int) -> None:
    AvailabilityFee.objects.create(
        contract=contract, title="Crisisbedden die altijd vrij zijn", places=places,
        amount=places * A_PLACE, valid_from=date(year, 1, 1),
    )  # fmt: skip


def _settle(
    contract: Contract,
    segment: str,
    year: int,
    agreed: Decimal,
    by: Any,
    *,
    delivered: Decimal | None = None,
) -> None:
    """What is agreed for a year; of a year that is over also what was delivered, and fixed."""
    row = steering.keep(
        row=Settlement(
            region=contract.region, contract=contract, segment=segment, year=year, agreed=agreed,
            margin=MARGIN, delivered=delivered and agreed * delivered, note=NOTE, fictitious=True,
        ),
        by=by,
    )  # fmt: skip
    if delivered:
        steering.move(row=row, move="send", by=by)
        steering.move(row=row, move="fix", by=by, reason="De aanbieder is akkoord (fictief).")


def _instalments(agb: str, segment: str, year: int, agreed: Decimal, use: Use) -> Iterator[str]:
    """Four quarters as lines of the form, each over the municipalities as they used the segment."""
    quarters = split_euros(amount=agreed, weights=dict.fromkeys(("1", "2", "3", "4"), 1))
    for number, amount in quarters.items():
        start = date(year, 3 * int(number) - 2, 1)
        if start > clock.today():
            continue
        last = add_months(start, 3) - timedelta(days=1)
        for place, part in split_euros(amount=amount, weights=use.of(2, segment)).items():
            yield f"{place};{agb};{segment};{start};{last};{part:.2f}".replace(".", ",")


def _received(scheme: SegmentScheme, rows: list[str], by: Any) -> IntakeRun | None:
    if not rows:
        return None
    lines = "\n".join(["gemeente;aanbieder;segment;begindatum;einddatum;bedrag", *rows, ""])
    files = [("spoedplekken.csv", BytesIO(lines.encode()))]
    return receive(form=form("termijnen"), tenant_id=scheme.region_id, by=by, files=files)


def _key(segment: Segment, year: int, by: Any) -> None:
    """Half by youths and half by use, at most five percent a year; adopted for this segment."""
    key = keep_key(
        key=AllocationKey(
            region=segment.scheme.region, name="Half jeugdigen, half gebruik",
            segment=segment.code, first_year=year, weight_population=50, weight_use=50,
            change_limit=Decimal(5), equalised=Decimal(80), deposit=Decimal(2),
            threshold=Decimal(10), note=NOTE, fictitious=True,
        ),
        fixed={},
        by=by,
    )  # fmt: skip
    reason = "De bestuurders zijn het eens: verschillen in gebruik tellen half mee (fictief)."
    move_key(key=key, move="adopt", by=by, reason=reason)
