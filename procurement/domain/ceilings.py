"""Signals about ceilings: raised by the figures or by people, talked about, decided on (CS 1.5)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from core import clock
from core.errors import DomainError, NotAllowed
from core.formats import date_long, percent
from core.states.api import take
from core.states.models import Step
from core.tasks.api import sync_tasks
from regions.enums import Role
from regions.queries.access import access_of

from ..enums.ceilings import (
    CEILING_SIGNAL,
    CeilingAnswer,
    CeilingLetterKind,
    CeilingState,
    SignalSource,
)
from ..models import CeilingSignal, SpendingCap
from ..rules.contracts import can_manage_contracts, roles_about
from .ceiling_letters import send_letter

WRITTEN = ("talk_on", "talk_report", "answer", "answer_text", "decided_on")


@dataclass(frozen=True)
class Use:
    """Euros without crisis care: used so far and expected for the whole year, and the day on which
    the ceiling will be reached (None: not this year)."""

    used: Decimal
    expected: Decimal | None = None
    reached_on: date | None = None


@transaction.atomic
def follow_use(*, cap: SpendingCap, use: Use) -> CeilingSignal | None:
    """What the figures say of a ceiling. Effects: a signal once its share is used; one that is
    open gets the new figures. None as long as there is nothing to signal."""
    signal = CeilingSignal.objects.filter(cap=cap).first()
    if signal is None:
        if use.used < cap.amount * cap.signal_share:
            return None
        signal = _begin(cap, use, SignalSource.FIGURES)
    elif signal.state in CeilingState.OPEN:
        signal.used, signal.expected, signal.reached_on = use.used, use.expected, use.reached_on
        signal.figures_on = clock.today()
        signal.save(update_fields=["used", "expected", "reached_on", "figures_on"])
    return signal


def _begin(cap: SpendingCap, use: Use, source: SignalSource, note: str = "") -> CeilingSignal:
    return CeilingSignal.objects.create(
        cap=cap, source=source, note=note, signalled_on=clock.today(), figures_on=clock.today(),
        used_then=use.used, used=use.used, expected=use.expected, reached_on=use.reached_on,
        fictitious=cap.contract.fictitious,
    )  # fmt: skip


@transaction.atomic
def report(*, cap: SpendingCap, used: Decimal, note: str = "", by: Any) -> CeilingSignal:
    """A provider, or who keeps its contract, says that the share of the ceiling is used; one's own
    books may be ahead of what was declared."""
    _check_can_report(by, cap)
    if CeilingSignal.objects.filter(cap=cap).exists():
        raise DomainError("Over dit plafond is al een signaal gegeven.", code="signaal-bestaat-al")
    if used < cap.amount * cap.signal_share:
        raise DomainError(
            f"Een signaal hoort bij {percent(cap.signal_share, 0)} van het plafond; dit is "
            f"{percent(used / cap.amount, 0)}.",
            code="signaal-te-vroeg",
        )
    own = SignalSource.PROVIDER if _is_own(by, cap) else SignalSource.REGION
    signal = _begin(cap, Use(used), own, note)
    sync_tasks(cap.contract.region_id)
    return signal


def _is_own(user: Any, cap: SpendingCap) -> bool:
    return Role.PROVIDER in roles_about(user, cap.contract)


def _check_can_report(user: Any, cap: SpendingCap) -> None:
    if not (_is_own(user, cap) or can_manage_contracts(user, cap.contract.region)):
        raise NotAllowed(
            "Alleen de aanbieder zelf, een contractmanager of een regiobeheerder meldt dat een "
            "plafond bijna is gebruikt."
        )


@transaction.atomic
def move_signal(
    *, signal: CeilingSignal, move: str, by: Any, reason: str = "", talk_on: date | None = None,
    talk_report: str = "", answer: str = "",
) -> Step:  # fmt: skip
    """Move a signal along its table. Effects: `invite` and `decide` send a letter."""
    region_id = signal.cap.contract.region_id
    roles = access_of(by).roles_in(region_id)
    CEILING_SIGNAL.check(signal.state, move, roles, reason)
    _fill(signal, move, reason, talk_on, talk_report, answer)
    signal.save(update_fields=WRITTEN)
    step = take(
        signal, CEILING_SIGNAL, move, by=by, roles=roles, tenant_id=region_id, reason=reason
    )
    if move == "reopen":
        signal.answer, signal.answer_text, signal.decided_on = "", "", None
        signal.save(update_fields=WRITTEN)
    if move == "invite":
        send_letter(signal=signal, kind=CeilingLetterKind.INVITATION, by=by, text=reason)
    if move == "decide":
        send_letter(signal=signal, kind=CeilingLetterKind.DECISION, by=by)
    sync_tasks(region_id)
    return step


def _fill(
    signal: CeilingSignal, move: str, reason: str, day: date | None, report: str, answer: str
) -> None:
    """What a step asks for, in the row."""
    if move in ("invite", "talk"):
        signal.talk_on = _day_of_talk(signal, move, day, reason)
        signal.talk_report = report or signal.talk_report
    if move == "decide":
        if answer not in CeilingAnswer.values:
            raise DomainError("Kies wat het besluit is.", code="besluit-ontbreekt")
        signal.answer, signal.answer_text = answer, reason.strip()
        signal.decided_on = clock.today()


def _day_of_talk(signal: CeilingSignal, move: str, day: date | None, reason: str) -> date:
    if day is None:
        raise DomainError("Zeg op welke dag het gesprek is.", code="gespreksdag-ontbreekt")
    if move == "talk" and day > clock.today():
        raise DomainError("Een gesprek dat nog komt, is niet gevoerd.", code="gesprek-nog-niet")
    if day < signal.signalled_on:
        raise DomainError("Het gesprek ligt voor het signaal.", code="gesprek-voor-signaal")
    if move == "invite" and day > signal.talk_by and not reason.strip():
        raise DomainError(
            f"Het gesprek is uiterlijk {date_long(signal.talk_by)}, twee weken na het signaal. "
            "Kies een eerdere dag, of zeg bij de reden waarom het later is.",
            code="gesprek-te-laat",
        )
    return day
