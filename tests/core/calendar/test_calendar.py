"""One calendar: what each app gives, for who may see it, on the page and for calendar programs."""

from datetime import date

import pytest
from django.urls import reverse
from icalendar import Calendar

from core.calendar.api import entries, sources
from core.tasks.domain import calendar as calendar_keys
from core.ui import Place
from procurement.models import Meeting, PlannedEvent, PlanStep
from regions.enums import Role
from tests.factories import a_region, with_users
from tests.procurement.policy import with_policy

pytestmark = pytest.mark.django_db
YEARS = (date(2015, 1, 1), date(2035, 12, 31))


@pytest.fixture
def made():
    return with_users(a_region())


@pytest.fixture(autouse=True)
def policy(made):
    return with_policy(made)


def titles(user, region, **asked):
    return [one.entry.title for one in entries(Place(user, region), *YEARS, **asked)]


def test_local_regional_and_national_planning_stand_together(made):
    town = made.municipalities[0]
    PlannedEvent.objects.create(
        region=made.region, level="national", title="Wet", start_on=date(2027, 1, 1)
    )
    PlannedEvent.objects.create(
        region=made.region,
        level="local",
        title="Raad",
        start_on=date(2026, 5, 1),
        municipality=town,
    )
    user = made.users[Role.POLICY_OFFICER]
    assert {"Wet", "Raad", "Start", "Raden bijeen"} <= set(titles(user, made.region))
    assert titles(user, made.region, level="landelijk") == ["Wet", "Wijziging van de Jeugdwet"]
    assert titles(user, made.region, codes=("meetings",)) == ["Raden bijeen"]


def test_a_period_shows_when_any_of_its_days_is_asked(made):
    PlannedEvent.objects.create(
        region=made.region, level="national", title="Advies", start_on=date(2028, 1, 1),
        end_on=date(2028, 12, 31),
    )  # fmt: skip
    place = Place(made.users[Role.POLICY_OFFICER], made.region)
    inside = entries(place, date(2028, 12, 31), date(2029, 6, 1), codes=("events",))
    assert [one.entry.title for one in inside] == ["Advies"]
    assert entries(place, date(2029, 1, 1), date(2029, 6, 1), codes=("events",)) == []


@pytest.mark.parametrize("role", list(Role))
def test_what_is_confidential_has_no_day(made, policy, role):
    secret = policy.secret
    secret.valid_from = date(2026, 2, 1)
    secret.save()
    Meeting.objects.create(
        region=made.region, kind="board", title="Mandaat", held_on=date(2026, 2, 2),
        confidentiality="confidential",
    )  # fmt: skip
    user = made.users[role]
    inside = role in (
        Role.REGIONAL_ADMIN, Role.CONTRACT_MANAGER, Role.POLICY_OFFICER, Role.CONTROLLER,
        Role.EXECUTIVE,
    )  # fmt: skip
    found = " ".join(titles(user, made.region))
    assert ("Verwervingsstrategie" in found) == inside
    assert ("Mandaat" in found) == inside


def test_the_file_keeps_the_name_of_an_event_that_moves(made, client):
    step = PlanStep.objects.get(procedure__region=made.region)
    client.force_login(made.users[Role.POLICY_OFFICER])
    address = reverse("calendar-file", args=[made.region.slug]) + "?vanaf=2026-01-01&tot=2027-01-01"

    def days():
        events = Calendar.from_ical(client.get(address).content).walk("VEVENT")
        return {str(e["uid"]): e.decoded("dtstart") for e in events if e["summary"] == "Start"}

    before = days()
    step.end_on = date(2026, 9, 1)
    step.save()
    assert before.keys() == days().keys()
    assert list(days().values()) == [date(2026, 9, 1)]


def test_a_calendar_program_reads_what_its_owner_may_see(made, client):
    address = calendar_keys.renew(user=made.users[Role.COUNCIL_MEMBER])
    secret = address.rsplit("/", 1)[1].removesuffix(".ics")
    feed = reverse("planning-feed", args=[secret, made.region.slug])
    assert client.get(feed + "?vanaf=2026-01-01").status_code == 200
    assert client.get(reverse("planning-feed", args=["fout", made.region.slug])).status_code == 404
    elsewhere = a_region(slug="zuid", name="Regio Zuid").region
    assert client.get(reverse("planning-feed", args=[secret, elsewhere.slug])).status_code == 404


def test_every_source_has_a_name_of_its_own():
    labels = [source.label for source in sources()]
    assert len(labels) == len(set(labels)) >= 9
