"""What admission adds to shared pages, and its terms."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from core.audit.registry import HistorySubject, register_history
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
from core.writing import Block, Heading, Table
from providers.desk import PROVIDER_PAGE, works_here
from providers.queries.file import holder_ids
from providers.registry import AccountPart, register_account_part
from regions.desk import BUY
from regions.enums import Role
from regions.models import Region
from regions.queries.access import access_of

from ..enums.admission import AdmissionState, ObjectionState
from ..models import Admission, AdmissionObjection
from ..queries.admission import admissions_visible_to, matching

ONE_DAY = timedelta(days=1)
TEAM = Role.CONTRACT_MANAGER.value


def _seen(place: Place) -> Any:
    return admissions_visible_to(place.user).filter(region=place.tenant_id)


def sees_admissions(place: Place) -> bool:
    access = access_of(place.user)
    own = access.provider_organisations_in(place.tenant_id)
    return works_here(place) and (bool(own) or access.is_staff_of(place.tenant_id))


def admissions_of_provider(place: Place, provider: Any) -> dict[str, Any] | None:
    if not sees_admissions(place):
        return None
    rows = _seen(place).filter(provider=provider).order_by("product__code", "-pk")
    return {"region": place.tenant, "admissions": rows}


def find_admissions(place: Place, words: str, limit: int) -> Iterable[Hit]:
    for row in matching(_seen(place), words)[:limit]:
        address = place.url("admission", pk=row.pk)
        yield Hit(f"{row.provider}: {row.product}", address, row.get_state_display())


def admissions_written(place: Place, provider: Any) -> Iterable[Block]:
    rows = list(_seen(place).filter(provider=provider).order_by("product__code"))
    if rows:
        yield Heading("Toelatingen")
        yield Table(("Product", "Stand"), [(str(r.product), r.get_state_display()) for r in rows])


def terms(region_id: int, until: date) -> Iterable[Due]:
    """The terms of applications and admissions: supplement, conditions, end."""
    slug = Region.objects.values_list("slug", flat=True).get(pk=region_id)
    holders = holder_ids(region_id)
    rows = Admission.objects.filter(region=region_id).select_related("provider", "product")
    for row in rows.exclude(state__in=("draft", "refused", "withdrawn", "lapsed")):
        owner = holders.get(row.provider_id)
        for key, day, title in _dates_of(row):
            if day <= until:
                yield Due(
                    key=f"{row.pk}-{key}", day=day, title=f"{title}: {row}"[:200],
                    url=reverse("admission", args=[slug, row.pk]), owner_id=owner,
                    team=None if owner else TEAM, about=row.provider.name,
                )  # fmt: skip


def _dates_of(row: Admission) -> Iterable[tuple[str, date, str]]:
    if row.state == AdmissionState.SUPPLEMENT and row.supplement_due:
        yield "aanvulling", row.supplement_due, "Aanvulling op aanvraag"
    if row.state == AdmissionState.CONDITIONAL and row.conditions_due:
        yield "voorwaarden", row.conditions_due, "Voorwaarden vervuld?"
    if row.state in AdmissionState.IN_FORCE and row.valid_to:
        yield "einde", row.valid_to - ONE_DAY, "Toelating loopt af"


def objections(region_id: int, until: date) -> Iterable[Due]:
    """Objections to decide on, for the contract managers."""
    slug = Region.objects.values_list("slug", flat=True).get(pk=region_id)
    rows = AdmissionObjection.objects.filter(
        admission__region=region_id, state=ObjectionState.OPEN, decide_by__lte=until
    )
    for row in rows.select_related("admission__provider", "admission__product"):
        yield Due(
            key=str(row.pk), day=row.decide_by, title=f"Beslissen op {row}"[:200],
            url=reverse("admission", args=[slug, row.admission_id]), team=TEAM,
            about=row.admission.provider.name,
        )  # fmt: skip


register_nav(
    NavItem("Beginnen", "begin", BUY, 10, lambda p: access_of(p.user).is_staff_of(p.tenant_id)),
    NavItem("Toelatingen", "admissions", BUY, 25, sees_admissions),
)
register_panel(
    Panel(
        PROVIDER_PAGE,
        "admissions",
        "procurement/panel_admissions.html",
        admissions_of_provider,
        150,
    )
)
register_search(SearchSource("admissions", "Toelatingen", find_admissions, order=25))
register_account_part(AccountPart("admissions", 200, admissions_written))
register_deadlines(DeadlineSource("procurement.admission", "Toelating", terms))
register_deadlines(DeadlineSource("procurement.objection", "Bezwaar tegen toelating", objections))
register_history(
    HistorySubject(
        "toelating",
        "Toelating",
        lambda user, tenant_id: admissions_visible_to(user).filter(
            region__in=access_of(user).staff_region_ids & {tenant_id}
        ),
        lambda place, admission: place.url("admission", pk=admission.pk),
    )
)
