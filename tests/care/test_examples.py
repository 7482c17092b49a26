"""The example messages of the standard, through the engine."""

from pathlib import Path

import pytest

from care.models import Message
from tests.golden_region import add_municipality, deliver, make_region

pytestmark = pytest.mark.django_db


def test_twelve_of_fourteen_are_read_to_the_last_record(shared_data: Path) -> None:
    region = make_region("voorbeeld", "Voorbeeldregio")
    add_municipality(region, gm_code="0384", name="Diemen")
    add_municipality(region, gm_code="0363", name="Amsterdam")
    run = deliver(region, "ijw", *sorted((shared_data / "ijw" / "berichten").glob("*.xml")))
    states = dict(Message.objects.filter(region_id=region.pk).values_list("code", "state"))
    used = {code: states[code] for code in ("436", "438", "440", "446", "490", "491")}
    assert used == {
        "436": "accepted", "438": "accepted", "440": "accepted", "446": "refused",
        "490": "accepted", "491": "accepted",
    }  # fmt: skip
    refused = run.files.filter(state="refused").values_list("name", flat=True)
    assert sorted(refused) == ["JW315.xml", "JW318.xml"]
    # Two allocations; two starts, two stops and five lines without one; a refused JW315 of two.
    assert (run.offered, run.accepted, run.waiting, run.rejected) == (13, 2, 9, 2)
