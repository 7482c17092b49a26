"""What upper apps add to the written account of a provider."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from core.ui import Place
from core.writing import Block


@dataclass(frozen=True)
class AccountPart:
    """A part of the account; `write(place, provider)` gives its blocks, none to stay away."""

    code: str
    order: int
    write: Callable[[Place, Any], Iterable[Block]]


_parts: dict[str, AccountPart] = {}


def register_account_part(part: AccountPart) -> None:
    _parts[part.code] = part


def account_parts() -> list[AccountPart]:
    return sorted(_parts.values(), key=lambda part: (part.order, part.code))
