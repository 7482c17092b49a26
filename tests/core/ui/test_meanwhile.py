"""Two people change one row: the second sees what changed, and nothing is lost."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html

from providers.models import Provider
from regions.enums import Role
from segments.models import SegmentGoal
from tests.factories import a_region, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return a_region()


@pytest.fixture
def people(made, client_of):
    return [client_of(user_with(Role.REGIONAL_ADMIN, made.region)) for _ in "ab"]


@pytest.fixture
def client_of(settings):
    settings.MFA_REQUIRED = False

    def sign_in(user):
        client = Client()
        client.force_login(user)
        return client

    return sign_in


def inputs(page) -> dict[str, object]:
    """What a browser would post of the form on this page."""
    form = html.fromstring(page.content).xpath("//form[contains(@class, 'jr-form')]")[0]
    return dict(form.form_values())


@pytest.fixture
def address(made):
    return reverse("provider-change", args=[made.region.slug, made.provider.pk])


def test_who_saves_second_overwrites_nothing_and_sees_both(people, address, made):
    first, second = people
    one, two = inputs(first.get(address)), inputs(second.get(address))
    assert first.post(address, one | {"name": "Naam van de eerste"}).status_code == 302
    page = second.post(address, two | {"name": "Naam van de tweede"})
    made.provider.refresh_from_db()
    assert (page.status_code, made.provider.name) == (409, "Naam van de eerste")
    text = page.content.decode()
    assert "Naam van de eerste" in text
    assert "Naam van de tweede" in text
    assert "allebei gewijzigd" in text
    assert re.search(r"<strong>Gebruiker \d+</strong> wijzigde", text)


@pytest.mark.parametrize(
    ("choice", "name"), [("mine", "Naam van de tweede"), ("theirs", "Naam van de eerste")]
)
def test_the_second_chooses_what_stays(people, address, made, choice, name):
    first, second = people
    one, two = inputs(first.get(address)), inputs(second.get(address))
    first.post(address, one | {"name": "Naam van de eerste"})
    asked = inputs(second.post(address, two | {"name": "Naam van de tweede"}))
    assert second.post(address, asked | {"_keep-name": choice}).status_code == 302
    made.provider.refresh_from_db()
    assert made.provider.name == name


def test_changes_in_different_fields_are_both_kept_without_choosing(people, address, made):
    first, second = people
    one, two = inputs(first.get(address)), inputs(second.get(address))
    first.post(address, one | {"name": "Nieuwe naam"})
    page = second.post(address, two | {"chamber_of_commerce_number": "87654321"})
    assert "allebei gewijzigd" not in page.content.decode()
    second.post(address, inputs(page))
    made.provider.refresh_from_db()
    assert made.provider.name == "Nieuwe naam"
    assert made.provider.chamber_of_commerce_number == "87654321"


def test_a_third_change_during_the_choice_is_seen_again(people, address, made):
    first, second = people
    two = inputs(second.get(address))
    first.post(address, inputs(first.get(address)) | {"name": "Een"})
    asked = inputs(second.post(address, two | {"name": "Twee"}))
    Provider.objects.filter(pk=made.provider.pk).update(name="Drie")
    page = second.post(address, asked | {"_keep-name": "mine"})
    assert page.status_code == 409
    assert "Drie" in page.content.decode()


def test_typing_what_the_other_also_typed_is_no_clash(people, address):
    first, second = people
    one, two = inputs(first.get(address)), inputs(second.get(address))
    first.post(address, one | {"name": "Zelfde"})
    assert second.post(address, two | {"name": "Zelfde"}).status_code == 302


def test_a_change_of_the_row_alone_is_seen_though_the_form_was_refused_before(people, address):
    first, second = people
    two = inputs(second.get(address))
    refused = second.post(address, two | {"name": ""})
    assert refused.status_code == 422
    first.post(address, inputs(first.get(address)) | {"name": "Een"})
    assert second.post(address, inputs(refused) | {"name": "Twee"}).status_code == 409


def test_what_was_typed_about_a_row_that_is_gone_can_be_copied(people, made):
    goal = SegmentGoal.objects.create(segment=made.segments[0], text="Weg", order=9)
    address = reverse("goal-change", args=[made.region.slug, goal.pk])
    typed = inputs(people[0].get(address)) | {"text": "Mijn lange tekst"}
    goal.delete()
    page = people[0].post(address, typed)
    assert page.status_code == 409
    assert "Mijn lange tekst" in page.content.decode()


def test_a_token_of_another_row_or_made_up_opens_no_hidden_row(people, made, address):
    token = inputs(people[0].get(address))["_shown"]
    elsewhere = reverse("provider-change", args=[made.region.slug, made.provider.pk + 1000])
    assert people[0].post(elsewhere, {"_shown": token}).status_code == 404
    assert people[0].post(elsewhere, {"_shown": "verzonnen"}).status_code == 404
