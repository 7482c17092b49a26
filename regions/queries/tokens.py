"""Tokens of the API, for their owner and for who keeps the systems of a region."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from core.api.models import Token

from ..enums import Role
from ..models import RoleAssignment
from .people import managed_roles


def systems_managed_by(user: Any) -> QuerySet[Any]:
    """Systems all of whose roles the user keeps.

    One with a role elsewhere, or with another kind of role, is not among them: its token would open
    more than the user may give.
    """
    given = managed_roles(user).filter(role=Role.API_CLIENT)
    other = RoleAssignment.objects.exclude(pk__in=given.values("pk"))
    return (
        get_user_model()
        .objects.filter(is_active=True, pk__in=given.values("user"))
        .exclude(pk__in=other.values("user"))
        .order_by("name", "pk")
    )


def tokens_visible_to(user: Any) -> QuerySet[Token]:
    """The user's own tokens, and those of systems that he keeps."""
    return Token.objects.filter(Q(user=user) | Q(user__in=systems_managed_by(user))).select_related(
        "user", "issued_by", "withdrawn_by"
    )
