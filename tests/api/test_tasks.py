"""People's tasks through the API: whose they are, taken, given, put off, done."""

from datetime import timedelta

import pytest

from core import clock
from core.tasks.api import Task
from regions.enums import Role

from .conftest import api_of

pytestmark = pytest.mark.django_db


def test_a_task_is_taken_given_put_off_and_done(world) -> None:
    first, second = (api_of(world.user(role)) for role in ("contract_manager", "regional_admin"))
    task = f"actiepunten/{world.keys['actiepunt']['pk']}"
    name = world.user("contract_manager").name
    assert first.post(f"{task}/oppakken").json()["wie"] == name
    assert second.get("actiepunten", vanMij="true").json()["aantal"] == 0
    assert first.post(f"{task}/overdracht", {"wie": "weg@elders.nl"}).status_code == 400
    given = first.post(f"{task}/overdracht", {"wie": world.user("regional_admin").email}).json()
    assert given["wie"] == world.user("regional_admin").name
    assert first.post(f"{task}/overdracht", {}).json()["wie"] is None
    later = {"uiterlijkOp": "2027-01-15", "reden": "Vakantie"}
    assert first.post(f"{task}/uitstel", later).json()["uiterlijkOp"] == "2027-01-15"
    assert first.post(f"{task}/stap", {"stap": "vliegen"}).json()["code"] == "stap-niet-mogelijk"
    assert first.post(f"{task}/stap", {"stap": "drop"}).json()["code"] == "reden-ontbreekt"
    done = first.post(f"{task}/stap", {"stap": "finish"}).json()
    assert (done["stand"], done["afgerondDoor"]) == ("gedaan", name)
    assert first.post(f"{task}/oppakken").json()["code"] == "taak-afgesloten"


def test_a_task_is_written_down_found_and_only_for_who_may_see_it(world) -> None:
    manager = api_of(world.user("contract_manager"))
    today = clock.today()
    body = {"regio": world.region.slug, "actiepunt": "Brief sturen", "uiterlijkOp": str(today)}
    late = {**body, "uiterlijkOp": str(today - timedelta(days=1))}
    assert manager.post("actiepunten", late).status_code == 400
    made = manager.post("actiepunten", body, headers={"Idempotency-Key": "taak-1"})
    again = manager.post("actiepunten", body, headers={"Idempotency-Key": "taak-1"})
    assert (made.status_code, made.json()) == (201, again.json())
    row = made.json()
    assert (row["herkomst"], row["teLaat"]) == ("explicit", False)
    Task.objects.filter(pk=row["id"]).update(due=today - timedelta(days=1))
    query = {"teLaat": "true", "zoek": "brief", "regio": world.region.slug}
    assert [one["id"] for one in manager.get("actiepunten", **query).json()["resultaten"]] == [
        row["id"]
    ]
    for role in (Role.PROVIDER, Role.CONTROLLER, Role.COUNCIL_MEMBER):
        assert api_of(world.user(role)).get(f"actiepunten/{row['id']}").status_code == 404
