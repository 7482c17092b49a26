"""What comes in: strict JSON, and no field that the resource does not know."""

import json
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser

from core.states import StateTable

MOST_BYTES = 1 << 20
DEEPEST = 20


class TooLarge(APIException):
    status_code = 413
    default_detail = f"De inhoud is groter dan {MOST_BYTES // 1024} kB."


class StrictJson(BaseParser):
    """JSON without double keys, NaN, half characters, zero bytes or deep nesting."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        content = stream.read(MOST_BYTES + 1)
        if len(content) > MOST_BYTES:
            raise TooLarge
        try:
            text = content.decode("utf-8")
            found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
            _check(found)
        except (ValueError, RecursionError) as error:
            raise ParseError(f"De inhoud is geen geldige JSON: {_reason(error)}.") from error
        return found


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"regel {error.lineno}, plaats {error.colno}"
    if isinstance(error, UnicodeDecodeError):
        return "de tekst is geen UTF-8"
    return "te diep genest" if isinstance(error, RecursionError) else str(error)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("een veld staat er twee keer in")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is geen getal")


def _check(value: Any, depth: int = 0) -> None:
    if depth > DEEPEST:
        raise RecursionError
    if isinstance(value, dict):
        for key, inner in value.items():
            _check(key, depth + 1)
            _check(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _check(inner, depth + 1)
    elif isinstance(value, str) and ("\0" in value or _has_half_character(value)):
        raise ValueError("de tekst bevat een teken dat niet kan worden bewaard")


def _has_half_character(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


class Input(serializers.Serializer[Any]):
    """Fields that a request may carry; any other is refused by name."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (unknown := sorted(set(data) - set(self.fields))):
            known = ", ".join(self.fields)
            raise serializers.ValidationError(
                {str(key)[:60]: [f"Onbekend veld. Mogelijk: {known}."] for key in unknown}
            )
        return super().to_internal_value(data)


class StepOf(serializers.ChoiceField):
    """A move of one table, by its slug (`StateTable.name_of`); gives the name of the move."""

    def __init__(self, table: StateTable, *, leave: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.table = table
        self.slugs = {move.name: move.slug for move in table.moves if move.name not in leave}
        super().__init__([(slug, slug) for slug in self.slugs.values()], **kwargs)

    def to_internal_value(self, data: Any) -> str:
        name = self.table.name_of(str(data))
        super().to_internal_value(self.slugs.get(name, data))
        return name


class KeyOf(serializers.IntegerField):
    """The key of a row that the user may see; becomes the row. One that he may not see is not told
    from one that is not there."""

    def __init__(
        self, visible: Callable[[Any], QuerySet[Any]], *, noun: str = "rij", **kwargs: Any
    ) -> None:
        self.visible, self.noun = visible, noun
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> Any:
        key = super().to_internal_value(data)
        seen = self.visible(self.context["request"].user)
        found = seen.filter(pk=key).first() if 0 < key < 2**63 else None
        if found is None:
            raise serializers.ValidationError(f"Er is geen {self.noun} met deze sleutel.")
        return found
