"""Who did what, when: as sentences, whatever path the change took."""

import pghistory
import pytest
from django.db import connection

from core.audit.queries import Change, history_of
from tests.factories import ContractPhaseFactory, ProviderFactory, UserFactory

pytestmark = pytest.mark.django_db


def told(obj: object) -> list[tuple[str, str]]:
    return [(entry.who, entry.what) for entry in history_of(obj)]  # type: ignore[arg-type]


def test_changes_are_told_newest_first_with_old_and_new() -> None:
    provider = ProviderFactory(name="De Brug")
    with pghistory.context(user=UserFactory(name="Jan de Vries").pk):
        provider.name = "De Nieuwe Brug"
        provider.kind = "small"
        provider.save()
    newest, oldest = history_of(provider)
    assert (newest.who, newest.what) == ("Jan de Vries", "wijzigde aanbieder ‘De Nieuwe Brug’")
    assert newest.changes == (
        Change("naam", "De Brug", "De Nieuwe Brug"),
        Change("soort", "aanbieder", "kleine praktijk"),
    )
    assert (oldest.who, oldest.what) == ("Het systeem", "voegde aanbieder ‘De Brug’ toe")


def test_raw_sql_is_seen_too() -> None:
    provider = ProviderFactory(name="De Brug")
    with connection.cursor() as cursor:
        cursor.execute("update providers_provider set legal_form = 'bv'")
    assert history_of(provider)[0].changes == (Change("rechtsvorm", "leeg", "bv"),)


def test_parts_are_told_with_the_whole() -> None:
    phase = ContractPhaseFactory(name="Ontwikkelen")
    contract = phase.contract
    phase.delete()
    # Not the first: within one transaction all of it happened at the same moment.
    assert ("Het systeem", "verwijderde contractfase ‘Ontwikkelen’") in told(contract)
