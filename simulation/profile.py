"""A region to simulate: who buys, what is bought, from whom, and how care moves.

All amounts, counts of youths, tariffs and provider names in a profile are invented; municipality
and product codes are the real ones.
"""

import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

PROFILES = Path(__file__).parent / "profiles"


class ProfileError(ValueError):
    """A profile that cannot be simulated; the message says which entry and why."""


@dataclass(frozen=True, slots=True)
class Municipality:
    code: str
    name: str
    youths: int


@dataclass(frozen=True, slots=True)
class Product:
    """One product of a segment.

    `weight`: share of new clients within the region before follow-up care.
    `tariff`: cents per unit in the first year. `week`: units a week, or for etmalen (14) the share
    of the days that is declared. `duration` and `wait`: median days and log-normal sigma.
    `stays`: residential. `direction`: herstel or ondersteuning. `open_ended`: share of the
    allocations without a last day.
    """

    code: str
    category: str
    segment: str
    label: str
    unit: str
    weight: float
    tariff: int
    week: float
    duration: tuple[float, float]
    wait: tuple[float, float]
    stays: bool = False
    direction: str = "herstel"
    forced: float = 0.05
    crisis: bool = False
    open_ended: float = 0.0


@dataclass(frozen=True, slots=True)
class Market:
    """Providers of a segment: numbers `first` .. `first + count - 1` of the region's providers.

    The first `top` together take `share` of the work.
    """

    segment: str
    first: int
    count: int
    top: int
    share: float


@dataclass(frozen=True, slots=True)
class Shift:
    """From a day on, over so many months, inflow, duration and intensity move to these factors."""

    segment: str
    since: date
    months: int
    inflow: float = 1.0
    duration: float = 1.0
    volume: float = 1.0


@dataclass(frozen=True, slots=True)
class Worse:
    """A provider that does worse, from a day on, in all municipalities or in one."""

    provider: int
    measure: str
    factor: float
    since: date
    municipality: str | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    name: str
    title: str
    since: date
    growth: float
    municipalities: tuple[Municipality, ...]
    products: tuple[Product, ...]
    markets: tuple[Market, ...]
    indexation: dict[int, float]
    names_from: int = 0
    lines: int = 60_000
    worse: tuple[Worse, ...] = ()
    shifts: tuple[Shift, ...] = ()
    task_based: dict[str, date] = field(default_factory=dict)
    absent: dict[str, frozenset[str]] = field(default_factory=dict)
    outside: tuple[str, ...] = ()

    @property
    def segments(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(product.segment for product in self.products))

    def providers(self) -> range:
        return range(1, max(market.first + market.count for market in self.markets))

    def market(self, segment: str) -> Market:
        return next(market for market in self.markets if market.segment == segment)

    def takes_part(self, municipality: str, product: Product) -> bool:
        """Whether this municipality buys the product with the region."""
        absent = self.absent.get(municipality, frozenset())
        return product.segment not in absent and product.code not in absent


def load_profile(name_or_path: str | Path) -> Profile:
    """The profile of that name in simulation/profiles, or of a TOML file elsewhere."""
    path = Path(name_or_path)
    if path.suffix != ".toml":
        path = PROFILES / f"{name_or_path}.toml"
    if not path.exists():
        raise ProfileError(f"no profile {name_or_path}: known are {', '.join(known_profiles())}")
    with path.open("rb") as file:
        return _checked(_parsed(path.stem, tomllib.load(file)))


def known_profiles() -> list[str]:
    return sorted(path.stem for path in PROFILES.glob("*.toml"))


def _parsed(name: str, raw: dict[str, Any]) -> Profile:
    try:
        return Profile(
            name=name,
            title=raw["title"],
            since=raw["since"],
            growth=raw["growth"],
            municipalities=tuple(Municipality(**row) for row in raw["municipality"]),
            products=tuple(_product(row) for row in raw["product"]),
            markets=tuple(Market(**row) for row in raw["market"]),
            indexation={int(year): rate for year, rate in raw["indexation"].items()},
            names_from=raw.get("names_from", 0),
            lines=raw.get("lines", 60_000),
            worse=tuple(Worse(**row) for row in raw.get("worse", [])),
            shifts=tuple(Shift(**row) for row in raw.get("shift", [])),
            task_based=raw.get("task_based", {}),
            absent={code: frozenset(what) for code, what in raw.get("absent", {}).items()},
            outside=tuple(raw.get("outside", [])),
        )
    except (KeyError, TypeError) as problem:
        raise ProfileError(f"profile {name}: {problem}") from problem


def _product(row: dict[str, Any]) -> Product:
    return Product(**{**row, "duration": tuple(row["duration"]), "wait": tuple(row["wait"])})


def _checked(profile: Profile) -> Profile:
    bought = set(profile.segments)
    sold = {market.segment for market in profile.markets}
    if bought != sold:
        raise ProfileError(f"profile {profile.name}: markets {sold} do not fit segments {bought}")
    for market in profile.markets:
        if not (0 < market.top < market.count and 0 < market.share < 1):
            raise ProfileError(f"profile {profile.name}: market {market.segment} has no tail")
    if wrong := [p.code for p in profile.products if p.weight <= 0 or p.tariff <= 0]:
        raise ProfileError(f"profile {profile.name}: weight and tariff must be positive: {wrong}")
    return profile
