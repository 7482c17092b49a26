from typing import Any

from core.api.models import Token
from core.api.tokens import issue_token
from regions.enums import Role
from regions.models import MunicipalityGroup, RegionMembership, RoleAssignment
from tests.browser.world import World
from tests.factories import Made

from . import ADMINS, EVERYBODY, Row


def fill(world: World) -> None:
    for made in (world.north, world.south):
        group = MunicipalityGroup.objects.create(region=made.region, code="N2", note="Onzeker.")
        group.municipalities.set(made.municipalities)
        system = made.users[Role.API_CLIENT]
        issue_token(user=system, name="datawarehouse", by=made.users[Role.REGIONAL_ADMIN])


def membership(made: Made, world: World) -> dict[str, Any]:
    return {"pk": RegionMembership.objects.filter(region=made.region)[0].pk}


def group(made: Made, world: World) -> dict[str, Any]:
    return {"pk": MunicipalityGroup.objects.get(region=made.region).pk}


def token(made: Made, world: World) -> dict[str, Any]:
    return {"pk": Token.objects.get(user=made.users[Role.API_CLIENT]).pk}


def role(made: Made, world: World) -> dict[str, Any]:
    found = RoleAssignment.objects.get(region=made.region, role=Role.COUNCIL_MEMBER)
    return {"pk": found.pk}


PAGES = [
    Row("regions", of_region=False),
    Row("region-create", frozenset({Role.APPLICATION_ADMIN}), of_region=False),
    Row("account", of_region=False),
    Row("tokens", of_region=False),
    Row("token-make", of_region=False),
    Row(
        "token-withdraw",
        ADMINS | {Role.API_CLIENT},
        token,
        refused=404,
        of_region=False,
        post=True,
    ),
    Row("home"),
    Row("search", query="?q=aanbieder"),
    Row("region-settings", ADMINS),
    Row("region-from-pack", frozenset({Role.APPLICATION_ADMIN}), of_region=False),
    Row("region-pack", ADMINS),
    Row("region-pack-file", ADMINS, file=True),
    Row("municipalities", EVERYBODY),
    Row("membership-add", ADMINS),
    Row("membership-change", ADMINS, membership),
    Row("membership-remove", ADMINS, membership),
    Row("group-add", ADMINS),
    Row("group-change", ADMINS, group),
    Row("group-remove", ADMINS, group),
    Row("people", ADMINS),
    Row("role-give", ADMINS),
    Row("role-revoke", ADMINS, role, post=True),
    Row("role-invite-again", ADMINS, role, post=True),
]
