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


def test_the_demonstration_reads_lines_once_and_says_what_for():
    world = a_world()
    region, by = world.region, world.user("controller")
    Look.objects.all().delete()
    assert [make_looks(region, by) for _ in range(2)] == [3, 3]
    looks = Look.objects.filter(tenant_id=region.pk).order_by("pk")
    assert [(one.rows, bool(one.reason)) for one in looks] == [(1, True)] * 3
