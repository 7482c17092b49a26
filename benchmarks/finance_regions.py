"""Regions whose future is known, to hold the forecast against.

Two generators that share nothing with the estimator: care told and declared by `simulation`, and a
ledger of amounts with the mishaps that a simulated child does not have (providers that fall silent
and catch up, habits of declaring that change, a bulk that comes late).
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from simulation import load_profile
from simulation.billing import Answered, Declared, Line
from simulation.days import month_of
from simulation.profile import Profile, Shift
from simulation.region import simulated

Drift = Callable[[int], float]
Key = tuple[str, str, int, int]


@dataclass(frozen=True)
class KnownRegion:
    """`moved` holds cents per (municipality, segment, care month, known month), `sent` cents per
    (segment, provider, known month), `truth` what a care month came to in the end. Months count
    from the year 0; `index` per year, as a share."""

    name: str
    moved: dict[Key, int]
    sent: dict[tuple[str, str, int], int]
    truth: dict[tuple[str, str, int], int]
    index: dict[int, float]
    first: int
    last: int

    def year(self, year: int, municipality: str = "", segment: str = "") -> float:
        """What a calendar year came to, in euros."""
        return (
            sum(
                cents
                for (m, s, month), cents in self.truth.items()
                if month // 12 == year and municipality in ("", m) and segment in ("", s)
            )
            / 100
        )


# -- care by children ---------------------------------------------------------------------------

VARIANTS: tuple[tuple[str, float, tuple[Shift, ...]], ...] = (
    ("alkmaar", 0.02, ()),
    ("alkmaar", -0.02, ()),
    ("alkmaar", 0.05, ()),
    ("alkmaar", 0.0, (Shift("HA", date(2024, 7, 1), 24, inflow=0.8, duration=0.9),)),
)


def region_of_children(seed: int, *, years: int = 5, lines: int = 60_000) -> KnownRegion:
    """Declarations of `years` years from 2021 on; refusals count as spend taken back."""
    name, growth, shifts = VARIANTS[seed % len(VARIANTS)]
    profile = load_profile(name)
    own = {year: 0.02 + 0.01 * ((seed + year) % 4) for year in range(2022, 2030)}
    profile = replace(
        profile, since=date(2021, 1, 1), growth=growth, indexation=own, worse=(),
        shifts=shifts if shifts else profile.shifts if seed % 2 else (),
    )  # fmt: skip
    until = date(2020 + years, 12, 31)
    return _walk(profile, seed, until, lines)


def _walk(profile: Profile, seed: int, until: date, lines: int) -> KnownRegion:
    # Beyond the last day, so that its last month is billed too.
    horizon = until + timedelta(days=62)
    region = simulated(profile, seed=seed, until=until, lines=lines, plant="none", horizon=horizon)
    moved: dict[Key, int] = defaultdict(int)
    sent: dict[tuple[str, str, int], int] = defaultdict(int)
    truth: dict[tuple[str, str, int], int] = defaultdict(int)
    for month in region.months():
        for item in month.items:
            for (place, segment, provider), care, on, cents in _amounts(item):
                if on <= until.toordinal():
                    moved[place, segment, month_of(care), month_of(on)] += cents
                    sent[segment, provider, month_of(on)] += cents
    for (care, municipality, segment, _), cents in region.truth.money.items():
        truth[municipality, segment, care] += cents
    return KnownRegion(
        name=f"{profile.name} {seed}",
        moved={key: cents for key, cents in moved.items() if cents},
        sent=dict(sent),
        truth=dict(truth),
        index=profile.indexation,
        first=profile.since.year * 12,
        last=until.year * 12 + until.month - 1,
    )


def _amounts(item: object) -> Iterator[tuple[tuple[str, str, str], int, int, int]]:
    if isinstance(item, Declared):
        for line in item.lines:
            yield _place(line), line.begin, item.on, line.signed
    elif isinstance(item, Answered):
        refused = item.declared.lines if item.refused is None else item.refused
        for line in refused:
            yield _place(line), line.begin, item.on, -line.signed


def _place(line: Line) -> tuple[str, str, str]:
    found = line.trajectory
    return found.municipality, found.product.segment, found.provider.agb


# -- a ledger with mishaps ------------------------------------------------------------------------

SEGMENTS = (("S1", 0.35, 0.06), ("S2", 0.3, 0.04), ("S3", 0.2, 0.08), ("S4", 0.15, 0.03))
SEASON = (1.03, 0.98, 1.06, 1.0, 1.0, 1.04, 0.86, 0.78, 1.05, 1.08, 1.08, 1.04)
LONGEST = 24


@dataclass
class Book:
    """One provider's amounts in one cell: how much, how prompt, and when it was silent."""

    share: float
    prompt: float
    fade: float
    silent: tuple[int, int]
    noise: float
    until: int


