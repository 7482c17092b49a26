"""Reading figures together and judging them: what is frozen, who speaks, what must be there."""

import pytest
from django.db import Error, IntegrityError, transaction

from core.errors import DomainError, NotAllowed
from core.periods import HalfYear
from core.tasks.api import Task, sync_now
from monitoring.domain.steering import rows, sessions
from monitoring.enums.interpretation import SESSION, SessionState
from monitoring.models import (
    InterpretationSession,
    Judgement,
    PerspectiveReading,
    ProviderJudgement,
)
from monitoring.queries import judgements as seen
from tests.monitoring.cases.test_every_step import outcome_of
from tests.states import every_pair

from .build import (
    HALF,
    a_decision,
    a_session,
    a_set,
    a_share,
    hear_everybody,
    judge_all,
    judge_provider,
    with_figures,
)

pytestmark = pytest.mark.django_db


def refused(verb, code):
    with pytest.raises(DomainError) as refusal, transaction.atomic():
        verb()
    assert refusal.value.code == code


def test_every_state_every_move_every_role(made):
    with_figures(made)
    found, expected = {}, {}
    for state in SessionState.values:
        session = a_session(made, state)
        if state == "reading":
            hear_everybody(session, made.users["policy_officer"])
        if state == "judging":
            judge_all(session, made.users["policy_officer"])
        for pair in every_pair(SESSION):
            if pair.state != state:
                continue
            row = InterpretationSession.objects.get(pk=session.pk)
            found[str(pair)] = outcome_of(
                lambda row=row, pair=pair: rows.take(
                    row=row, move=pair.move, by=made.users[pair.role], reason="Omdat."
                )
            )
            expected[str(pair)] = pair.expected
        PerspectiveReading.objects.filter(session=session).delete() if state == "reading" else None
    assert found == expected


def test_the_figures_stay_as_they_were_frozen_when_newer_ones_come(made):
    session = a_session(made, "reading")
    row = session.judgements.get(code="dropout_rate")
    # By hand: 60 of 200 is 30%, a year earlier 30 of 200 is 15%: 15 points more.
    assert row.figure["shown"] == "30,0%"
    assert row.figure["year_change"] == "15,0 procentpunt hoger"
    assert row.figure["tone"] == "attention"
    newer = a_set(made, HALF, "b")
    a_share(newer, "dropout_rate", 10, 200, segment=made.segments[0].code)
    assert session.judgements.get(code="dropout_rate").figure["shown"] == "30,0%"
    with pytest.raises(Error), transaction.atomic():
        Judgement.objects.filter(pk=row.pk).update(figure={"shown": "5%"})


def test_released_figures_are_put_away_and_newer_ones_come_on_the_table(made):
    session = a_session(made, "reading")
    by = made.users["contract_manager"]
    newer = a_set(made, HALF, "b")
    a_share(newer, "dropout_rate", 10, 200, segment=made.segments[0].code)
    rows.take(row=session, move="release", by=by, reason="Er kwam een late aanlevering.")
    assert not session.judgements.exists()
    rows.take(row=session, move="freeze", by=by)
    assert session.figure_set == newer
    assert session.judgements.get(code="dropout_rate").figure["shown"] == "5,0%"


def test_without_figures_nothing_is_frozen(made):
    session = a_session(made)
    by = made.users["policy_officer"]
    refused(lambda: rows.take(row=session, move="freeze", by=by), "cijfers-ontbreken")


def test_nobody_is_forgotten_in_silence(made):
    session = a_session(made, "reading")
    by = made.users["policy_officer"]
    hear_everybody(session, by, but=("parent",))
    refused(lambda: rows.take(row=session, move="judge", by=by), "perspectief-ontbreekt")
    absent = PerspectiveReading(
        session=session, perspective="parent", who="Oudersraad", missing="Kon niet op deze dag."
    )
    rows.keep(row=absent, by=by)
    rows.take(row=session, move="judge", by=by)


def test_a_conclusion_asks_for_every_verdict_a_meaning_and_a_decision(made):
    session = a_session(made, "judging")
    by = made.users["policy_officer"]
    conclude = lambda: rows.take(row=session, move="conclude", by=by)  # noqa: E731
    refused(conclude, "oordeel-ontbreekt")
    judge_all(session, by, verdict="off_course")
    refused(conclude, "besluit-ontbreekt")
    rows.keep(row=a_decision(session), by=by)
    InterpretationSession.objects.filter(pk=session.pk).update(meaning="")
    refused(conclude, "betekenis-ontbreekt")


def test_a_verdict_without_a_reason_does_not_exist(made):
    session = a_session(made, "judging")
    row = session.judgements.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Judgement.objects.filter(pk=row.pk).update(verdict="on_course", reason="")


