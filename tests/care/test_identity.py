"""A message counts once: its identity is (code, sender, identification)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from care.domain.undo import undo_records
from care.models import Message, Trajectory
from core.errors import DomainError
from core.intake.models import Rejection
from regions.models import Region
from tests.care.tables import region
from tests.care.traffic import BEGIN, Sent, deliver

__all__ = ["region"]

ALLOCATION = {
    "client": b"c" * 16, "allocation_number": 1001, "provider_reference": None, "category": "45",
    "product": "45A48", "allocated_on": BEGIN, "starts_on": BEGIN, "ends_on": None,
    "change_reason": None, "mandatory": False,
}  # fmt: skip
MESSAGE = Sent("301", 1, 1, BEGIN, "00000001", "0503", "65650011", [ALLOCATION])
OTHER = replace(MESSAGE, place=2, records=[ALLOCATION | {"product": "43A07"}])


def states(region: Region) -> list[str]:
    found = Message.objects.filter(region_id=region.pk).order_by("run", "seq")
    return list(found.values_list("state", flat=True))


def product(region: Region) -> str:
    return Trajectory.objects.get(region_id=region.pk).product


def test_exact_copy_is_unchanged(region: Region) -> None:
    deliver(region, 1, [MESSAGE])
    _, outcome = deliver(region, 2, [MESSAGE])
    assert (outcome.unchanged, outcome.total) == (1, 1)
    assert states(region) == ["accepted", "copy"]


def test_same_identity_with_other_content_is_a_conflict(region: Region) -> None:
    deliver(region, 1, [MESSAGE])
    run, outcome = deliver(region, 2, [OTHER])
    assert (outcome.rejected, outcome.total) == (1, 1)
    assert Rejection.objects.get(run=run).rule == "bericht-in-conflict"
    assert product(region) == "45A48"


def test_within_one_run_the_first_file_stands(region: Region) -> None:
    _, outcome = deliver(region, 1, [OTHER, MESSAGE, replace(MESSAGE, place=3)])
    assert (outcome.accepted, outcome.unchanged, outcome.rejected) == (1, 1, 1)
    assert states(region) == ["accepted", "conflict", "copy"]
    assert product(region) == "45A48"


def test_municipality_outside_the_region_is_refused_and_its_identity_stays_free(
    region: Region,
) -> None:
    outside = replace(MESSAGE, municipality="0363")
    run, outcome = deliver(region, 1, [outside])
    assert outcome.rejected == 1
    assert Rejection.objects.get(run=run).rule == "gemeente-buiten-regio"
    assert states(region) == ["outside"]


def test_another_sender_or_code_may_use_the_same_identification(region: Region) -> None:
    _, outcome = deliver(region, 1, [MESSAGE, replace(OTHER, municipality="0518")])
    assert outcome.accepted == 2


def test_undo_frees_the_identity(region: Region) -> None:
    run, _ = deliver(region, 1, [MESSAGE])
    with connection.cursor() as cursor:
        assert undo_records(cursor, run) == 1
    _, outcome = deliver(region, 2, [OTHER])
    assert outcome.accepted == 1
    assert product(region) == "43A07"


def test_run_of_which_a_later_one_holds_copies_is_undone_last(region: Region) -> None:
    first, _ = deliver(region, 1, [MESSAGE])
    second, _ = deliver(region, 2, [MESSAGE])
    with connection.cursor() as cursor:
        with pytest.raises(DomainError, match="aanlevering 2"):
            undo_records(cursor, first)
        undo_records(cursor, second)
        undo_records(cursor, first)
    assert not Trajectory.objects.filter(region_id=region.pk).exists()


def test_later_allocation_replaces_and_removal_takes_away(region: Region) -> None:
    later = replace(
        OTHER, identification="00000002", dated=BEGIN + timedelta(days=5),
        records=[ALLOCATION | {"product": "43A07", "allocated_on": BEGIN + timedelta(days=5)}],
    )  # fmt: skip
    removed = replace(
        MESSAGE, identification="00000003", dated=BEGIN + timedelta(days=9), place=4,
        records=[ALLOCATION | {"change_reason": "13"}],
    )  # fmt: skip
    _, outcome = deliver(region, 1, [MESSAGE, later])
    assert (outcome.accepted, outcome.changed) == (1, 1)
    assert product(region) == "43A07"
    assert Trajectory.objects.get(region_id=region.pk).allocated_on == BEGIN
    deliver(region, 2, [removed])
    assert not Trajectory.objects.filter(region_id=region.pk).exists()
