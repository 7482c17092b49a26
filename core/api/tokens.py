"""Tokens of the API: shown once, stored as a digest, gone on their day."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from core import clock
from core.errors import DomainError

from .models import Token

LONGEST_DAYS = 365
DEFAULT_DAYS = 90
MOST_TOKENS = 20
# So long a token that ended stays in the list, so that people see what became of it.
SHOWN_AFTER_END = timedelta(days=30)


@transaction.atomic
def issue_token(*, user: Any, days: int = DEFAULT_DAYS, name: str = "token", by: Any = None) -> str:
    """A new token for a user or system. It is shown this once.

    Effects: one Token with a digest; those of the user that ended long ago are removed.
    """
    if not user.is_active:
        raise DomainError(f"{user} is niet actief en krijgt geen token.", code="niet-actief")
    if not 1 <= days <= LONGEST_DAYS:
        raise DomainError(
            f"Een token is 1 tot en met {LONGEST_DAYS} dagen geldig.", code="geldigheid-token"
        )
    now = clock.now()
    tokens_of(user).filter(expiry__lt=now - SHOWN_AFTER_END).delete()
    if tokens_of(user).filter(Q(expiry=None) | Q(expiry__gt=now)).count() >= MOST_TOKENS:
        raise DomainError(
            f"{user} heeft al {MOST_TOKENS} tokens. Trek er eerst een in.", code="te-veel-tokens"
        )
    _, text = Token.objects.create(user=user, expiry=timedelta(days=days), name=name, issued_by=by)
    return str(text)


def tokens_of(user: Any) -> QuerySet[Token]:
    return Token.objects.filter(user=user)


def withdraw_token(*, token: Token, by: Any) -> None:
    """The token opens nothing from now on. One that had ended stays as it is."""
    now = clock.now()
    open_still = Token.objects.filter(Q(expiry=None) | Q(expiry__gt=now), pk=token.pk)
    open_still.update(expiry=now, withdrawn_by=by)


def revoke_tokens(*, user: Any) -> int:
    """Every token of a user is removed; how many there were."""
    found = tokens_of(user).count()
    tokens_of(user).delete()
    return found
