"""What waits is on a page of its own, with what to do about it."""

import pytest
from django.test import Client
from django.urls import reverse

from care.queries.waiting import kept_waiting, still_waiting
from regions.enums import Role
from tests.factories import user_with

pytestmark = pytest.mark.django_db


def test_the_page_tells_what_waits_and_since_when(golden):
    kept = {one.kind: one.records for one in kept_waiting(golden.region.pk)}
    now = still_waiting(golden.region.pk)
    names = ("starts", "stops", "lines", "credits", "answers")
    assert kept == {name: getattr(now, name) for name in names if getattr(now, name)}
    client = Client()
    client.force_login(user_with(Role.CONTROLLER, golden.region))
    page = client.get(reverse("care-waiting", args=[golden.region.slug])).content.decode()
    assert ("Er wacht niets" in page) is not bool(kept)
    home = client.get(f"/regio/{golden.region.slug}/").content.decode()
    assert ("wachten op een ander bericht" in home) is bool(kept)


def test_the_page_of_deliveries_leads_there(golden):
    client = Client()
    client.force_login(user_with(Role.CONTROLLER, golden.region))
    page = client.get(reverse("intake", args=[golden.region.slug])).content.decode()
    main = page.partition("<main")[2]
    assert reverse("care-waiting", args=[golden.region.slug]) in main
