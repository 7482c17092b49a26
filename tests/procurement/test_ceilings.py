"""Signals about ceilings: who signals, which term runs, what was decided (CS 1.5)."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from django.urls import reverse

from core.errors import DomainError
from core.tasks.api import Task, sync_now
from procurement.domain.ceilings import Use, follow_use, move_signal, report
from procurement.enums.ceilings import CEILING_SIGNAL, CeilingState
from procurement.models import CeilingSignal, SpendingCap
from procurement.queries.ceilings import signals_visible_to
from regions.enums import Role
from tests.factories import Made, a_region, with_users
from tests.states import every_pair

TODAY = date(2026, 8, 17)
pytestmark = pytest.mark.django_db


@pytest.fixture
def made(db, settings) -> Made:
    settings.CLOCK_TODAY = TODAY.isoformat()
    settings.MFA_REQUIRED = False
    made = with_users(a_region())
    made.contract.status = "active"
    made.contract.end_date = date(2028, 1, 1)
    made.contract.manager = made.users[Role.CONTRACT_MANAGER]
    made.contract.save()
    return made


@pytest.fixture
def by(made: Made):
    return made.users[Role.CONTRACT_MANAGER]


@pytest.fixture
def cap(made: Made) -> SpendingCap:
    SpendingCap.objects.create(contract=made.contract, year=2026, amount=Decimal(1000))
    return SpendingCap.objects.get()


def code_of(call, **given) -> str:
    with pytest.raises(DomainError) as refusal:
        call(**given)
    return refusal.value.code


def tasks() -> list[tuple[str, date]]:
    rows = Task.objects.filter(source="procurement.ceiling", state="open").order_by("due", "pk")
    return list(rows.values_list("title", "due"))


def test_figures_signal_at_the_agreed_share_once_and_keep_it_up_to_date(cap) -> None:
    assert follow_use(cap=cap, use=Use(Decimal("699.99"))) is None
    signal = follow_use(cap=cap, use=Use(Decimal(700), Decimal(1100), date(2026, 11, 20)))
    assert (signal.talk_by, signal.decide_by) == (date(2026, 8, 31), None)
    follow_use(cap=cap, use=Use(Decimal(740), Decimal(1150), date(2026, 11, 2)))
    row = CeilingSignal.objects.get()
    assert (row.used_then, row.used, row.share) == (700, 740, Decimal("0.74"))
    assert row.reached_on == date(2026, 11, 2)


def test_the_terms_are_tasks_until_there_is_a_decision(made, cap, by, settings) -> None:
    signal = follow_use(cap=cap, use=Use(Decimal(700), None, date(2026, 11, 20)))
    sync_now(tenant_id=made.region.pk)
    number = made.contract.number
    assert tasks() == [
        (f"Gesprek over plafond 2026: contract {number}", date(2026, 8, 31)),
        (f"Plafond 2026 is dan bereikt: contract {number}", date(2026, 11, 20)),
    ]
    assert Task.objects.filter(source="procurement.ceiling").first().owner == by
    settings.CLOCK_TODAY = "2026-08-25"
    talk = {"signal": signal, "by": by}
    move_signal(move="talk", talk_on=date(2026, 8, 24), talk_report="Wachtlijst.", **talk)
    sync_now(tenant_id=made.region.pk)
    assert tasks()[0] == (f"Besluiten over plafond 2026: contract {number}", date(2026, 9, 7))
    settings.CLOCK_TODAY = "2026-09-08"
    assert signal.is_late
    move_signal(move="decide", answer="raise", reason="Er is geen ander aanbod.", **talk)
    sync_now(tenant_id=made.region.pk)
    assert tasks() == []
    assert not signal.is_late


def test_next_years_ceilings_are_announced_and_decided_in_time(made, cap, settings) -> None:
    settings.CLOCK_TODAY = "2026-06-10"

    def due() -> list[date]:
        sync_now(tenant_id=made.region.pk)
        rows = Task.objects.filter(source="procurement.ceiling_year", state="open")
        return list(rows.order_by("due").values_list("due", flat=True))

    assert due() == [date(2026, 7, 1), date(2026, 10, 1), date(2026, 11, 1)]
    made.contract.end_date = date(2027, 1, 1)
    made.contract.save()
    assert due() == []
    made.contract.end_date = date(2027, 1, 2)
    made.contract.save()
    assert len(due()) == 3
    SpendingCap.objects.create(contract=made.contract, year=2027, amount=Decimal(1100))
    assert due() == []


def test_who_begins_after_the_term_is_not_late_at_once(made, cap, settings) -> None:
    def tasks() -> list[tuple[date, bool]]:
        sync_now(tenant_id=made.region.pk)
        rows = Task.objects.filter(source="procurement.ceiling_year").order_by("due", "key")
        return [(row.due, row.is_overdue) for row in rows]

    settings.CLOCK_TODAY = "2026-10-20"
    begun = date(2026, 11, 3)
    assert tasks() == [(date(2026, 11, 1), False), (begun, False), (begun, False)]
    settings.CLOCK_TODAY = "2026-11-03"
    assert tasks() == [(date(2026, 11, 1), True), (begun, False), (begun, False)]
    settings.CLOCK_TODAY = "2026-11-04"
    assert [late for _, late in tasks()] == [True, True, True]


def test_an_invitation_and_a_decision_are_letters_kept_as_sent(made, cap, by) -> None:
    signal = report(cap=cap, used=Decimal(800), note="Veel aanmeldingen", by=by)
    talk = {"signal": signal, "by": by}
    assert code_of(move_signal, move="invite", **talk) == "gespreksdag-ontbreekt"
    late = {"move": "invite", "talk_on": date(2026, 9, 1), **talk}
    assert code_of(move_signal, **late) == "gesprek-te-laat"
    move_signal(**{**late, "talk_on": date(2026, 8, 31)})
    future = {"move": "talk", "talk_on": date(2026, 8, 31), **talk}
    assert code_of(move_signal, **future) == "gesprek-nog-niet"
    move_signal(**{**future, "talk_on": TODAY})
    assert code_of(move_signal, move="decide", reason="x", **talk) == "besluit-ontbreekt"
    move_signal(move="decide", answer="keep", reason="Het past.", **talk)
    letters = list(signal.letters.order_by("pk"))
    assert [letter.kind for letter in letters] == ["invitation", "decision"]
    assert all(letter.pdf.size and letter.docx.size for letter in letters)
    move_signal(move="reopen", reason="Toch niet", **talk)
    assert (signal.answer, signal.decided_on, signal.letters.count()) == ("", None, 2)


def test_a_provider_reports_its_own_ceiling_and_not_too_early(made, cap) -> None:
    own, other = made.users[Role.PROVIDER], made.users[Role.CONTROLLER]
    assert code_of(report, cap=cap, used=Decimal(690), by=own) == "signaal-te-vroeg"
    assert code_of(report, cap=cap, used=Decimal(700), by=other) == "niet-bevoegd"
    signal = report(cap=cap, used=Decimal(700), by=own)
    assert signal.source == "provider"
    assert code_of(report, cap=cap, used=Decimal(700), by=own) == "signaal-bestaat-al"
    assert signals_visible_to(own).get() == signal
    assert not signals_visible_to(made.users[Role.COUNCIL_MEMBER]).exists()


def test_each_move_from_each_state_by_each_role(made, cap, by) -> None:
    signal = follow_use(cap=cap, use=Use(Decimal(700)))
    told = {"talk_on": TODAY, "talk_report": "Ja", "answer": "keep", "answer_text": "Ja"}
    unlike = []
    for pair in every_pair(CEILING_SIGNAL):
        with transaction.atomic():
            CeilingSignal.objects.filter(pk=signal.pk).update(
                state=pair.state, decided_on=TODAY, **told
            )
            try:
                move_signal(
                    signal=CeilingSignal.objects.get(pk=signal.pk), move=pair.move,
                    by=made.users[pair.role], reason="Omdat het moet", talk_on=TODAY,
                    answer="keep",
                )  # fmt: skip
                found = None
            except DomainError as error:
                found = error.code
            state = CeilingSignal.objects.get(pk=signal.pk).state
            if (found, state) != (pair.expected, pair.target or pair.state):
                unlike.append((str(pair), found, state))
            transaction.set_rollback(True)
    assert unlike == []


def test_the_pages_from_report_to_letter(client, made, cap, by) -> None:
    client.force_login(made.users[Role.PROVIDER])
    slug = made.region.slug
    answer = client.post(
        reverse("ceiling-report", args=[slug]), {"cap": cap.pk, "used": "750,00", "note": ""}
    )
    signal = CeilingSignal.objects.get()
    page = reverse("ceiling-signal", args=[slug, signal.pk])
    assert answer["Location"] == page
    client.force_login(by)
    asked = reverse("ceiling-move", args=[slug, signal.pk, "invite"])
    assert client.post(asked, {"talk_on": "20-08-2026", "reason": ""}).status_code == 302
    html = client.get(page).content.decode()
    assert "75%" in html
    assert CeilingState.INVITED.label in html
    letter = reverse("ceiling-letter", args=[slug, signal.letters.get().pk, "pdf"])
    assert client.get(letter)["Content-Type"] == "application/pdf"
