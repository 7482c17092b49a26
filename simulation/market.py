"""Who provides: providers with their habits, and who gets the work in which municipality."""

from dataclasses import dataclass
from datetime import date, timedelta

from simulation.chance import Dice, Weighted
from simulation.profile import Market, Municipality, Profile, Worse

KINDS = ("Stichting", "Zorggroep", "Praktijk", "Jeugdhulp", "Gezinszorg", "Centrum")
FRONT = (
    "Zand", "Vlier", "Hoge", "Wilgen", "Noorder", "Ooster", "Zonne", "Water", "Linde", "Berken",
    "Meer", "Veen", "Duin", "Kastanje", "Wester", "Molen", "Rozen", "Ganzen", "Kruis", "Steen",
)  # fmt: skip
BACK = ("oever", "hof", "kade", "brug", "poort", "weide", "horst", "wal", "kamp")
PLANTS = ("profile", "none", "late", "small", "municipality")
DROPOUT = 0.19
SPREAD = 60.0


@dataclass(slots=True)
class Provider:
    """A provider and its habits; factors are around 1, shares between 0 and 1.

    `prompt`: share of a month's lines that is declared in the next month. `silent`: share of the
    stops that is never reported. `day`: day of the month on which it declares.
    """

    number: int
    agb: str
    name: str
    dropout: float
    wait: float
    duration: float
    prompt: float
    silent: float
    response: float
    day: int


def agb_code(*, names_from: int, number: int) -> str:
    """Eight digits in a block that is given to nobody."""
    return f"990{names_from + number:05d}"


def trade_number(agb: str) -> str:
    """The KvK number beside an AGB code of ours; none that begins with 00 was ever given."""
    return f"009{agb[3:]}"


def provider_name(place: int) -> str:
    kind = KINDS[place * 5 % len(KINDS)]
    name = FRONT[place * 7 % len(FRONT)] + BACK[place * 4 % len(BACK)]
    return f"{kind} {name}" if place % 2 else f"{kind} De {name}"


def planted(profile: Profile, *, plant: str, until: date) -> tuple[Worse, ...]:
    """The providers that do worse under a plant; `profile` takes those of the profile itself."""
    if plant == "none":
        return ()
    if plant == "profile":
        return profile.worse
    market = max(profile.markets, key=lambda m: _work(profile, m.segment))
    halfway = profile.since + (until - profile.since) / 2
    if plant == "late":
        return (Worse(market.first + 1, "dropout", 1.8, until - timedelta(days=365)),)
    if plant == "small":
        return (Worse(market.first + 2, "dropout", 1.5, halfway),)
    largest = max(profile.municipalities, key=lambda m: m.youths)
    return (Worse(market.first, "dropout", 2.0, halfway, largest.code),)


def _work(profile: Profile, segment: str) -> float:
    return sum(product.weight for product in profile.products if product.segment == segment)


class Providers:
    """The region's providers, and the draw of one for a child."""

    def __init__(self, profile: Profile, *, seed: int, worse: tuple[Worse, ...]) -> None:
        self.profile = profile
        self.dice = Dice(seed, "providers")
        self.all = {number: self._provider(number) for number in profile.providers()}
        self.tables = {
            (market.segment, place.code): self._table(market, place)
            for market in profile.markets
            for place in profile.municipalities
        }
        self.worse = [(w, w.since.toordinal()) for w in worse]

    def draw(self, *, segment: str, municipality: str, dice: Dice) -> Provider:
        return self.tables[segment, municipality].draw(dice)

    def other(self, *, segment: str, municipality: str, than: Provider, dice: Dice) -> Provider:
        """Another provider, if three draws give one."""
        for _ in range(3):
            found = self.draw(segment=segment, municipality=municipality, dice=dice)
            if found is not than:
                break
        return found

    def factor(self, provider: Provider, measure: str, *, day: int, municipality: str) -> float:
        """How much worse the provider does on a measure, on that day, in that municipality."""
        found = 1.0
        for worse, since in self.worse:
            if (
                worse.provider == provider.number
                and worse.measure == measure
                and day >= since
                and worse.municipality in (None, municipality)
            ):
                found *= worse.factor
        return found

    def _provider(self, number: int) -> Provider:
        dice = self.dice
        return Provider(
            number=number,
            agb=agb_code(names_from=self.profile.names_from, number=number),
            name=provider_name(self.profile.names_from + number),
            dropout=dice.betavariate(DROPOUT * SPREAD, (1 - DROPOUT) * SPREAD),
            wait=dice.lognormal(1.0, 0.12),
            duration=dice.lognormal(1.0, 0.05),
            prompt=dice.betavariate(16, 5),
            silent=dice.betavariate(1.5, 34),
            response=dice.betavariate(6, 7),
            day=dice.between(4, 24),
        )

    def _table(self, market: Market, place: Municipality) -> Weighted[Provider]:
        """The top serves every municipality, each of the others one to three of them."""
        top = [market.first + rank for rank in range(market.top)]
        rest = range(market.first + market.top, market.first + market.count)
        tail = [n for n in rest if place.code in self._served(market, n)] or [rest[0]]
        weights = _shares([1 / (rank + 3) for rank in range(len(top))], market.share)
        weights += _shares([1.0] * len(tail), 1 - market.share)
        return Weighted([self.all[number] for number in top + tail], weights)

    def _served(self, market: Market, number: int) -> list[str]:
        dice = Dice(number, f"{self.profile.name} {market.segment}")
        places = [m for m in self.profile.municipalities if self._buys(m.code, market.segment)]
        codes = [place.code for place in places]
        return dice.choices(codes, [place.youths for place in places], k=dice.between(1, 3))

    def _buys(self, code: str, segment: str) -> bool:
        products = self.profile.products
        return any(p.segment == segment and self.profile.takes_part(code, p) for p in products)


def _shares(weights: list[float], total: float) -> list[float]:
    return [weight / sum(weights) * total for weight in weights]
