"""Pages of core: background work, the audit trail, the gallery."""

from typing import Any

from core import clock
from core.jobs.models import Job
from core.ui.models import SavedFilter
from regions.enums import Role
from tests.browser.world import World
from tests.factories import Made

from . import ADMINS, STAFF, Row

HANDLERS = STAFF | {Role.APPLICATION_ADMIN}


def fill(world: World) -> None:
    for made in (world.north, world.south):
        keeper = made.users[Role.REGIONAL_ADMIN]
        SavedFilter.objects.create(
            tenant_id=made.region.pk, user=keeper, register="contracts", name="Lopend"
        )
        Job.objects.create(
            kind="test.slow",
            title="Halfjaarbericht maken",
            tenant_id=made.region.pk,
            state="running",
            progress_done=40,
            progress_total=100,
            progress_text="40 van 100 cellen berekend",
            started_at=clock.now(),
        )


def job(made: Made, world: World) -> dict[str, Any]:
    return {"pk": Job.objects.filter(tenant_id=made.region.pk, kind="test.slow")[0].pk}


def saved_filter(made: Made, world: World) -> dict[str, Any]:
    return {"pk": SavedFilter.objects.get(tenant_id=made.region.pk).pk}


def history(subject: str, attribute: str) -> Any:
    def words(made: Made, world: World) -> dict[str, Any]:
        found = getattr(made, attribute)
        return {"subject": subject, "pk": (found[0] if isinstance(found, list) else found).pk}

    return words


PAGES = [
    Row("jobs"),
    Row("job", HANDLERS, job, 404),
    Row("job-cancel", HANDLERS, job, 404, post=True),
    Row("job-restart", HANDLERS, job, 404, post=True),
    Row("filter-save", post=True),
    Row("filter-remove", frozenset({Role.REGIONAL_ADMIN}), saved_filter, 404, post=True),
    Row("history", STAFF, history("contract", "contract"), 404),
    Row("history", STAFF, history("aanbieder", "provider"), 404),
    Row("history", words=history("segment", "segments"), refused=404),
    Row("components", ADMINS - {Role.REGIONAL_ADMIN}, refused=404, of_region=False),
]
