"""A development table: meetings, what came out of them, the plan, and who hears what."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from core import clock
from core.errors import DomainError, NotAllowed
from procurement.domain import policy
from procurement.domain.table_plan import draft_plan
from procurement.domain.tables import PROMISES, plan_meeting
from procurement.models import Commitment, DevelopmentTable, Meeting, MeetingTheme, TableIssue
from procurement.queries import deadlines, plans, tables
from regions.models import ChainPartner
from tests.factories import a_region, with_users

pytestmark = pytest.mark.django_db
SOON = timedelta(days=14)


@pytest.fixture
def made():
    return with_users(a_region())


@pytest.fixture
def table(made):
    table = DevelopmentTable.objects.create(
        region=made.region, name="Verblijf", purpose="Minder verblijf.", rules=["Wij luisteren."]
    )
    for name in ("Zorg Een", "Zorg Twee"):
        partner = ChainPartner.objects.create(region=made.region, name=name, kind="provider")
        table.members.create(partner=partner)
    for order, title in enumerate(("Tempo", "Tarief"), 1):
        table.issues.create(title=title, order=order)
    return table


def seat(made, table):
    """The provider of the tests gets the first seat."""
    partner = table.members.first().partner
    partner.organisation = made.provider.organisation
    partner.save()
    return made.users["provider"]


def test_a_meeting_is_planned_from_what_is_open(made, table):
    by, owner = made.users["policy_officer"], table.members.first().partner
    policy.keep(row=TableIssue(table=table, title="Klaar", outcome="Ja.", order=3), by=by)
    policy.take(row=table.issues.get(title="Klaar"), move="agree", by=by, reason="Eens.")
    table.commitments.create(owner=owner, text="Cijfers", due_on=clock.today())
    day = clock.today() + SOON
    meeting = plan_meeting(table=table, held_on=day, location="Stadhuis", by=by)
    assert meeting.is_planned
    assert [item.title for item in meeting.themes.all()] == ["Tempo", "Tarief", PROMISES]
    assert {p.name for p in meeting.partners.all()} == {"Zorg Een", "Zorg Twee"}
    for wrong, code in ((day, "dag-bezet"), (clock.today() - SOON, "dag-voorbij")):
        with pytest.raises(DomainError) as refused:
            plan_meeting(table=table, held_on=wrong, by=by)
        assert refused.value.code == code
    with pytest.raises(NotAllowed):
        plan_meeting(table=table, held_on=day + SOON, by=made.users["council_member"])


def test_a_planned_meeting_and_a_missing_report_are_tasks(made, table):
    provider = seat(made, table)
    by, today = made.users["contract_manager"], clock.today()
    meeting = plan_meeting(table=table, held_on=today + SOON, by=by)
    until = today + 3 * SOON
    told = list(deadlines.table_meetings_until(made.region.pk, until))
    assert [(d.day, d.team) for d in told] == [
        (meeting.held_on, "policy_officer"), (meeting.held_on, "provider"),
    ]  # fmt: skip
    assert told[1].party_id == made.provider.organisation_id
    assert meeting in plans.meetings_visible_to(provider)
    Meeting.objects.update(held_on=today - timedelta(days=3))
    (report,) = deadlines.table_reports_until(made.region.pk, until)
    assert report.day == today + timedelta(days=11)
    assert not list(deadlines.table_meetings_until(made.region.pk, until))
    Meeting.objects.update(report="Gezegd.")
    assert not list(deadlines.table_reports_until(made.region.pk, until))


def test_a_move_is_written_down_at_the_meeting_where_it_was_spoken_of(made, table):
    by, issue = made.users["policy_officer"], table.issues.first()
    meeting = plan_meeting(table=table, held_on=clock.today(), by=by)
    policy.take(row=issue, move="mediate", by=by, reason="Niet eens.")
    assert [s.move for s in meeting.themes.get(issue=issue).steps.all()] == ["mediate"]
    Meeting.objects.update(held_on=clock.today() - timedelta(days=29))
    policy.take(row=issue, move="refer", by=by, reason="Nog niet.")
    assert [s.move for s in meeting.themes.get(issue=issue).steps.all()] == ["mediate"]


def test_an_item_and_a_promise_stay_at_their_own_table(made, table):
    by = made.users["policy_officer"]
    other = DevelopmentTable.objects.create(region=made.region, name="Ambulant")
    meeting = plan_meeting(table=other, held_on=clock.today(), by=by)
    owner = table.members.first().partner
    for row in (
        MeetingTheme(meeting=meeting, title="Tempo", issue=table.issues.first()),
        Commitment(table=table, owner=owner, text="X", due_on=clock.today(), meeting=meeting),
    ):
        with pytest.raises(ValidationError):
            policy.keep(row=row, by=by)


def test_a_contract_manager_keeps_meetings_of_tables_and_takes_no_other(made, table):
    by, day = made.users["contract_manager"], clock.today()
    meeting = plan_meeting(table=table, held_on=day, by=by)
    policy.keep(row=MeetingTheme(meeting=meeting, title="Rondvraag"), by=by)
    other = Meeting.objects.create(region=made.region, kind="council", title="Raad", held_on=day)
    other.table = table
    with pytest.raises(NotAllowed):
        policy.keep(row=other, by=by)


def test_what_is_agreed_becomes_the_plan_and_people_keep_their_words(made, table):
    by, owner = made.users["policy_officer"], table.members.first().partner
    with pytest.raises(DomainError, match="niets afgesproken"):
        draft_plan(table=table, by=by)
    first, second = table.issues.all()
    first.outcome = "In drie jaar."
    first.save()
    policy.take(row=first, move="agree", by=by, reason="Eens.")
    table.commitments.create(owner=owner, text="Cijfers leveren", due_on=clock.today())
    plan = draft_plan(table=table, by=by)
    table.refresh_from_db()
    assert table.plan == plan
    assert [(s.number, s.title) for s in plan.sections.all()] == [
        ("1", "Waarvoor deze tafel er is"), ("2", "Wat is afgesproken"), ("2.1", "Tempo"),
        ("3", "Wie wat doet"),
    ]  # fmt: skip
    section = plan.sections.get(number="2.1")
    first.refresh_from_db()
    assert first.section == section
    assert section.text.startswith("In drie jaar.")
    section.text = "Wij spraken af: drie jaar."
    section.save()
    second.outcome, second.state = "Samen delen.", "ruled"
    second.save()
    table.commitments.create(owner=owner, text="Tarief voorstellen", due_on=clock.today())
    draft_plan(table=TableIssue.objects.get(pk=first.pk).table, by=by)
    numbers = [s.number for s in plan.sections.all()]
    assert numbers == ["1", "2", "2.1", "2.2", "3"]
    section.refresh_from_db()
    assert section.text == "Wij spraken af: drie jaar."
    assert "Uitspraak opdrachtgever" in plan.sections.get(number="2.2").text
    promises = plan.sections.get(number="3").text
    assert promises.count("Cijfers leveren") == promises.count("Tarief voorstellen") == 1
    plan.state = "adopted"
    plan.save()
    with pytest.raises(DomainError, match="geen concept"):
        draft_plan(table=DevelopmentTable.objects.get(pk=table.pk), by=by)


def test_what_is_said_at_a_table_is_for_who_sits_there(made, table, client):
    by, issue = made.users["policy_officer"], table.issues.first()
    meeting = plan_meeting(table=table, held_on=clock.today(), by=by)
    partner = table.members.last().partner
    issue.positions.create(partner=partner, stance="against", text="Te snel.")
    page = f"/regio/{made.region.slug}/ontwikkeltafels/{table.pk}/"
    hears = {"policy_officer", "contract_manager", "regional_admin", "controller", "executive"}
    wrong = []
    for role, user in made.users.items():
        said = tables.positions_visible_to(user).exists()
        if said != (role in hears) or plans.meetings_visible_to(user).exists() != said:
            wrong.append(role)
    assert not wrong
    client.force_login(made.users["council_member"])
    text = client.get(page).content.decode()
    assert "Tempo" in text
    assert not {"Te snel.", partner.name + ": tegen", "Bijeenkomsten van deze tafel"} & {
        word for word in ("Te snel.", partner.name + ": tegen", "Bijeenkomsten van deze tafel")
        if word in text
    }  # fmt: skip
    assert client.get(f"/regio/{made.region.slug}/bijeenkomsten/{meeting.pk}/").status_code == 404
    client.force_login(made.users["provider"])
    assert client.get(page).status_code == 404
    seat(made, table)
    text = client.get(page).content.decode()
    assert "Te snel." in text
    assert meeting.title in text
