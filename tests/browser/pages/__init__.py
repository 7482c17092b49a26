"""The table of all pages, one file per app: which address, for whom.

A file has `PAGES`, a list of `Row`, and may have `fill(world)`, which adds to the world what its
pages need. An address of the site without a row fails `test_every_address_has_a_row`.
"""

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any

from regions.enums import Role
from tests.browser.world import World
from tests.factories import Made

EVERYBODY = frozenset(Role)
HERE = frozenset(role for role in Role if role is not Role.APPLICATION_ADMIN)
STAFF = frozenset(Role(role) for role in Role.REGIONAL_STAFF)
NOT_PROVIDER = EVERYBODY - {Role.PROVIDER}
ADMINS = frozenset({Role.APPLICATION_ADMIN, Role.REGIONAL_ADMIN})

Words = Callable[[Made, World], dict[str, Any]]


def nothing(made: Made, world: World) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Row:
    """One address.

    `roles` get 200; other roles in the region get `refused` (403 when they may know that it is
    there, 404 when not); `unseen` get 404 anyway. `words` are the parts of the address besides the
    region, for a region's own things. `of_region` is False for pages outside a region. A `post`
    page does something at once: it has no page to look at, so only its refusals are tried here. A
    `file` is only fetched. An `open` page is for anybody, signed in or not.
    """

    name: str
    roles: frozenset[Role] = EVERYBODY
    words: Words = nothing
    refused: int = 403
    unseen: frozenset[Role] = frozenset()
    of_region: bool = True
    post: bool = False
    file: bool = False
    open: bool = False
    query: str = ""

    def arguments(self, made: Made, world: World) -> dict[str, Any]:
        words = self.words(made, world)
        return {"region": made.region.slug, **words} if self.of_region else words

    def expected(self, role: Role) -> int:
        if role in self.roles:
            return 200
        return 404 if role in self.unseen else self.refused

    @property
    def onlooker(self) -> Role:
        """The role as which the page is looked at: the one that sees most of it."""
        order = (Role.REGIONAL_ADMIN, Role.CONTRACT_MANAGER, Role.APPLICATION_ADMIN, *Role)
        return next(role for role in order if role in self.roles)


def modules() -> list[ModuleType]:
    names = sorted(info.name for info in pkgutil.iter_modules(__path__))
    return [import_module(f"{__name__}.{name}") for name in names]


def rows() -> list[Row]:
    return [row for module in modules() for row in module.PAGES]
