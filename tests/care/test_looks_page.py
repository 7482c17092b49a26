"""The log of looks at rows of clients, as its administrator reads it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core import clock
from core.audit.models import Look
from regions.enums import Role
from reports.demo.looks import make_looks
from tests.api.world import a_world
from tests.factories import a_region, user_with

pytestmark = pytest.mark.django_db


def test_the_administrator_finds_who_looked_and_takes_it_along(client, settings):
    settings.MFA_REQUIRED = False
    made = a_region()
    admin = user_with(Role.REGIONAL_ADMIN, made.region)
    one, other = (user_with(Role.CONTROLLER, made.region, name=n) for n in ("Ans", "Bert"))
    old = clock.now() - timedelta(days=90)
    for user, rows, at, reason in (
        (one, 40, clock.now(), "een bedrag nagaan"),
        (one, 2, clock.now(), ""),
        (other, 50, old, "een vraag van de accountant"),
    ):
        Look.objects.create(
            tenant_id=made.region.pk, user=user, what="declaratieregels", rows=rows, at=at,
            reason=reason,
        )  # fmt: skip
    Look.objects.create(tenant_id=made.region.pk + 1, user=other, what="traject", rows=7)
    client.force_login(admin)
    address = reverse("client-looks", args=[made.region.slug])

    page = client.get(address)
    assert [(m["user__name"], m["looks"], m["seen"]) for m in page.context["most"]] == [
        ("Ans", 2, 42)
    ]
    assert [look.rows for look in page.context["page"]] == [2, 40, 50]
    found = client.get(address, {"zoek": "accountant"})
    assert [look.rows for look in found.context["page"]] == [50]
    early = client.get(address, {"tot": (clock.today() - timedelta(days=60)).isoformat()})
    assert [look.rows for look in early.context["page"]] == [50]
    file = client.get(address, {"zoek": "Ans", "bestand": "csv"})
    lines = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    assert len([line for line in lines if "declaratieregels" in line]) == 2
    assert "traject" not in "".join(lines)


def test_who_looks_says_why_once_a_day_and_every_look_says_it(client, settings, monkeypatch):
    """The page waits for the answer; a new day or another purpose asks or says it anew."""
    settings.MFA_REQUIRED = False
    world = a_world()
    region, user = world.region, world.user("controller")
    client.force_login(user)
    Look.objects.all().delete()
    here = reverse("spend-lines", args=[region.slug]) + "?jaar=2025"

    asked = client.get(here)
    assert asked.status_code == 302
    assert not Look.objects.exists()
    why = asked["Location"]
    page = client.post(why, {"waarvoor": "other"})
    assert page.status_code == 422
    assert "Zeg waarvoor" in page.content.decode()
    told = client.post(why, {"waarvoor": "provider", "toelichting": "zaak 12"}, follow=True)
    assert told.redirect_chain == [(here, 302)]
    assert "Een vraag van een aanbieder beantwoorden: zaak 12" in told.content.decode()
    client.post(why, {"waarvoor": "other", "toelichting": "bezwaar 7"})
    file = reverse("spend-lines-csv", args=[region.slug]) + "?jaar=2025"
    assert client.get(file)["Content-Type"].startswith("text/csv")
    assert list(Look.objects.order_by("pk").values_list("reason", flat=True)) == [
        "Een vraag van een aanbieder beantwoorden: zaak 12", "bezwaar 7"
    ]  # fmt: skip

    elsewhere = why.partition("?")[0] + "?terug=https://elders.example/"
    home = client.post(elsewhere, {"waarvoor": "fault"})
    assert home["Location"] == reverse("home", args=[region.slug])
    tomorrow = clock.today() + timedelta(days=1)
    monkeypatch.setattr(clock, "today", lambda: tomorrow)
    assert client.get(here).status_code == 302


def test_the_demonstration_reads_lines_once_and_says_what_for():
    world = a_world()
    region, by = world.region, world.user("controller")
    Look.objects.all().delete()
    assert [make_looks(region, by) for _ in range(2)] == [3, 3]
    looks = Look.objects.filter(tenant_id=region.pk).order_by("pk")
    assert [(one.rows, bool(one.reason)) for one in looks] == [(1, True)] * 3
