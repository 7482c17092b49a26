"""Every form, sent as it is shown: it is kept or refused in words, and never fails."""

from typing import Any

import lxml.html
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse

from core.ui.editing import FormPage

from .pages import rows
from .world import World

FILLED = {"text": "Tekst", "number": "1", "date": "2026-12-31", "email": "iemand@voorbeeld.nl"}


def test_a_form_is_kept_or_refused_in_words(world: World) -> None:
    failed, sent = [], 0
    for row in rows():
        if row.post or row.file:
            continue
        address = reverse(row.name, kwargs=row.arguments(world.north, world)) + row.query
        kind = getattr(resolve(address.split("?")[0]).func, "view_class", None)
        if kind is None or not issubclass(kind, FormPage):
            continue
        client = Client(raise_request_exception=False)
        client.force_login(world.north.users[row.onlooker])
        with transaction.atomic():
            status = send_back(client, address)
            transaction.set_rollback(True)
        sent += status is not None
        if status is not None and status >= 500:
            failed.append((row.name, address))
    assert sent > 100
    assert failed == []


def send_back(client: Client, address: str) -> int | None:
    page = lxml.html.fromstring(client.get(address).content)
    forms = page.xpath("//main//form[@method='post']")
    return client.post(address, filled(forms[-1])).status_code if forms else None


def filled(form: Any) -> dict[str, Any]:
    """What the form shows; what is empty gets something of its kind."""
    found: dict[str, Any] = {}
    for one in form.xpath(".//input[@name] | .//select[@name] | .//textarea[@name]"):
        name, kind = one.get("name"), one.get("type", "text")
        if one.tag == "select":
            chosen = one.xpath(".//option[@selected]/@value") or one.xpath(".//option/@value")[1:2]
            found[name] = chosen
        elif one.tag == "textarea":
            found[name] = one.text or "Tekst"
        elif kind in ("checkbox", "radio"):
            if one.get("checked") is not None or (kind == "radio" and name not in found):
                found.setdefault(name, []).append(one.get("value", "on"))
        elif kind != "file":
            found[name] = one.get("value") or FILLED.get(kind, "")
    return found
