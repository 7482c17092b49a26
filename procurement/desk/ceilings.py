"""What signals about ceilings add to shared pages, and their terms."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse

from core import clock
from core.audit.registry import HistorySubject, register_history
from core.periods import add_months
from core.tasks.api import DeadlineSource, Due, register_deadlines
from core.ui import (
    Hit,
    NavItem,
    Panel,
    Place,
    SearchSource,
    register_nav,
    register_panel,
    register_search,
)
from regions.desk import BUY
from regions.enums import Role
from regions.models import Region
from regions.queries.access import access_of

from ..desk_slots import CONTRACT_PAGE
from ..enums.ceilings import CeilingState
from ..models import CeilingSignal
from ..queries import ceilings as queries
from ..queries.contracts import readable_region_ids
from ..queries.deadlines import whose

TEAM = Role.CONTRACT_MANAGER.value
# Months before the year: (announced, decided) and, for the provider, planned.
ANNOUNCE, DECIDE, PLAN = -6, -3, -2
# Who begins in autumn has days for what should have been done in summer.
LATE_START = 14


def _seen(place: Place) -> Any:
    return queries.signals_visible_to(place.user).filter(cap__contract__region=place.tenant_id)


def sees_signals(place: Place) -> bool:
    """Who reads the whole register; a provider once it has a contract with a ceiling."""
    return (
        place.tenant_id in readable_region_ids(place.user)
        or _seen(place).exists()
        or queries.caps_without_signal(place.user, place.tenant).exists()
    )


def signals_of_contract(place: Place, contract: Any) -> dict[str, Any] | None:
    caps = [cap for cap in contract.caps.all() if cap.valid_to is None]
    if not caps:
        return None
    free = queries.caps_without_signal(place.user, place.tenant).filter(contract=contract)
    reports = access_of(place.user).has(
        Role.CONTRACT_MANAGER, Role.REGIONAL_ADMIN, region_id=place.tenant_id
    ) or (
        contract.provider.organisation_id
        in access_of(place.user).provider_organisations_in(place.tenant_id)
    )
    return {
        "region": place.tenant,
        "contract": contract,
        "signals": _seen(place).filter(cap__contract=contract),
        "may_report": reports and free.exists(),
    }


def find_signals(place: Place, words: str, limit: int) -> Iterable[Hit]:
    for row in queries.matching(_seen(place), words)[:limit]:
        told = f"{row.cap.contract.provider}, {row.get_state_display()}"
        yield Hit(str(row), place.url("ceiling-signal", pk=row.pk), told)


def terms(region_id: int, until: date) -> Iterable[Due]:
    """Per open signal the talk or the decision, and the day on which the ceiling is reached."""
    region = Region.objects.get(pk=region_id)
    for row in queries.open_signals(region):
        contract = row.cap.contract
        title = "Gesprek over" if row.state in CeilingState.BEFORE_TALK else "Besluiten over"
        days = [("term", row.due, f"{title} plafond {row.cap.year}")]
        if row.reached_on and row.reached_on > clock.today():
            days.append(("bereikt", row.reached_on, f"Plafond {row.cap.year} is dan bereikt"))
        for key, day, told in days:
            if day and day <= until:
                yield Due(
                    key=f"{row.pk}-{key}-{row.state}"[:160], day=day,
                    title=f"{told}: contract {contract.number}"[:200],
                    url=reverse("ceiling-signal", args=[region.slug, row.pk]),
                    about=str(contract.provider), remind_days=(7, 2), **whose(contract),
                )  # fmt: skip


def next_year(region_id: int, until: date) -> Iterable[Due]:
    """Ceilings of the year to come: announced half a year ahead, decided three months ahead."""
    this = clock.today().year
    numbers = list(queries.without_next_year(region_id, this).values_list("number", flat=True))
    if not numbers:
        return
    start = date(this + 1, 1, 1)
    address = reverse("ceiling-signals", args=[Region.objects.get(pk=region_id).slug])
    count = f"{len(numbers)} contracten" if len(numbers) > 1 else f"contract {numbers[0]}"
    for key, months, verb in (
        ("aankondigen", ANNOUNCE, "aankondigen"),
        ("besluiten", DECIDE, "besluiten en vastleggen"),
        ("plannen", PLAN, "met de aanbieder plannen"),
    ):
        day = add_months(start, months)
        if day <= until:
            yield Due(
                key=f"{start.year}-{key}", day=day, url=address, team=TEAM,
                title=f"Plafonds voor {start.year} {verb}: {count}", about="Budgetplafonds",
                remind_days=(30, 7),
            )  # fmt: skip


register_nav(NavItem("Plafondsignalen", "ceiling-signals", BUY, 38, sees_signals))
register_panel(
    Panel(CONTRACT_PAGE, "ceilings", "procurement/panel_ceilings.html", signals_of_contract, 300)
)
register_search(SearchSource("ceiling-signals", "Plafondsignalen", find_signals, order=37))
register_deadlines(DeadlineSource("procurement.ceiling", "Plafondsignaal", terms))
register_deadlines(
    DeadlineSource(
        "procurement.ceiling_year", "Plafonds van komend jaar", next_year, late_start=LATE_START
    )
)
register_history(
    HistorySubject(
        "plafondsignaal",
        "Plafondsignaal",
        lambda user, tenant_id: CeilingSignal.objects.filter(
            cap__contract__region__in=access_of(user).staff_region_ids & {tenant_id}
        ),
        lambda place, signal: place.url("ceiling-signal", pk=signal.pk),
    )
)
