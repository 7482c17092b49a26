"""Pages about delivering data."""

from typing import Any

from core import clock
from core.intake.models import IntakeFile, IntakeRun, Rejection
from regions.enums import Role
from regions.intake_forms import SETUP_ROLES
from tests.browser.world import World
from tests.factories import Made

from . import Row

FORM = "jeugdigen"
DELIVERERS = frozenset(Role(role) for role in SETUP_ROLES)


def fill(world: World) -> None:
    for made in (world.north, world.south):
        run = IntakeRun.objects.create(
            tenant_id=made.region.pk,
            number=1,
            form_code=FORM,
            title="Aantal jeugdigen",
            state="done",
            started_at=clock.now(),
            finished_at=clock.now(),
            requested_by=made.users[Role.REGIONAL_ADMIN],
            offered=3,
            accepted=2,
            rejected=1,
        )
        IntakeFile.objects.create(
            run=run, number=1, name="jeugdigen.csv", size=120, state="read", offered=3, rejected=1
        )
        Rejection.objects.create(
            run=run,
            file_no=1,
            record_no=3,
            line_no=4,
            field="gemeente",
            rule="gemeente-onbekend",
            message="Gemeente 9999 hoort niet bij deze regio.",
            advice="Controleer de gemeentecode.",
        )


def run(made: Made, world: World) -> dict[str, Any]:
    return {"pk": IntakeRun.objects.get(tenant_id=made.region.pk, form_code=FORM).pk}


def form(made: Made, world: World) -> dict[str, Any]:
    return {"code": FORM}


def template(made: Made, world: World) -> dict[str, Any]:
    return {"code": FORM, "kind": "csv"}


PAGES = [
    Row("intake"),
    Row("intake-form", DELIVERERS, form, 404),
    Row("intake-template", DELIVERERS, template, 404, file=True),
    Row("intake-take-in", DELIVERERS, form, 404, post=True),
    Row("intake-preview", DELIVERERS, form, 404, post=True),
    Row("intake-run", DELIVERERS, run, 404),
    Row("intake-files", DELIVERERS, run, 404),
    Row("intake-rejections", DELIVERERS, run, 404),
    Row("intake-rejections-csv", DELIVERERS, run, 404, file=True),
    Row("intake-undo", DELIVERERS, run, 404, post=True),
]
