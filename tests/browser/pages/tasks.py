"""Pages of tasks."""

from datetime import date
from typing import Any

from core.tasks.models import Task
from regions.enums import Role
from tests.browser.world import World
from tests.factories import Made

from . import ADMINS, HERE, Row

OWNERS = ADMINS | {Role.CONTRACT_MANAGER}
WORKERS = HERE - {Role.API_CLIENT} | {Role.APPLICATION_ADMIN}


def fill(world: World) -> None:
    for made in (world.north, world.south):
        Task.objects.create(
            tenant_id=made.region.pk,
            key="fill",
            title="Bel de aanbieder over de wachttijd",
            about="Stichting Voorbeeld",
            due=date(2026, 1, 31),
            owner=made.users[Role.CONTRACT_MANAGER],
            team=Role.CONTRACT_MANAGER,
        )


def task(made: Made, world: World) -> dict[str, Any]:
    return {"pk": Task.objects.get(tenant_id=made.region.pk, key="fill").pk}


def move(made: Made, world: World) -> dict[str, Any]:
    return {**task(made, world), "move": "drop"}


PAGES = [
    Row("my-tasks"),
    Row("team-tasks"),
    Row("task-add", WORKERS),
    Row("task-reminders"),
    Row("calendar"),
    Row("calendar-file", file=True),
    Row("calendar-renew", post=True),
    Row("calendar-stop", post=True),
    Row("tasks-hand-over", ADMINS),
    Row("task", OWNERS, task, 404),
    Row("task-move", OWNERS, move, 404),
    Row("task-hand-over", OWNERS, task, 404),
    Row("task-postpone", OWNERS, task, 404),
]
