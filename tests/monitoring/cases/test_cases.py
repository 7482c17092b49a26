"""What a case keeps to, apart from its table of steps."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from core import clock
from core.errors import DomainError, NotAllowed
from core.tasks.api import Task, sync_now
from monitoring.domain.cases import following, moving, opening, papers, signals
from monitoring.models import (
    Case,
    CaseIndicator,
    CaseProcess,
    CaseSignal,
    Measure,
)
from monitoring.queries.case_figures import followed
from monitoring.queries.case_overview import overview, stay_in_steps
from monitoring.queries.cases import bundles, cases_visible_to, due_of, who_moves
from monitoring.queries.timeline import timeline
from providers.models import ClientStop
from providers.queries.supply import running_stops

from .build import a_case, bring_to, figures, settle, step, talk

pytestmark = pytest.mark.django_db


@pytest.fixture
def on(monkeypatch):
    """Sets the day that it is."""

    def go(day):
        monkeypatch.setattr(clock, "today", lambda: day)

    return go


def test_the_database_holds_one_open_case_per_provider_and_theme(made):
    case = a_case(made)
    with pytest.raises(DomainError) as refused:
        a_case(made)
    assert refused.value.code == "zaak-loopt-al"
    Case.objects.filter(pk=case.pk).update(theme="waiting")
    second = a_case(made)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=second.pk).update(theme="waiting")
    step(made, second, "dismiss")
    a_case(made)


def test_signals_are_brought_together_and_go_into_the_case(made):
    access, manager = made.users["access_team"], made.users["contract_manager"]

    def signal(cases, by=access, source="access"):
        return signals.record_signal(
            provider=made.provider, theme="transformation", text="Weinig uitstroom.",
            source=source, municipality=made.municipalities[0], cases_counted=cases, by=by,
        )  # fmt: skip

    first, second = signal(4), signal(3)
    (bundle,) = bundles([first, second])
    assert (bundle.cases_counted, bundle.municipalities) == (7, (made.municipalities[0].name,))
    case = a_case(made)
    assert set(case.signals.all()) == {first, second}
    assert signal(2).case == case
    second.refresh_from_db()
    with pytest.raises(DomainError, match="hoort al bij zaak"):
        signals.set_aside(signals=[second], reason="Dubbel", by=manager)


def test_access_counts_and_names_nobody(made):
    given = {"provider": made.provider, "theme": "waiting", "by": made.users["access_team"]}
    with pytest.raises(DomainError) as refused:
        signals.record_signal(text="Lang wachten.", source="access", **given)
    assert refused.value.code == "aantal-ontbreekt"
    with pytest.raises(DomainError) as refused:
        signals.record_signal(text="Zie 1234.56.782", source="access", cases_counted=1, **given)
    assert refused.value.code == "tekst-noemt-persoon"
    assert not CaseSignal.objects.exists()


def test_a_running_case_keeps_the_terms_it_began_with(made):
    case = a_case(made)
    newer = CaseProcess(region=made.region, signal_days=3)
    opening.keep_process(process=newer, by=made.users["regional_admin"])
    case.refresh_from_db()
    assert (case.process.version, newer.version) == (1, 2)
    assert due_of(case) == case.opened_on + timedelta(days=14)
    later = a_case(made, theme="waiting")
    assert due_of(later) == later.opened_on + timedelta(days=3)


def test_terms_become_tasks_of_who_is_to_move(made):
    case = bring_to(made, a_case(made), "plan_asked")
    settle(made, case)
    sync_now(tenant_id=made.region.pk)
    task = Task.objects.get(source="monitoring.case")
    assert (task.team, task.party_id) == ("provider", made.provider.organisation_id)
    assert task.due == case.moved_on + timedelta(days=28)
    assert who_moves(case) == "aanbieder"
    step(made, case, "submit_plan", "provider")
    sync_now(tenant_id=made.region.pk)
    running = Task.objects.filter(source="monitoring.case", state="open")
    assert [t.team for t in running] == ["contract_manager"]


def test_a_provider_sees_its_own_case_from_the_conversation_on(made):
    case, provider = a_case(made), made.users["provider"]
    assert not cases_visible_to(provider).exists()
    bring_to(made, case, "in_dialogue")
    assert list(cases_visible_to(provider)) == [case]
    assert not cases_visible_to(made.users["council_member"]).exists()


def test_what_access_says_stays_inside(made):
    signals.record_signal(
        provider=made.provider, theme="transformation", text="Geen nazorg.", source="access",
        cases_counted=5, municipality=made.municipalities[0], by=made.users["access_team"],
    )  # fmt: skip
    case = bring_to(made, a_case(made), "in_dialogue")
    papers.send_letter(
        case=case, subject="Nota", body="Intern.", by=made.users["contract_manager"],
        to_provider=False,
    )  # fmt: skip
    inside = {event.title for event in timeline(case, inside=True)}
    outside = {event.title for event in timeline(case, inside=False)}
    assert inside - outside == {"Signaal van toegang (5 jeugdigen)", "Nota"}
    with zipfile.ZipFile(io.BytesIO(papers.case_zip(case, inside=False))) as packed:
        assert not any("brieven" in name for name in packed.namelist())
        assert "Geen nazorg" not in packed.read("tijdlijn.json").decode()


def test_a_case_exports_as_one_file_with_letters_as_sent(made):
    case = bring_to(made, a_case(made), "monitoring")
    letter = case.letters.get()
    with zipfile.ZipFile(io.BytesIO(papers.case_zip(case, inside=True))) as packed:
        names = packed.namelist()
        assert {"zaak.pdf", "zaak.docx", "tijdlijn.json"} <= set(names)
        assert "verbeterplan-versie-1.docx" in names
        kept = f"brieven/01-{letter.docx.file_name}"
        assert packed.read(kept) == letter.docx.file.read()
        assert packed.read("zaak.pdf").startswith(b"%PDF")


def test_a_returned_plan_stays_and_goes_on_in_a_copy(made):
    case = bring_to(made, a_case(made), "plan_submitted")
    step(made, case, "return_plan")
    first, second = case.plans.order_by("version")
    assert (first.standing, second.standing) == ("teruggegeven", "in bewerking")
    assert [i.what for i in second.items.all()] == [i.what for i in first.items.all()]
    assert first.items.get().pk != second.items.get().pk


def test_a_new_round_starts_again_and_old_actions_still_count(made):
    case = bring_to(made, a_case(made), "assessing")
    action = case.actions.filter(round=1).first()
    step(made, case, "new_round")
    assert (case.state, case.round) == ("in_dialogue", 2)
    with pytest.raises(DomainError) as refused:
        step(made, case, "ask_plan")
    assert refused.value.code == "gesprek-ontbreekt"
    talk(made, case, agreements=0)
    step(made, case, "ask_plan")
    assert case.plans.latest("version").version == 2
    assert action.round == 1


def test_a_small_provider_is_not_phased_out(made):
    case = bring_to(made, a_case(made), "dissolution_proposed")
    with pytest.raises(DomainError) as refused:
        step(made, case, "phase_out")
    assert refused.value.code == "aanbieder-niet-groot"
    hindered = {
        way.move.name: way.hindrance for way in moving.ways_of(case, made.users["contract_manager"])
    }
    assert hindered["phase_out"] == refused.value.message
    assert hindered["to_supervision"] == ""


def test_measures_run_apart_from_the_step_and_never_twice_at_once(made):
    case, manager = a_case(made), made.users["contract_manager"]

    def stop(starts):
        return Measure(case=case, kind="client_stop", starts_on=starts, reason="Onveilig")

    first = following.take_measure(measure=stop(date(2026, 1, 1)), by=manager)
    with pytest.raises(Exception, match="loopt al"):
        following.take_measure(measure=stop(date(2026, 2, 1)), by=manager)
    following.end_measure(measure=first, ends_on=date(2026, 3, 1), reason="Veilig", by=manager)
    following.take_measure(measure=stop(date(2026, 3, 1)), by=manager)
    assert case.state == "signalled"
    with pytest.raises(NotAllowed):
        following.take_measure(measure=stop(date(2030, 1, 1)), by=made.users["access_team"])


def test_overview_counts_days_per_step(made, on):
    on(date(2026, 3, 2))
    case = a_case(made)
    on(date(2026, 3, 12))
    assert stay_in_steps([case]) == {}
    from core.states.models import Step  # noqa: PLC0415

    step(made, case, "start_dialogue")
    Step.objects.filter(subject=str(case.pk), table="case").update(by=None)
    shown = overview(made.region, cases_visible_to(made.users["controller"]))
    line = {line.state: line for line in shown.lines}["in_dialogue"]
    assert (shown.open, shown.mean_age, line.cases, line.overdue) == (1, 10, 1, 0)
    on(date(2026, 4, 10))
    late = overview(made.region, cases_visible_to(made.users["controller"]))
    assert late.overdue == 1


def test_an_indicator_of_a_case_stands_beside_its_own_target(made):
    figures(made, "2025-H1", 60, 200)
    case = a_case(made)
    following.follow_indicator(
        indicator=CaseIndicator(
            case=case, code="dropout_rate", start_value=0.3, start_half_year="2025-H1",
            target=0.2, by_half_year="2026-H1",
        ),
        by=made.users["contract_manager"],
    )  # fmt: skip
    (line,) = followed(case)
    assert (line.reached, line.shown["newest"]) == (None, "30,0%")
    figures(made, "2025-H2", 36, 200)
    (line,) = followed(case)
    assert (line.reached, line.better, line.shown["newest"]) == (True, True, "18,0%")


def test_a_client_stop_in_a_case_is_a_stop_that_referrers_see_and_ends_with_it(made):
    case, by = a_case(made, theme="lawfulness"), made.users["contract_manager"]
    measure = following.take_measure(
        measure=Measure(case=case, kind="client_stop", product_code="45A01", reason="Geheim"), by=by
    )
    stop = ClientStop.objects.get()
    assert (stop.provider, stop.product_code, stop.ground) == (made.provider, "45A01", "fraud")
    assert (stop.state, stop.by_region, stop.starts_on) == ("agreed", True, clock.today())
    assert "Geheim" not in stop.reason
    assert running_stops(made.region) == [stop]
    following.end_measure(measure=measure, ends_on=clock.today(), reason="Opgelost", by=by)
    assert running_stops(made.region) == []
    assert ClientStop.objects.get().state == "ended"


def test_a_stop_that_ends_later_holds_until_then(made):
    case, by = a_case(made), made.users["contract_manager"]
    measure = following.take_measure(
        measure=Measure(case=case, kind="client_stop", reason="Onveilig"), by=by
    )
    later = clock.today() + timedelta(days=10)
    following.end_measure(measure=measure, ends_on=later, reason="Opgelost", by=by)
    assert running_stops(made.region)[0].ends_on == later


def test_other_measures_make_no_stop(made):
    following.take_measure(
        measure=Measure(case=a_case(made), kind="fewer_referrals", reason="Trage start"),
        by=made.users["contract_manager"],
    )
    assert not ClientStop.objects.exists()
