"""What the resources of interpreting and steering share: one verb keeps, one removes, one moves."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import QuerySet
from rest_framework import serializers

from core.api.rest import KeepView, MoveView
from core.errors import NotAllowed
from regions.models import Municipality
from regions.queries.access import access_of, regions_visible_to
from regions.queries.membership import municipalities_ever_in

from ..domain.steering import rows
from ..rules.steering import INSIDE, PARTNERS

OPTIONAL: dict[str, Any] = {"required": False, "allow_blank": True}
EMPTY: dict[str, Any] = {"required": False, "allow_null": True}


class KeyOf(serializers.IntegerField):
    """The key of a row that the user may see; becomes the row."""

    def __init__(self, visible: Callable[[Any], QuerySet[Any]], **kwargs: Any) -> None:
        self.visible = visible
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> Any:
        key = super().to_internal_value(data)
        seen = self.visible(self.context["request"].user)
        found = seen.filter(pk=key).first() if 0 < key < 2**63 else None
        if found is None:
            raise serializers.ValidationError("Er is geen rij met deze sleutel.")
        return found


class PlaceChoice(serializers.CharField):
    """A municipality of one of the user's regions by its CBS code; becomes the Municipality."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"help_text": "CBS-code, vier cijfers.", **kwargs})

    def to_internal_value(self, data: Any) -> Any:
        code = super().to_internal_value(data)
        for region in regions_visible_to(self.context["request"].user):
            found = municipalities_ever_in(region).filter(gm_code=code).first()
            if isinstance(found, Municipality):
                return found
        raise serializers.ValidationError("Deze gemeente hoort niet bij uw regio.")


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
        rows.take(row=row, move=move.replace("-", "_"), by=self.request.user, reason=reason)
