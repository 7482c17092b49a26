"""From a made edition to a published one: text, comments, colleges, councils, corrections."""

from datetime import date
from html import unescape

import pytest
from django.core import mail
from django.db import DatabaseError, transaction
from django.urls import reverse

from core.errors import DomainError, NotAllowed
from core.jobs.api import enqueue, run
from core.jobs.models import Job
from core.periods import HalfYear
from core.tasks.api import Task, sync_now
from regions.enums import Role
from reports.domain.adopting import (
    ANNOUNCE_JOB,
    PRINT_JOB,
    colleges_to_decide,
    move_edition,
    record_adoption,
    start_correction,
)
from reports.domain.asking import answer, ask, count_read
from reports.domain.authoring import answer_comment, comment, restore_made, write_passage
from reports.domain.calendar import keep_milestone, plan_cycle, working_day
from reports.domain.passages import place_of
from reports.enums import EDITION, EditionState, MilestoneKind
from reports.models import Announcement, Edition, Milestone
from reports.queries.readers import reads_of
from reports.queries.texts import changed_since, made_content, places_now, text_at, written
from reports.queries.visible import editions_visible_to, questions_visible_to
from tests.factories import a_region, user_with, with_users
from tests.reports.making import an_edition, author, of_municipality
from tests.states import surprises

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return a_region()


@pytest.fixture
def writer(made):
    return author(made)


def published(edition, by):
    """Walk an edition to publication, with every college's decision."""
    if edition.state == EditionState.DRAFT:
        move_edition(edition=edition, move="review", by=by)
    for code in colleges_to_decide(edition):
        record_adoption(edition=edition, municipality=code, decided_on=date(2026, 10, 1), by=by)
    for move in ("adopt", "publish"):
        move_edition(edition=edition, move=move, by=by)
    edition.refresh_from_db()
    return edition


class TestText:
    def test_a_rewritten_sentence_keeps_the_frozen_figure(self, made, writer):
        edition = an_edition(made)
        before = written(edition).content.summary[0].text
        write_passage(
            edition=edition, key="samenvatting-1", template="Nu {2} jeugdigen.", by=writer
        )
        after = written(edition).content.summary[0].text
        assert after.startswith("Nu ")
        assert after.removeprefix("Nu ").split(" ")[0] in before

    def test_a_typed_figure_is_refused_and_nothing_is_kept(self, made, writer):
        edition = an_edition(made)
        with pytest.raises(DomainError, match="getypt getal"):
            write_passage(
                edition=edition, key="samenvatting-1", template="Nu 9.999 jeugdigen.", by=writer
            )
        assert not edition.passages.exists()

    def test_an_emptied_sentence_falls_away_and_comes_back(self, made, writer):
        edition = an_edition(made)
        lines = len(written(edition).content.summary)
        write_passage(edition=edition, key="samenvatting-2", template="", by=writer)
        assert len(written(edition).content.summary) == lines - 1
        restore_made(edition=edition, key="samenvatting-2", by=writer)
        assert written(edition).content == written(an_edition(made, version=9)).content

    def test_an_author_fills_an_empty_place_with_a_figure_of_the_segment(self, made, writer):
        edition = an_edition(made)
        key = "segment-ha-duiding"
        template = "De instroom was {Instroom, jaar eerder} en is {Instroom}."
        write_passage(edition=edition, key=key, template=template, by=writer)
        # Sample: segment HA has size 3, so 200 x 3 + 10 x step; step 4 now, 2 a year ago.
        assert written(edition).authored[key] == "De instroom was 620 en is 640."

    def test_what_changed_since_it_was_laid_before_the_colleges(self, made, writer):
        edition = an_edition(made)
        moment = move_edition(edition=edition, move="review", by=writer).at
        edition.refresh_from_db()
        assert changed_since(edition, moment) == []
        write_passage(edition=edition, key="voorwoord", template="Welkom.", by=writer)
        changed = changed_since(edition, moment)
        assert [(c.place.key, c.pieces[0].kind) for c in changed] == [("voorwoord", "new")]

    def test_only_staff_writes(self, made):
        member = user_with(Role.EXECUTIVE, made.region, made.municipalities[0])
        with pytest.raises(NotAllowed):
            write_passage(edition=an_edition(made), key="voorwoord", template="Hoi", by=member)

    def test_adopted_text_stands_fast(self, made, writer):
        edition = published(of_municipality(made), writer)
        with pytest.raises(DomainError, match="staat vast"):
            write_passage(edition=edition, key="voorwoord", template="Hoi", by=writer)


