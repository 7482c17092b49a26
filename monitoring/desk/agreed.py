"""What agreed sets add to shared pages: of a segment, a provider and a contract."""

from collections.abc import Iterable
from typing import Any

from core import clock
from core.audit.registry import HistorySubject, register_history
from core.ui import NavItem, Panel, Place, register_nav, register_panel
from core.writing import Block, Heading, Paragraph, Table
from procurement.desk_slots import CONTRACT_PAGE
from providers.desk import PROVIDER_PAGE
from providers.registry import AccountPart, register_account_part
from regions.desk import STEER
from regions.queries.access import access_of
from segments.desk import SEGMENT_PAGE

from ..models import AgreedSet
from ..queries import agreed as seen
from ..rules.steering import can_interpret, can_lead


def may_take_part(place: Place) -> bool:
    return can_interpret(place.user, place.tenant)


def _panel(place: Place, rows: Iterable[AgreedSet], add: bool = False) -> dict[str, Any] | None:
    """Every set with what holds today."""
    found = []
    for row in rows:
        version = seen.version_on(row, clock.today())
        lines = seen.lines(place.user, version) if version else []
        found.append({"row": row, "version": version, "lines": lines})
    may_add = add and can_lead(place.user, place.tenant)
    if not (found or may_add) or not may_take_part(place):
        return None
    return {"sets": found, "region": place.tenant, "may_add": may_add}


def _sets(place: Place) -> Any:
    return seen.sets_visible_to(place.user).filter(region=place.tenant)


def of_segment(place: Place, segment: Any) -> dict[str, Any] | None:
    return _panel(place, _sets(place).filter(segment=segment, provider__isnull=True), add=True)


def of_provider(place: Place, provider: Any) -> dict[str, Any] | None:
    return _panel(place, _sets(place).filter(provider=provider))


def of_contract(place: Place, contract: Any) -> dict[str, Any] | None:
    return _panel(place, _sets(place).filter(contract=contract), add=True)


def written(place: Place, provider: Any) -> Iterable[Block]:
    """What was agreed with the provider, in its written account."""
    found = of_provider(place, provider)
    for one in found["sets"] if found else ():
        if one["version"] is None:
            continue
        version = one["version"]
        yield Heading(f"Afgesproken indicatoren: {one['row'].segment}")
        yield Table(
            ("Indicator", "Nulmeting", "Afgesproken", "Nu"),
            [
                (line.name, line.baseline, _wanted(line), line.shown)
                for line in one["lines"]
            ],
            widths=(4, 2, 4, 2),
            numeric=(1, 3),
        )  # fmt: skip
        text = f"Versie {version.number}, geldt vanaf {version.holds_from:%d-%m-%Y}."
        yield Paragraph(text, note=True)


def _wanted(line: seen.AgreedLine) -> str:
    return "; ".join(f"{target.when}: {words}" for target, words in line.targets)


register_nav(NavItem("Afgesproken indicatoren", "agreed-sets", STEER, 22, may_take_part))
SLOTS = (
    (SEGMENT_PAGE, of_segment, 15),
    (PROVIDER_PAGE, of_provider, 25),
    (CONTRACT_PAGE, of_contract, 40),
)
for slot, panel, order in SLOTS:
    register_panel(Panel(slot, "agreed", "monitoring/panel_agreed.html", panel, order))
register_account_part(AccountPart("agreed", 95, written))
register_history(
    HistorySubject(
        "afgesproken-set",
        "Afgesproken set",
        lambda user, tenant_id: seen.sets_visible_to(user).filter(
            region__in=access_of(user).staff_region_ids & {tenant_id}
        ),
        lambda place, row: place.url("agreed-set", pk=row.pk),
    )
)
