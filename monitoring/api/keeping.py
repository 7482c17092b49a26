"""What the resources of interpreting and steering share: one verb keeps, one removes, one moves."""

from typing import Any, ClassVar

from rest_framework import serializers

from core.api.rest import KeepView, MoveView
from core.errors import NotAllowed
from regions.queries.access import access_of

from ..domain.steering import rows
from ..rules.steering import INSIDE, PARTNERS

OPTIONAL: dict[str, Any] = {"required": False, "allow_blank": True}
EMPTY: dict[str, Any] = {"required": False, "allow_null": True}


def check_takes_part(user: Any) -> None:
    if not access_of(user).has(*PARTNERS):
        raise NotAllowed("Dit is voor de regio, de toegang, bestuurders en aanbieders.")


def check_inside(user: Any) -> None:
    if not access_of(user).has(*INSIDE):
        raise NotAllowed("Dit is voor de regio, de toegang en bestuurders.")


def check_has_a_role(user: Any) -> None:
    """Everybody: what they see is a question of the rows."""


class SteeringView(KeepView):
    """`model` below `places[0]`, kept by the verbs that the pages call."""

    model: ClassVar[Any]
    check_access = staticmethod(check_takes_part)

    def new_row(self, place: dict[str, Any]) -> Any:
        return self.model(**place)

    def keep(self, row: Any) -> Any:
        return rows.keep(row=row, by=self.request.user)

    def remove(self, row: Any) -> None:
        rows.remove(row=row, by=self.request.user)


class MovingView(SteeringView, MoveView):
    def make_move(self, row: Any, move: str, reason: str, more: dict[str, Any]) -> None:
        rows.take(row=row, move=move, by=self.request.user, reason=reason)


def long_text(source: str, **kwargs: Any) -> serializers.CharField:
    return serializers.CharField(source=source, max_length=20_000, **kwargs)