class TestAdoption:
    def test_who_remarks_sees_the_text_that_stands_there_now(self, client, made, writer):
        edition = an_edition(made)
        client.force_login(writer)
        page = reverse("edition-comment", args=[made.region.slug, edition.pk, "geld-1"])
        before = text_at(edition, place_of(made_content(edition), "geld-1"))
        assert before in unescape(client.get(page).content.decode())
        write_passage(edition=edition, key="geld-1", template="Herschreven zin.", by=writer)
        assert "Herschreven zin." in client.get(page).content.decode()

    def test_a_comment_is_answered_before_adoption(self, made, writer):
        edition = an_edition(made, state=EditionState.REVIEW)
        remark = comment(edition=edition, key="geld-1", text="Klopt dit?", by=writer)
        for code in colleges_to_decide(edition):
            record_adoption(
                edition=edition, municipality=code, decided_on=date(2026, 10, 1), by=writer
            )
        with pytest.raises(DomainError, match="één opmerking"):
            move_edition(edition=edition, move="adopt", by=writer)
        answer_comment(comment=remark, answer="Ja, nagerekend.", by=writer)
        move_edition(edition=edition, move="adopt", by=writer)
        edition.refresh_from_db()
        assert edition.state == EditionState.ADOPTED
        assert len(edition.final_checksum) == 64

    def test_the_regions_edition_waits_for_every_college(self, made, writer):
        edition = an_edition(made, state=EditionState.REVIEW)
        first, second = made.municipalities
        record_adoption(
            edition=edition, municipality=first.gm_code, decided_on=date(2026, 10, 1), by=writer
        )
        with pytest.raises(DomainError, match=second.name):
            move_edition(edition=edition, move="adopt", by=writer)

    def test_an_executive_records_only_the_own_colleges_decision(self, made):
        edition = an_edition(made, state=EditionState.REVIEW)
        own, other = made.municipalities
        executive = user_with(Role.EXECUTIVE, made.region, own)
        with pytest.raises(NotAllowed):
            record_adoption(
                edition=edition,
                municipality=other.gm_code,
                decided_on=date(2026, 10, 1),
                by=executive,
            )
        record_adoption(
            edition=edition, municipality=own.gm_code, decided_on=date(2026, 10, 1), by=executive
        )

    def test_back_to_draft_makes_the_colleges_decide_anew(self, made, writer):
        edition = of_municipality(made, state=EditionState.REVIEW)
        code = edition.municipality
        record_adoption(edition=edition, municipality=code, decided_on=date(2026, 10, 1), by=writer)
        move_edition(edition=edition, move="adopt", by=writer)
        move_edition(edition=edition, move="return", by=writer, reason="fout in een zin")
        edition.refresh_from_db()
        assert edition.final is None
        assert list(colleges_to_decide(edition)) == [code]

    def test_a_published_text_cannot_be_changed_even_by_sql(self, made, writer):
        edition = published(of_municipality(made), writer)
        with pytest.raises(DatabaseError), transaction.atomic():
            Edition.objects.filter(pk=edition.pk).update(final={"content": {}, "authored": {}})

    def test_every_move_for_every_role(self, made):
        edition = of_municipality(made, published_at=None)
        edition.adoptions.create(municipality=edition.municipality, decided_on=date(2026, 10, 1))
        users = with_users(made).users

        def attempt(pair):
            Edition.objects.filter(pk=edition.pk).update(state=pair.state)
            edition.refresh_from_db()
            move_edition(edition=edition, move=pair.move, by=users[pair.role], reason="omdat")
            edition.refresh_from_db()
            return edition.state

        assert surprises(EDITION, attempt) == {}


