"""What care adds to shared pages."""

from collections.abc import Iterable

from core.formats import date_long, number
from core.intake.api import register_beside
from core.ui import AttentionItem, NavItem, Place, register_attention, register_nav
from procurement.registry import register_counter
from regions.desk import FEED

from .queries.in_care import clients_in_care
from .queries.waiting import kept_waiting
from .rules import can_see_looks, can_see_waiting


def may_see(place: Place) -> bool:
    return can_see_waiting(place.user, place.tenant_id)


def may_see_looks(place: Place) -> bool:
    return can_see_looks(place.user, place.tenant_id)


def what_waits(place: Place) -> Iterable[AttentionItem]:
    kept = kept_waiting(place.tenant_id) if may_see(place) else []
    if kept:
        records, since = sum(one.records for one in kept), min(one.since for one in kept)
        yield AttentionItem(
            f"{number(records)} aangeleverde records wachten op een ander bericht.",
            place.url("care-waiting"),
            note=f"Het oudste is van {date_long(since)}.",
        )


WAITING = NavItem("Wachtende records", "care-waiting", FEED, 20, may_see)
register_nav(WAITING)
register_nav(NavItem("Inzage in cliëntgegevens", "client-looks", FEED, 90, may_see_looks))
register_beside(WAITING)
register_attention("care.waiting", what_waits)
register_counter(clients_in_care)
