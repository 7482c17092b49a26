"""Tokens of the API: shown once, stored as a digest, gone on their day."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from core import clock
from core.errors import DomainError

from .models import Token

LONGEST_DAYS = 365
DEFAULT_DAYS = 90
MOST_TOKENS = 20


@transaction.atomic
def issue_token(*, user: Any, days: int = DEFAULT_DAYS, name: str = "token", by: Any = None) -> str:
    """A new token for a user or system. It is shown this once.

    Effects: one Token with a digest; those of the user that expired are removed.
    """
    if not user.is_active:
        raise DomainError(f"{user} is niet actief en krijgt geen token.", code="niet-actief")
    if not 1 <= days <= LONGEST_DAYS:
        raise DomainError(
            f"Een token is 1 tot en met {LONGEST_DAYS} dagen geldig.", code="geldigheid-token"
        )
    tokens_of(user).filter(expiry__lt=clock.now()).delete()
    if tokens_of(user).count() >= MOST_TOKENS:
        raise DomainError(
            f"{user} heeft al {MOST_TOKENS} tokens. Trek er eerst een in.", code="te-veel-tokens"
        )
    _, text = Token.objects.create(user=user, expiry=timedelta(days=days), name=name, issued_by=by)
    return str(text)


def tokens_of(user: Any) -> "QuerySet[Token]":
    return Token.objects.filter(user=user)


@transaction.atomic
def withdraw_token(*, token: Token) -> None:
    """The token opens nothing from now on."""
    token.delete()


def revoke_tokens(*, user: Any) -> int:
    """Every token of a user ends now; how many there were."""
    found = list(tokens_of(user))
    tokens_of(user).delete()
    return len(found)