class TestReaders:
    def test_a_council_sees_an_edition_once_it_is_published(self, made, writer):
        edition = of_municipality(made)
        member = user_with(Role.COUNCIL_MEMBER, made.region, made.municipalities[0])
        executive = user_with(Role.EXECUTIVE, made.region, made.municipalities[0])
        sees = lambda user: edition in editions_visible_to(user)  # noqa: E731
        assert (sees(member), sees(executive)) == (False, False)
        move_edition(edition=edition, move="review", by=writer)
        assert (sees(member), sees(executive)) == (False, True)
        edition.refresh_from_db()
        published(edition, writer)
        assert (sees(member), sees(executive)) == (True, True)

    def test_each_reader_is_told_once(self, made, writer):
        member = user_with(Role.COUNCIL_MEMBER, made.region, made.municipalities[0])
        user_with(Role.COUNCIL_MEMBER, made.region, made.municipalities[1])
        edition = published(of_municipality(made), writer)
        job = Job.objects.get(kind=ANNOUNCE_JOB)
        run(job.pk)
        assert [message.to for message in mail.outbox] == [[member.email]]
        assert str(edition.pk) in mail.outbox[0].body
        assert f"De {edition.in_a_sentence} over het" in mail.outbox[0].body
        assert mail.outbox[0].extra_headers["Auto-Submitted"] == "auto-generated"
        again = enqueue(
            kind=ANNOUNCE_JOB, title="nog eens", params=job.params, tenant_id=job.tenant_id
        )
        run(again.pk)
        assert len(mail.outbox) == 1
        assert Announcement.objects.count() == 1

    def test_the_adopted_text_is_printed(self, made, writer):
        edition = of_municipality(made)
        write_passage(edition=edition, key="voorwoord", template="Welkom, lezer.", by=writer)
        published(edition, writer)
        run(Job.objects.filter(kind=PRINT_JOB).latest("created_at").pk)
        edition.refresh_from_db()
        assert edition.pdf is not None
        assert edition.pdf.file.read(5) == b"%PDF-"

    def test_a_question_and_its_answer_are_for_the_whole_council(
        self, made, writer, django_capture_on_commit_callbacks
    ):
        own, other = made.municipalities
        edition = published(an_edition(made), writer)
        member = user_with(Role.COUNCIL_MEMBER, made.region, own)
        question = ask(edition=edition, chapter="geld", text="Waarom zo duur?", by=member)
        with django_capture_on_commit_callbacks(execute=True):
            answer(question=question, text="Meer verblijf.", by=writer)
        assert mail.outbox[-1].to == [member.email]
        colleague = user_with(Role.COUNCIL_MEMBER, made.region, own)
        elsewhere = user_with(Role.COUNCIL_MEMBER, made.region, other)
        assert questions_visible_to(colleague).get().answer == "Meer verblijf."
        assert not questions_visible_to(elsewhere).exists()
        with pytest.raises(DomainError, match="al beantwoord"):
            answer(question=question, text="Nog eens.", by=writer)

    def test_an_unanswered_question_is_somebodys_task(self, made, writer):
        edition = published(an_edition(made), writer)
        member = user_with(Role.COUNCIL_MEMBER, made.region, made.municipalities[0])
        question = ask(edition=edition, chapter="geld", text="Waarom?", by=member)
        sync_now(tenant_id=made.region.pk)
        assert Task.objects.filter(source="reports.questions", state="open").count() == 1
        answer(question=question, text="Daarom.", by=writer)
        sync_now(tenant_id=made.region.pk)
        assert not Task.objects.filter(source="reports.questions", state="open").exists()

    def test_reading_is_counted(self, made):
        edition = an_edition(made)
        for medium in ("web", "web", "pdf"):
            count_read(edition, medium)
        assert reads_of(edition) == [("webpagina", 2), ("PDF", 1)]


class TestCorrection:
    def test_a_correction_takes_the_place_of_the_published_one(self, made, writer):
        edition = of_municipality(made)
        write_passage(edition=edition, key="voorwoord", template="Welkom.", by=writer)
        published(edition, writer)
        draft = start_correction(edition=edition, reason="Een zin klopte niet.", by=writer)
        assert (draft.version, draft.state) == (2, EditionState.DRAFT)
        assert written(draft).authored["voorwoord"] == "Welkom."
        published(draft, writer)
        edition.refresh_from_db()
        assert edition.state == EditionState.CORRECTED

    def test_a_draft_is_not_corrected(self, made, writer):
        with pytest.raises(DomainError, match="kunt u nog bewerken"):
            start_correction(edition=an_edition(made), reason="fout", by=writer)


class TestCalendar:
    def test_the_usual_days_fall_on_working_days(self, made, writer):
        cycle = plan_cycle(region=made.region, half_year=HalfYear(2026, 1), by=writer)
        days = {m.kind: m.due for m in cycle.milestones.all()}
        # 30 June + 31 days is Friday 31 July; + 45 Friday 14 August; + 80 Friday 18 September.
        assert days[MilestoneKind.DELIVERY] == date(2026, 7, 31)
        assert days[MilestoneKind.CUTOFF] == date(2026, 8, 14)
        assert days[MilestoneKind.DRAFT] == date(2026, 9, 18)
        assert cycle.milestones.filter(kind=MilestoneKind.COUNCIL).count() == 2

    def test_a_weekend_becomes_the_monday(self):
        assert working_day(date(2026, 11, 21)) == date(2026, 11, 23)
        assert working_day(date(2026, 11, 22)) == date(2026, 11, 23)

    def test_slippage_is_kept_when_a_moment_moves(self, made, writer):
        cycle = plan_cycle(region=made.region, half_year=HalfYear(2026, 1), by=writer)
        moment = cycle.milestones.get(kind=MilestoneKind.DRAFT)
        moment.due = date(2026, 9, 25)
        keep_milestone(milestone=moment, by=writer)
        assert Milestone.objects.get(pk=moment.pk).days_late == 7

    def test_publishing_the_regions_edition_ticks_the_calendar(self, made, writer):
        cycle = plan_cycle(region=made.region, half_year=HalfYear(2026, 1), by=writer)
        published(an_edition(made), writer)
        done = set(cycle.milestones.filter(done_on__isnull=False).values_list("kind", flat=True))
        assert done == {MilestoneKind.ADOPTION, MilestoneKind.PUBLICATION}


def test_the_places_of_an_edition_have_names_of_their_own(made):
    keys = [row.place.key for row in places_now(an_edition(made))]
    assert len(keys) == len(set(keys))
    assert keys[0] == "voorwoord"