def test_beside_frozen_figures_no_other_number_is_typed():
    sessions.check_no_loose_numbers("Sinds 1 januari 2025 gaat het in segment S1 beter.")
    refused(lambda: sessions.check_no_loose_numbers("Het is nu 32%."), "cijfer-getypt")


def test_a_party_speaks_for_itself_only_and_while_the_session_reads(made):
    session = a_session(made, "reading")
    provider, access = made.users["provider"], made.users["access_team"]
    own = PerspectiveReading(
        session=session, perspective="provider", who="Wij", provider=made.provider, reading="Goed."
    )
    rows.keep(row=own, by=provider)
    for perspective, by in (("parent", provider), ("provider", access), ("access", provider)):
        row = PerspectiveReading(
            session=session, perspective=perspective, who="Een ander", reading="Ja.",
            provider=made.provider, municipality=made.municipalities[0],
        )  # fmt: skip
        with pytest.raises(NotAllowed):
            rows.keep(row=row, by=by)
    foreign = PerspectiveReading(
        session=session, perspective="access", who="Team", municipality=made.municipalities[1],
        reading="Ja.",
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        rows.keep(row=foreign, by=access)
    foreign.municipality = made.municipalities[0]
    rows.keep(row=foreign, by=access)
    hear_everybody(session, made.users["policy_officer"], but=("provider", "access"))
    rows.take(row=session, move="judge", by=made.users["policy_officer"])
    own.refresh_from_db()
    own.session.refresh_from_db()
    with pytest.raises(NotAllowed):
        rows.keep(row=own, by=provider)


def test_what_is_protected_or_not_concluded_stays_inside(made):
    session = a_session(made, "judging")
    by = made.users["policy_officer"]
    judge_all(session, by)
    judge_provider(session, made.provider, by)
    access, provider = made.users["access_team"], made.users["provider"]
    assert not seen.judgements_visible_to(access).exists()
    assert not seen.provider_judgements_visible_to(provider).exists()
    rows.keep(row=a_decision(session), by=by)
    rows.take(row=session, move="conclude", by=by)
    # No suppression was worked out, so nothing but the goal itself may be shown outside.
    assert [row.code for row in seen.judgements_visible_to(access)] == [""]
    assert {row.code for row in seen.judgements_visible_to(by)} == {"", "dropout_rate"}
    assert seen.provider_judgements_visible_to(provider).get().verdict == "on_course"
    assert not seen.sessions_visible_to(made.users["council_member"]).exists()
    assert not seen.decisions_visible_to(provider).exists()


def test_a_provider_judgement_of_another_region_is_refused(made):
    from tests.factories import ProviderFactory  # noqa: PLC0415

    session = a_session(made, "judging")
    row = ProviderJudgement(
        session=session, provider=ProviderFactory(), verdict="on_course", reason="Goed."
    )
    refused(lambda: rows.keep(row=row, by=made.users["policy_officer"]), "andere-regio")


def test_a_decision_is_a_task_until_it_is_done_with_a_result(made):
    session = a_session(made, "concluded")
    decision = session.decisions.get()
    sync_now(tenant_id=made.region.pk)
    task = Task.objects.get(tenant_id=made.region.pk, source="monitoring.steering")
    assert (task.title, task.team) == (decision.what, "contract_manager")
    decision.done_on = session.concluded_on
    with pytest.raises(Exception, match="wat ervan kwam"):
        rows.keep(row=decision, by=made.users["policy_officer"])
    decision.result = "Gesproken; er volgt een zaak."
    rows.keep(row=decision, by=made.users["policy_officer"])
    sync_now(tenant_id=made.region.pk)
    task.refresh_from_db()
    assert task.state != "open"


def test_the_editions_get_what_is_concluded_and_councils_nothing_protected(made):
    half = HalfYear.parse(HALF)
    a_session(made, "judging")
    assert seen.for_edition(made.region, half, made.scheme, for_councils=False) == {}
    a_session(made, "concluded")
    ours = seen.for_edition(made.region, half, made.scheme, for_councils=False)["S1"]
    theirs = seen.for_edition(made.region, half, made.scheme, for_councils=True)["S1"]
    assert [j.name for j in ours.judged] == [
        "Doel 1. Jeugdigen krijgen eerder passende hulp", "Uitval",
    ]  # fmt: skip
    assert [j.verdict for j in ours.judged] == ["vraagt aandacht"] * 2
    assert [j.name for j in theirs.judged] == ["Doel 1. Jeugdigen krijgen eerder passende hulp"]
    assert ours.heard == ("toegang", "gemeente", "ouders", "aanbieder", "verwijzer", "jeugdigen")
    assert ours.decided[0].who == "contractmanager"
    other = seen.for_edition(made.region, half.previous(), made.scheme, for_councils=False)
    assert other == {}
