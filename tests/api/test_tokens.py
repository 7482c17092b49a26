"""Tokens: one statement finds them; their use is kept; what ended opens nothing."""

from datetime import timedelta

import pytest

from core import clock
from core.api.models import Token
from core.api.tokens import MOST_TOKENS, issue_token, withdraw_token
from core.errors import DomainError
from tests.factories import UserFactory

from .conftest import api_of

pytestmark = pytest.mark.django_db


def test_its_use_is_kept_to_the_quarter_of_an_hour(world):
    api = api_of(world.user("contract_manager"))
    token = Token.objects.get()
    assert token.last_used_at is None
    api.get("regios")
    token.refresh_from_db()
    first = token.last_used_at
    assert first is not None
    api.get("regios")
    token.refresh_from_db()
    assert token.last_used_at == first
    Token.objects.update(last_used_at=first - timedelta(minutes=16))
    api.get("regios")
    token.refresh_from_db()
    assert token.last_used_at >= first


def test_a_withdrawn_token_opens_nothing(world):
    user = world.user("contract_manager")
    api = api_of(user)
    withdraw_token(token=Token.objects.get(), by=user)
    assert api.get("regios").status_code == 401


def test_a_user_who_is_no_longer_active_is_refused(world):
    user = world.user("contract_manager")
    api = api_of(user)
    user.is_active = False
    user.save()
    assert api.get("regios").status_code == 401


def test_nobody_has_more_tokens_than_he_can_oversee():
    user = UserFactory()
    for _ in range(MOST_TOKENS):
        issue_token(user=user)
    with pytest.raises(DomainError, match="Trek er eerst een in"):
        issue_token(user=user)
    Token.objects.filter(pk=Token.objects.first().pk).update(expiry=clock.now())
    issue_token(user=user)
    with pytest.raises(DomainError, match="Trek er eerst een in"):
        issue_token(user=user)


def test_what_ended_long_ago_leaves_the_list(world):
    user = world.user("contract_manager")
    issue_token(user=user, name="oud")
    Token.objects.update(expiry=clock.now() - timedelta(days=31))
    issue_token(user=user, name="nieuw")
    assert [t.name for t in Token.objects.all()] == ["nieuw"]


def test_who_made_and_withdrew_a_token_is_recorded_without_the_token():
    user = UserFactory()
    text = issue_token(user=user, name="kasboek", by=user)
    token = Token.objects.get()
    withdraw_token(token=token, by=user)
    events = list(token.events.model.objects.order_by("pgh_id").values())
    assert [e["pgh_label"] for e in events] == ["insert", "update"]
    assert events[1]["withdrawn_by_id"] == user.pk
    assert not any(text[:15] in str(e) or token.digest in str(e) for e in events)
