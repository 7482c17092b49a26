"""Every form of every page, sent as it stands and filled in: kept or refused, never a failure."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from lxml import html

from core import clock
from regions.enums import Role

from .pages import Row, rows
from .test_who_may_see import client_of
from .world import World

LOOKED_AT = [row for row in rows() if not (row.post or row.file or row.open)]
# Done, shown again with what is wrong, refused, or meanwhile gone.
ANSWERS = {200, 202, 302, 403, 404, 409, 422}


@pytest.mark.parametrize("row", LOOKED_AT, ids=lambda row: row.name)
def test_its_forms_are_answered(row: Row, world: World) -> None:
    client = client_of(world.north.users[row.onlooker])
    page = reverse(row.name, kwargs=row.arguments(world.north, world)) + row.query
    wrong = []
    for address, given in forms_of(client.get(page).content, page):
        with transaction.atomic():
            answered = client.post(address, given).status_code
            transaction.set_rollback(True)
        if answered not in ANSWERS:
            wrong.append((address, given, answered))
    assert not wrong


def test_forms_are_found(world: World) -> None:
    """Else the test above would look at nothing."""
    client = client_of(world.north.users[Role.CONTRACT_MANAGER])
    page = reverse("contract-add", kwargs={"region": world.north.region.slug})
    (address, stands), (_, given) = forms_of(client.get(page).content, page)
    assert address == page
    assert not stands.get("number")
    assert given["number"]


def forms_of(content: bytes, page: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Address and values of each kind of form: as it stands, filled in, and with each button."""
    seen = set()
    for form in html.fromstring(content).xpath("//main//form[@method='post']"):
        address = form.get("action") or page
        kind = re.sub(r"\d+", "#", address)
        if kind not in seen:
            seen.add(kind)
            stands = dict(form.form_values())
            yield address, stands
            yield address, stands | filled(form)
            boxes = form.xpath(".//input[@type='checkbox']")
            ticked = stands | filled(form) | {box.name: box.get("value") for box in boxes}
            for button in form.xpath(".//button[@name]"):
                yield address, ticked | {button.get("name"): button.get("value")}


def filled(form: Any) -> dict[str, Any]:
    return {
        control.name: some(control)
        for control in form.inputs
        if control.name and control.get("type") not in ("hidden", "file", "checkbox", "submit")
    }


def some(control: Any) -> Any:
    """What stands there, or something of its kind."""
    if isinstance(control.value, str) and control.value:
        return control.value
    if control.tag == "select" or control.get("type") == "radio":
        options = control.xpath(".//option/@value") or [control.get("value")]
        return next(filter(None, options), "")
    match control.get("type"):
        case "date":
            return clock.today().isoformat()
        case "number":
            return "1"
        case "email":
            return "iemand@voorbeeld.example"
    return "Een woord of meer"
