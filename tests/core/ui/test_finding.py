"""Finding: accents, parts, several words, the best first, and few questions to the database."""

import pytest

from core.ui import Place, best_first, matches, search
from providers.models import Provider
from regions.enums import Role
from tests.factories import ProviderFactory, a_region, user_with

pytestmark = pytest.mark.django_db
FIELDS = ("name", "agb_code")


@pytest.fixture
def region():
    made = a_region()
    for name in ("Stichting Café Zorg", "Zorggroep Noord", "Jeugdhulp Zórgvuldig"):
        ProviderFactory(region=made.region, organisation__name=name, name=name)
    return made.region


def names(rows):
    return [row.name for row in rows]


@pytest.mark.parametrize("words", ["cafe", "CAFÉ", "afé zor", "zorg café", "stich caf"])
def test_accents_case_order_and_parts_do_not_matter(region, words):
    assert names(matches(Provider.objects.all(), words, FIELDS)) == ["Stichting Café Zorg"]


def test_every_word_must_be_found(region):
    assert names(matches(Provider.objects.all(), "café noord", FIELDS)) == []


def test_text_without_words_gives_all(region):
    assert matches(Provider.objects.all(), "  ", FIELDS).count() == Provider.objects.count()


def test_what_looks_most_like_it_comes_first(region):
    assert names(best_first(Provider.objects.all(), "zorggroep", FIELDS))[0] == "Zorggroep Noord"
    found = names(best_first(Provider.objects.all(), "zorg", FIELDS))
    assert found[0] == "Stichting Café Zorg"
    assert len(found) == 3


def test_a_row_with_many_finds_comes_once():
    made = a_region()
    goals = made.segments[0].goals
    goals.create(number="8", text="Wachttijd korter", order=8)
    goals.create(number="9", text="Wachttijd eerlijk", order=9)
    found = best_first(type(made.segments[0]).objects.all(), "wachttijd", ("name", "goals__text"))
    assert list(found) == [made.segments[0]]


def test_wildcards_are_just_characters(region):
    assert not matches(Provider.objects.all(), "%", FIELDS).exists()


def test_one_search_asks_little_of_the_database(region, django_assert_max_num_queries):
    user = user_with(Role.CONTRACT_MANAGER, region)
    place = Place(user, region)
    search(place, "zorg")
    with django_assert_max_num_queries(26):
        found = search(place, "zorg")
    assert "Aanbieders" in [source.title for source, _ in found]


def test_another_region_is_not_searched(region):
    other = a_region(slug="zuid", name="Regio Zuid")
    place = Place(user_with(Role.CONTRACT_MANAGER, other.region), other.region)
    assert not [s for s, hits in search(place, "Café") if hits]
