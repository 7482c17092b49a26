"""Rounds that change many tariffs or contracts, as far as somebody may see them."""

from typing import Any

from django.db.models import QuerySet

from ..models import ChangeRound, IndexationRun
from .contracts import readable_region_ids


def change_rounds_visible_to(user: Any) -> QuerySet[ChangeRound]:
    return ChangeRound.objects.filter(region__in=readable_region_ids(user))


def runs_visible_to(user: Any) -> QuerySet[IndexationRun]:
    return IndexationRun.objects.filter(region__in=readable_region_ids(user))
