"""A small region made up by chance, with its figures counted in plain Python."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from core.periods import HalfYear
from monitoring.domain.quantities import Figure, Place

FIRST = HalfYear(2024, 1)
HALVES = tuple(FIRST.until(HalfYear(2025, 1)))
MUNICIPALITIES = ("0361", "0363", "0373", "0376")
SEGMENTS = ("A", "B", "C")
REASONS = ("", "", "31", "31", "31", "32", "35", "38", "39")


@dataclass(frozen=True)
class Care:
    """A trajectory of a half-year: who, where, whether it began, how it ended, what it cost."""

    half: HalfYear
    client: int
    municipality: str
    segment: str
    provider: int
    begins: bool
    in_time: bool
    referrer: str
    reason: str
    returns: bool
    euros: int


def random_care(seed: int, youths: int = 260) -> list[Care]:
    chance = random.Random(seed)
    return [
        _one(chance, half, client, home)
        for half in HALVES
        for client in range(youths)
        for home in [chance.choices(MUNICIPALITIES, (12, 5, 3, 1))[0]]
        for _ in range(chance.choice((1, 1, 1, 2)))
    ]


def _one(chance: random.Random, half: HalfYear, client: int, home: str) -> Care:
    moves = chance.random() < 0.02
    return Care(
        half=half,
        client=client,
        municipality=chance.choice(MUNICIPALITIES) if moves else home,
        segment=chance.choices(SEGMENTS, (6, 3, 1))[0],
        provider=chance.choices(range(8), (9, 5, 4, 2, 1, 1, 1, 1))[0],
        begins=chance.random() < 0.6,
        in_time=chance.random() < 0.7,
        referrer=chance.choice(("01", "02", "02", "unknown")),
        reason=chance.choice(REASONS),
        returns=chance.random() < 0.2,
        euros=chance.randrange(500, 20_000),
    )


def places() -> Iterator[Place]:
    for municipality in ("", *MUNICIPALITIES):
        for segment in ("", *SEGMENTS):
            yield Place(municipality, segment)


def within(care: list[Care], half: HalfYear, place: Place) -> list[Care]:
    return [
        c
        for c in care
        if c.half == half
        and place.municipality in ("", c.municipality)
        and place.segment in ("", c.segment)
    ]


def figures_of(care: list[Care]) -> list[Figure]:
    rows = [
        (half, place, row)
        for half in HALVES
        for place in places()
        for row in _rows(within(care, half, place), within(care, half.shift(-2), place))
    ]
    return [
        Figure(pk, half, code, place, _decimal(numerator), _decimal(denominator), *behind)
        for pk, (half, place, (code, numerator, denominator, *behind)) in enumerate(rows, 1)
    ]


def _decimal(number: int | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def _rows(here: list[Care], year_ago: list[Care]) -> Iterator[tuple]:
    started = [c for c in here if c.begins]
    stopped = [c for c in here if c.reason]
    planned = [c for c in year_ago if c.reason == "31"]
    clients = {c.client for c in here}

    def ended(*reasons: str) -> int:
        return sum(c.reason in reasons for c in stopped)

    yield "clients", len(clients), None, None, None
    yield "inflow", len(started), None, None, None
    yield "outflow", len(stopped), None, None, None
    for code, reason in (("plan", "31"), ("provider", "38"), ("domain", "39")):
        yield f"outflow_{code}", ended(reason), len(stopped), None, None
    yield "spend", sum(c.euros for c in here), None, len(clients), len({c.provider for c in here})
    if started:
        yield "wait_p50", None, len(started), None, None
        yield "wait_within_norm", sum(c.in_time for c in started), len(started), None, None
        for code in ("01", "02"):
            referred = sum(c.referrer == code for c in started)
            yield f"referrer_share_{code}", referred, len(started), None, None
    if stopped:
        yield "dropout_rate", ended("32"), len(stopped), None, None
        yield "duration_p50", None, len(stopped), None, None
    if planned:
        yield "repeat_care_rate", sum(c.returns for c in planned), len(planned), None, None
