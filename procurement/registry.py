"""What upper floors tell procurement; it asks them by these doors."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class InCare:
    """Clients in care of one product and municipality: a number, never a person."""

    product_code: str
    gm_code: str
    clients: int


@dataclass(frozen=True)
class CareCount:
    """`clients` counts each client once; a client with two products stands on two lines."""

    clients: int
    lines: tuple[InCare, ...]


Counter = Callable[[int, Collection[str], date, str], CareCount]
_counter: list[Counter] = []


def register_counter(counter: Counter) -> None:
    """`counter(region_id, agb_codes, day, product_code)` counts the clients in care on a day; an
    empty product code means all. Registered by the floor that keeps care."""
    _counter[:] = [counter]


def count_in_care(
    region_id: int, agb_codes: Iterable[str], day: date, product_code: str = ""
) -> CareCount | None:
    """None where nobody counts."""
    if not _counter:
        return None
    return _counter[0](region_id, frozenset(agb_codes), day, product_code)
