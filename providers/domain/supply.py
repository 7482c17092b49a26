"""Stating supply, asking for a client stop, reporting a crisis."""

from datetime import date
from typing import Any

from django.db import transaction

from core import clock
from core.errors import DomainError
from core.states.api import take
from core.states.models import Step
from regions.queries.membership import municipalities_ever_in

from ..enums_supply import AT_ONCE, CLIENT_STOP, StopState
from ..models import (
    ClientStop,
    CrisisReport,
    OutsidePlacement,
    PlaceStatement,
    Provider,
    WaitNorm,
    WaitStatement,
)
from ..rules_supply import (
    check_can_decide,
    check_can_place,
    check_can_state,
    check_speaks_for,
    is_own,
    stop_roles,
)


@transaction.atomic
def state_supply(
    *, statement: WaitStatement | PlaceStatement, by: Any
) -> WaitStatement | PlaceStatement:
    """Keep a statement. Effects: one of the same day and place is replaced."""
    check_can_state(by, statement.provider)
    if statement.stated_on > clock.today():
        raise DomainError("Een opgave kan niet in de toekomst liggen.", code="datum-in-toekomst")
    _replace_same_day(statement)
    statement.stated_by = by
    statement.full_clean()
    statement.save()
    return statement


def _replace_same_day(statement: WaitStatement | PlaceStatement) -> None:
    same: dict[str, Any] = {
        "provider": statement.provider,
        "location": statement.location,
        "stated_on": statement.stated_on,
    }
    if isinstance(statement, WaitStatement):
        known = WaitStatement.objects.filter(**same, product_code=statement.product_code)
        statement.pk = known.values_list("pk", flat=True).first() or statement.pk
    else:
        places = PlaceStatement.objects.filter(**same, kind=statement.kind)
        statement.pk = places.values_list("pk", flat=True).first() or statement.pk
    statement._state.adding = statement.pk is None


@transaction.atomic
def ask_stop(*, stop: ClientStop, by: Any) -> ClientStop:
    """A provider asks for a stop, at least 14 days ahead; it holds once the region consents."""
    if not is_own(by, stop.provider):
        check_can_decide(by, stop.provider.region)
    stop.by_region = False
    stop.asked_on = clock.today()
    stop.full_clean()
    stop.save()
    return stop


@transaction.atomic
def impose_stop(
    *, provider: Provider, ground: str, reason: str, by: Any, starts_on: date | None = None,
    product_code: str = "", fictitious: bool = False,
) -> ClientStop:  # fmt: skip
    """The region stops referral at once: for fraud, bad quality or danger."""
    check_can_decide(by, provider.region)
    if ground not in AT_ONCE:
        raise DomainError(
            "De regio legt alleen bij fraude, slechte kwaliteit of gevaar zelf een stop op.",
            code="grond-niet-genoeg",
        )
    stop = ClientStop(
        provider=provider, product_code=product_code, ground=ground, reason=reason,
        asked_on=clock.today(), starts_on=starts_on or clock.today(), by_region=True,
        fictitious=fictitious,
    )  # fmt: skip
    stop.full_clean()
    stop.save()
    move_stop(stop=stop, move="agree", by=by)
    return stop


@transaction.atomic
def move_stop(*, stop: ClientStop, move: str, by: Any, reason: str = "") -> Step:
    """Consent, refuse or end. Effects: ending sets the last day; an imposed stop only the region
    ends.
    """
    roles = stop_roles(by, stop.provider)
    CLIENT_STOP.check(stop.state, move, roles, reason)
    if move == "end":
        if stop.by_region:
            check_can_decide(by, stop.provider.region)
        stop.ends_on = max(clock.today(), stop.starts_on)
        stop.save()
    region = stop.provider.region_id
    return take(stop, CLIENT_STOP, move, by=by, roles=roles, tenant_id=region, reason=reason)


@transaction.atomic
def end_stop(*, stop: ClientStop, ends_on: date, by: Any, reason: str) -> ClientStop:
    """End a stop on a day; one that is still to come stays in force until then."""
    if ends_on <= clock.today():
        move_stop(stop=stop, move="end", by=by, reason=reason)
    check_can_decide(by, stop.provider.region)
    stop.ends_on = max(ends_on, stop.starts_on)
    stop.full_clean()
    stop.save()
    return stop


def holds(stop: ClientStop, day: date) -> bool:
    """Whether new clients are refused on a day."""
    agreed = stop.state == StopState.AGREED and stop.starts_on <= day
    return agreed and (stop.ends_on is None or stop.ends_on > day)


@transaction.atomic
def keep_norm(*, norm: WaitNorm, by: Any) -> WaitNorm:
    check_can_decide(by, norm.region)
    norm.full_clean()
    norm.save()
    return norm


@transaction.atomic
def keep_report(
    *, report: CrisisReport | OutsidePlacement, by: Any
) -> CrisisReport | OutsidePlacement:
    """Add or change a crisis report or a placement outside the region, of a municipality that
    belongs to the region or once did."""
    check_can_place(by, report.region)
    if not municipalities_ever_in(report.region).filter(pk=report.municipality_id).exists():
        raise DomainError("Deze gemeente hoort niet bij de regio.", code="gemeente-buiten-regio")
    check_speaks_for(by, report.region_id, report.municipality)
    if isinstance(report, CrisisReport) and report.reported_at > clock.now():
        raise DomainError("Een melding kan niet in de toekomst liggen.", code="datum-in-toekomst")
    report.full_clean()
    report.save()
    return report
