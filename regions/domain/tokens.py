"""Giving out and withdrawing tokens of the API, within what a role allows."""

from typing import Any

from core.api import tokens
from core.api.models import Token

from ..rules import check_can_give_token, check_can_withdraw_token


def give(*, user: Any, name: str, days: int, by: Any) -> str:
    """A new token for oneself or for a system that one keeps; its text is shown this once."""
    check_can_give_token(by, user)
    return tokens.issue_token(user=user, name=name, days=days, by=by)


def withdraw(*, token: Token, by: Any) -> None:
    """The token opens nothing from now on."""
    check_can_withdraw_token(by, token)
    tokens.withdraw_token(token=token, by=by)