def ledger_region(seed: int, *, years: int = 5) -> KnownRegion:
    """Amounts by a walk of the region's level, a walk of each segment, noise per provider.

    Mishaps: a share of the providers is silent for two to five months and then sends all at once;
    in half of the regions everybody becomes prompter from a month on; a provider may stop; less
    is sent in August and December.
    """
    dice = Random(f"ledger {seed}")
    first, months = 2021 * 12, years * 12 + 24
    growth = dice.choice((-0.03, 0.0, 0.02, 0.04, 0.07)) / 12
    bend = dice.randrange(24, years * 12)
    after = dice.choice((-0.03, 0.0, 0.02, 0.05)) / 12
    index = {year: round(dice.uniform(0.015, 0.06), 4) for year in range(2022, 2030)}
    region = _walk_of(dice, months, lambda t: growth if t < bend else after, 0.006)
    places = [f"{1000 + i:04d}" for i in range(dice.randint(5, 9))]
    sizes = [dice.lognormvariate(0, 0.8) for _ in places]
    quicker = dice.randrange(18, years * 12 - 6) if dice.random() < 0.5 else None
    moved: dict[Key, int] = defaultdict(int)
    sent: dict[tuple[str, str, int], int] = defaultdict(int)
    truth: dict[tuple[str, str, int], int] = defaultdict(int)
    last = first + years * 12 - 1
    for segment, weight, restless in SEGMENTS:
        drift = dice.gauss(0, restless) / 12
        part = _walk_of(dice, months, lambda t, drift=drift: drift, restless / 6)
        books = [_book(dice, years * 12) for _ in range(12)]
        for place, size in zip(places, sizes, strict=True):
            own = _walk_of(dice, months, lambda t: 0.0, 0.012)
            for number, book in enumerate(books):
                for t in range(years * 12 + 12):
                    if t >= book.until:
                        continue
                    amount = 60_000 * size / sum(sizes) * weight * book.share * SEASON[t % 12]
                    amount *= region[t] * part[t] * own[t] * _price(index, first, t)
                    cents = round(amount * 1e4 * max(0.0, 1 + book.noise * dice.gauss(0, 1)))
                    truth[place, segment, first + t] += cents
                    for lag, part_cents in _sent(dice, book, t, cents, quicker):
                        if first + t + lag <= last and first + t <= last:
                            moved[place, segment, first + t, first + t + lag] += part_cents
                            sent[segment, f"{number:08d}", first + t + lag] += part_cents
    return KnownRegion(
        name=f"ledger {seed}",
        moved={key: cents for key, cents in moved.items() if cents},
        sent=dict(sent),
        truth=dict(truth),
        index=index,
        first=first,
        last=last,
    )


def _walk_of(dice: Random, months: int, drift: Drift, step: float) -> list[float]:
    level, found = 0.0, []
    for t in range(months):
        level += drift(t) + step * dice.gauss(0, 1)
        found.append(math.exp(level))
    return found


def _price(index: dict[int, float], first: int, t: int) -> float:
    level = 1.0
    for year in range(first // 12 + 1, (first + t) // 12 + 1):
        level *= 1 + index[year]
    return level


def _book(dice: Random, months: int) -> Book:
    start = dice.randrange(12, months)
    length = dice.randint(2, 5) if dice.random() < 0.35 else 0
    stops = dice.randrange(24, months) if dice.random() < 0.06 else 10_000
    return Book(
        share=dice.lognormvariate(0, 1),
        prompt=dice.uniform(0.45, 0.9),
        fade=dice.uniform(1.2, 3.5),
        silent=(start, start + length),
        noise=dice.uniform(0.03, 0.15),
        until=stops,
    )


def _sent(
    dice: Random, book: Book, t: int, cents: int, quicker: int | None
) -> Iterator[tuple[int, int]]:
    """When the parts of a month are sent: (months later, cents)."""
    prompt = book.prompt
    if quicker is not None and t >= quicker:
        prompt = min(0.95, prompt + 0.15)
    first = round(cents * min(1.0, max(0.0, prompt + 0.05 * dice.gauss(0, 1))))
    rest, parts = cents - first, [(1, first)]
    weights = [math.exp(-lag / book.fade) for lag in range(1, LONGEST)]
    left = rest
    for place, weight in enumerate(weights[:-1]):
        part = round(rest * weight / sum(weights))
        parts.append((2 + place, part))
        left -= part
    parts.append((LONGEST + 1, left))
    for lag, part in parts:
        known = t + lag
        if known % 12 in (7, 11) and dice.random() < 0.3:
            known += 1
        if book.silent[0] <= known < book.silent[1]:
            known = book.silent[1]
        yield known - t, part
