"""What regions add to shared pages."""

from datetime import timedelta
from typing import Any

from core import clock
from core.calendar.api import CalendarSource, register_calendar
from core.jobs.api import Job, JobState, register_staff, visible_to
from core.tasks.api import register_organisation
from core.tasks.panels import find_tasks, late_tasks, my_tasks_panel, my_terms
from core.ui import (
    HOME,
    AttentionItem,
    NavItem,
    NavSection,
    Panel,
    Place,
    SearchSource,
    Tone,
    register_attention,
    register_nav,
    register_panel,
    register_search,
    register_section,
)

from . import kinds  # noqa: F401 -- registers its kinds
from .models import Region
from .queries.access import access_of
from .queries.membership import municipalities_of
from .rules import can_manage_region
from .team import Teams

STEER, BUY, FEED, MANAGE = "sturen", "inkopen", "gegevens", "beheer"

register_section(NavSection(STEER, "Sturen", 10))
register_section(NavSection(BUY, "Inkopen", 20))
register_section(NavSection(FEED, "Gegevens", 30))
register_section(NavSection(MANAGE, "Beheer", 40))


def may_manage(place: Place) -> bool:
    return can_manage_region(place.user, place.tenant)


register_nav(
    NavItem("Overzicht", "home", STEER, 1, covers_below=False),
    NavItem("Mijn taken", "my-tasks", STEER, 2),
    NavItem("Taken van het team", "team-tasks", STEER, 3),
    NavItem("Agenda", "calendar", STEER, 4),
    NavItem("Achtergrondtaken", "jobs", FEED, 90),
    NavItem("Wie wij zijn", "who-we-are", BUY, 39),
    NavItem("Gemeenten", "municipalities", BUY, 40),
    NavItem("Gebruikers en rollen", "people", MANAGE, 20, may_manage),
    NavItem("Instellingen", "region-settings", MANAGE, 10, may_manage),
    NavItem("Regiopakket", "region-pack", MANAGE, 15, may_manage),
)


def municipalities_panel(place: Place, subject: Any) -> dict[str, Any] | None:
    """The region in short; a provider has other things to look at."""
    if access_of(place.user).is_only_provider_in(place.tenant_id):
        return None
    return {"region": place.tenant, "municipalities": list(municipalities_of(place.tenant))}


register_panel(Panel(HOME, "region", "regions/panel_region.html", municipalities_panel, order=900))


def what_is_missing(place: Place) -> list[AttentionItem]:
    """A region that is being set up says what comes next."""
    if not may_manage(place) or municipalities_of(place.tenant).exists():
        return []
    return [
        AttentionItem(
            "Deze regio heeft nog geen gemeenten.",
            place.url("municipalities"),
            note="Voeg de gemeenten toe die samen inkopen.",
        )
    ]


register_attention("regions.missing", what_is_missing)


def staffed_regions(user: Any) -> set[int]:
    """Whose background work a user may handle: all of it for an application administrator."""
    access = access_of(user)
    if access.is_application_admin:
        return set(Region.objects.values_list("pk", flat=True))
    return set(access.staff_region_ids)


def jobs_panel(place: Place, subject: Any) -> dict[str, Any] | None:
    """What runs now."""
    running = visible_to(place.user).filter(tenant_id=place.tenant_id, state__in=JobState.OPEN)
    jobs = list(running[:5])
    return {"region": place.tenant, "jobs": jobs} if jobs else None


def failed_jobs(place: Place) -> list[AttentionItem]:
    """The user's own jobs that failed in the last week and were not tried again."""
    since = clock.now() - timedelta(days=7)
    mine = Job.objects.filter(
        requested_by=place.user.pk,
        tenant_id=place.tenant_id,
        state=JobState.FAILED,
        finished_at__gt=since,
    )
    return [
        AttentionItem(
            f"Mislukt: {job.title}", place.url("job", pk=job.pk), Tone.BAD, note=job.error
        )
        for job in mine[:5]
    ]


register_staff(staffed_regions)
register_organisation(Teams())
register_panel(Panel(HOME, "tasks", "tasks/panel.html", my_tasks_panel, order=20))
register_attention("tasks.late", late_tasks)
register_search(SearchSource("tasks", "Taken", find_tasks, order=60))
register_panel(Panel(HOME, "jobs", "jobs/panel.html", jobs_panel, order=50))
register_attention("jobs.failed", failed_jobs)

register_calendar(CalendarSource("tasks", "Mijn taken", my_terms, order=90))
