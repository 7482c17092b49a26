"""What is accepted but asks for attention, what waits, and who may deliver what."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from care.queries.waiting import still_waiting
from core.errors import NotAllowed
from core.users.models import User
from procurement.enums.contracts import ContractKind
from procurement.models import Contract
from providers.models import Provider
from regions.enums import OrganisationKind, Role
from regions.models import Municipality, Region, RoleAssignment
from segments.enums import Participation
from segments.models import (
    Product,
    ProductPlacement,
    Segment,
    SegmentParticipation,
    SegmentScheme,
)
from tests.care.tables import LINE, TRAJECTORY, counts, region, take
from tests.care.test_identity import ALLOCATION, MESSAGE
from tests.care.traffic import BEGIN, Sent, deliver
from tests.golden_region import organisation

__all__ = ["region"]

START = Sent(
    "305", 1, 5, BEGIN, "00000005", "0503", "65650011",
    [
        {
            "client": b"c" * 16, "allocation_number": 1001, "started_on": BEGIN,
            "delivery_status": "1",
        }
    ],
)  # fmt: skip


def rules(notes: dict[str, list[dict[str, object]]]) -> dict[object, object]:
    return {row["rule"]: row["records"] for row in notes["attention"]}


def test_unknown_provider_and_product_are_accepted_and_told(region: Region) -> None:
    _, outcome = deliver(region, 1, [MESSAGE])
    assert outcome.accepted == 1
    assert rules(outcome.notes) == {"unknown-provider": 1, "unknown-product": 1}


def test_allocation_without_product_is_told(region: Region) -> None:
    nothing = replace(MESSAGE, records=[ALLOCATION | {"product": None}])
    _, outcome = deliver(region, 1, [nothing])
    assert rules(outcome.notes) == {"unknown-provider": 1, "no-product": 1}


def test_contract_that_has_ended_and_municipality_that_takes_no_part(region: Region) -> None:
    provider = Provider.objects.create(
        region=region, agb_code="65650011", name="Elf",
        organisation=organisation("Elf", OrganisationKind.PROVIDER),
    )  # fmt: skip
    Contract.objects.create(
        region=region, provider=provider, number="1", kind=ContractKind.FRAMEWORK,
        start_date=date(2023, 1, 1), end_date=date(2024, 1, 1),
    )  # fmt: skip
    scheme = SegmentScheme.objects.create(
        region=region, code="een", name="Een", valid_from=date(2024, 1, 1)
    )
    segment = Segment.objects.create(scheme=scheme, code="S5", name="S5")
    Product.objects.create(region=region, code="45A48", category="45")
    ProductPlacement.objects.create(
        scheme=scheme, product_code="45A48", segment=segment, valid_from=date(2024, 1, 1)
    )
    SegmentParticipation.objects.create(
        segment=segment, municipality=Municipality.objects.get(gm_code="0503"),
        participation=Participation.NONE,
    )  # fmt: skip
    _, outcome = deliver(region, 1, [MESSAGE])
    assert rules(outcome.notes) == {"no-contract": 1, "takes-no-part": 1}


def test_start_after_a_final_stop_is_told(region: Region) -> None:
    stop = replace(
        START, kind="307", place=6,
        records=[
            START.records[0]
            | {"stopped_on": BEGIN + timedelta(days=30), "end_reason": "31"}
        ],
    )  # fmt: skip
    again = replace(
        START, place=7, identification="00000007",
        records=[START.records[0] | {"started_on": BEGIN + timedelta(days=60)}],
    )  # fmt: skip
    _, outcome = deliver(region, 1, [MESSAGE, START, stop, again])
    assert rules(outcome.notes)["start-after-stop"] == 1


def test_a_delivery_touches_the_month_from_which_care_or_money_is_taken_away(
    region: Region,
) -> None:
    early, later = BEGIN - timedelta(days=40), BEGIN + timedelta(days=60)
    line = ALLOCATION | {
        "reference": "D1", "previous_reference": None, "starts_on": early, "ends_on": early,
        "volume": 1, "unit": "01", "amount": 12, "debit_credit": "D",
    }  # fmt: skip
    begun = replace(START, records=[START.records[0] | {"started_on": early}])
    declared = replace(START, kind="323", place=6, identification="00000006", records=[line])
    deliver(region, 1, [MESSAGE, begun, declared])
    corrected = replace(
        START, place=7, identification="00000007",
        records=[START.records[0] | {"started_on": later, "delivery_status": "2"}],
    )  # fmt: skip
    refused = replace(
        MESSAGE, kind="325", place=8, identification="00000008", answers="00000006",
        records=[line | {"return_codes": ["9001"]}],
    )  # fmt: skip
    new = replace(
        MESSAGE, place=9, identification="00000009",
        records=[ALLOCATION | {"allocation_number": 1002, "starts_on": later}],
    )  # fmt: skip
    for number, messages in ((2, [corrected]), (3, [refused, new])):
        _, outcome = deliver(region, number, messages)
        assert outcome.notes["touches_from"] == early.replace(day=1).isoformat(), number


def test_start_waits_until_its_allocation_comes(region: Region) -> None:
    _, outcome = deliver(region, 1, [START])
    assert outcome.waiting == 1
    assert still_waiting(region.pk).starts == 1
    deliver(region, 2, [MESSAGE])
    assert still_waiting(region.pk).starts == 0


def test_what_waits_is_told_per_run(region: Region) -> None:
    credit = LINE | {
        "referentienummer": "D02", "vorig_referentienummer": "D01", "debet_credit": "C",
    }  # fmt: skip
    run = take(region, "declaraties", LINE | {"referentienummer": "D03"}, credit)
    waiting = still_waiting(region.pk, run=run.number)
    assert (waiting.lines, waiting.credits) == (2, 1)
    take(region, "trajecten", TRAJECTORY)
    assert still_waiting(region.pk, run=run.number).lines == 0


def user_with(region: Region, role: str, gm_code: str | None = None) -> User:
    user = User.objects.create_user(email=f"{role}@example.org", password="geheim-genoeg-12")
    municipality = Municipality.objects.get(gm_code=gm_code) if gm_code else None
    RoleAssignment.objects.create(user=user, role=role, region=region, municipality=municipality)
    return user


def test_municipality_delivers_for_itself_only(region: Region) -> None:
    user = user_with(region, Role.ACCESS_TEAM, "0503")
    run = take(region, "trajecten", TRAJECTORY, TRAJECTORY | {"gemeente": "0518"}, by=user)
    assert counts(run) == (1, 0, 0, 0, 1)


def test_council_member_delivers_nothing(region: Region) -> None:
    user = user_with(region, Role.COUNCIL_MEMBER, "0503")
    with pytest.raises(NotAllowed):
        take(region, "trajecten", TRAJECTORY, by=user)
