"""Tokens of the API: shown once, stored as a digest, gone on their day."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from knox.models import AuthToken

from core import clock
from core.errors import DomainError

LONGEST_DAYS = 365
DEFAULT_DAYS = 90


@transaction.atomic
def issue_token(*, user: Any, days: int = DEFAULT_DAYS) -> str:
    """A new token for a user or system. It is shown this once.

    Effects: one AuthToken with a digest; those of the user that expired are removed.
    """
    if not user.is_active:
        raise DomainError(f"{user} is niet actief en krijgt geen token.", code="niet-actief")
    if not 1 <= days <= LONGEST_DAYS:
        raise DomainError(
            f"Een token is 1 tot en met {LONGEST_DAYS} dagen geldig.", code="geldigheid-token"
        )
    tokens_of(user).filter(expiry__lt=clock.now()).delete()
    _, token = AuthToken.objects.create(user=user, expiry=timedelta(days=days))
    return str(token)


def tokens_of(user: Any) -> "QuerySet[AuthToken]":
    return AuthToken.objects.filter(user=user).order_by("-created")


def revoke_tokens(*, user: Any) -> int:
    """Every token of a user ends now; how many there were."""
    removed, _ = tokens_of(user).delete()
    return int(removed)
