"""What the search finds of decisions, procedures and tables."""

import pytest

from core.ui import Place
from procurement.desk.finding import FINDABLE, find_decided
from tests.factories import a_region, with_users
from tests.procurement.policy import with_policy

pytestmark = pytest.mark.django_db


def test_each_kind_is_found_by_its_words_and_by_its_name(django_assert_max_num_queries):
    made = with_users(a_region())
    with_policy(made)
    place = Place(made.users["policy_officer"], made.region)
    asked = {
        "jeugdwet": "Kader", "waar gaat om": "Raadsvoorstel", "strategie vaststellen": "Besluit",
        "minder regels": "Motie of amendement", "reactienota": "Consultatie",
        "herziening": "Procedure", "verblijf": "Ontwikkeltafel", "tempo": "Vraagstuk",
    }  # fmt: skip
    wrong = []
    for words, noun in asked.items():
        if noun not in {hit.note.split(",")[0] for hit in find_decided(place, words, 20)}:
            wrong.append(words)
        if not list(find_decided(place, noun.split()[0], 20)):
            wrong.append(noun)
    assert not wrong
    assert len(asked) == len(FINDABLE)
    assert "Kader" not in {hit.note.split(",")[0] for hit in find_decided(place, "ade", 20)}
    with django_assert_max_num_queries(1):
        list(find_decided(place, "verblijf", 20))
    member = Place(made.users["council_member"], made.region)
    assert not list(find_decided(member, "verwervingsstrategie", 20))
    provider = Place(made.users["provider"], made.region)
    assert not [h for h in find_decided(provider, "tempo", 20) if "tafel" in h.url]
