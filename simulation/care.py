"""What truly happens to children: who comes, what they get, how long, and what comes after.

Nothing here is known to anybody yet; `traffic` and `billing` tell the region about it, late and
with mistakes. Days are ordinals; a last day is included.
"""

from collections import defaultdict

from simulation.chance import Dice, Weighted
from simulation.days import first_day, last_day, month_from, month_of
from simulation.market import Provider, Providers
from simulation.people import Nursery
from simulation.profile import Product, Profile, Shift
from simulation.trajectory import ADULT, DROPOUTS, Order, Trajectory, last_day_young

SEASON = (1.08, 1.02, 1.07, 1.0, 1.0, 0.98, 0.78, 0.7, 1.13, 1.16, 1.14, 0.94)
ENDS = Weighted(("31", "35", "38", "39", "36", "02"), (0.76, 0.045, 0.055, 0.085, 0.05, 0.002))


class Care:
    """The region's care, month after month; call `month` for every month in order."""

    def __init__(
        self, profile: Profile, *, seed: int, rate: float, providers: Providers, numbers_from: int
    ) -> None:
        self.profile = profile
        self.rate = rate
        self.providers = providers
        self.dice = Dice(seed, "care")
        self.nursery = Nursery(seed=seed, numbers_from=numbers_from)
        self.orders: dict[int, list[Order]] = defaultdict(list)
        self.numbers: dict[str, int] = defaultdict(lambda: 100_000)
        self.since = month_from(profile.since)
        self.now = self.since
        self.doors = self._doors()
        self.stays = [product for product in profile.products if product.stays]
        self.light = [product for product in profile.products if not product.stays]
        self.shifts: dict[str, list[Shift]] = defaultdict(list)
        for shift in profile.shifts:
            self.shifts[shift.segment].append(shift)

    def month(self, month: int) -> list[Trajectory]:
        """Everything that is granted in this month."""
        self.now = month
        self._arrivals(month)
        granted: list[Trajectory] = []
        while waiting := self.orders.pop(month, []):
            granted += [self._trajectory(order, first_day(month)) for order in waiting]
        return granted

    def _doors(self) -> Weighted[tuple[str, Product]]:
        doors = [
            (place, product)
            for place in self.profile.municipalities
            for product in self.profile.products
            if self.profile.takes_part(place.code, product)
        ]
        weights = [place.youths * product.weight for place, product in doors]
        return Weighted([(place.code, product) for place, product in doors], weights)

    def _arrivals(self, month: int) -> None:
        years = (month - self.since) / 12
        mean = self.rate * (1 + self.profile.growth) ** years * SEASON[month % 12]
        first, days = first_day(month), last_day(month) - first_day(month)
        for _ in range(self.dice.poisson(mean)):
            code, product = self.doors.draw(self.dice)
            day = first + self.dice.between(0, days)
            if not self.dice.hits(self._shifted(product, "inflow", day)):
                continue
            child = self.nursery.child(day=day, municipality=code)
            self.orders[month].append(Order(day, child, product, fresh=True))

    def _shifted(self, product: Product, what: str, day: int) -> float:
        """The factor of the segment's shifts on that day; it grows in a straight line."""
        found = 1.0
        for shift in self.shifts[product.segment]:
            done = (month_of(day) - month_from(shift.since)) / shift.months
            found *= 1 + (getattr(shift, what) - 1) * min(1.0, max(0.0, done))
        return found

    def _trajectory(self, order: Order, first: int) -> Trajectory:
        dice, product = self.dice, order.product
        place = order.child.municipality
        granted = max(order.day, first)
        provider = order.provider or self.providers.draw(
            segment=product.segment, municipality=place, dice=dice
        )
        start = order.start or granted + self._wait(product, provider, granted, place)
        if order.start is None and dice.hits(0.25 if product.crisis else 0.02):
            granted, start = granted + dice.between(1, 9), granted
        valid_from = min(start, granted + dice.between(0, 14))
        self.numbers[place] += 1
        trajectory = Trajectory(
            child=order.child,
            municipality=place,
            product=product,
            provider=provider,
            number=self.numbers[place],
            granted=granted,
            valid_from=valid_from,
            valid_to=self._validity(product, valid_from),
            start=start,
            stop=None,
            reason="",
            volume=dice.lognormal(0.94, 0.35) * self._shifted(product, "volume", start),
            forced=dice.hits(product.forced) if order.forced is None else order.forced,
        )
        if order.remaining is None and dice.hits(0.025):
            trajectory.start = None
            return trajectory
        self._run(trajectory, order)
        if order.fresh and dice.hits(0.07):
            self._stack(trajectory)
        return trajectory

    def _wait(self, product: Product, provider: Provider, day: int, place: str) -> int:
        factor = provider.wait * self.providers.factor(
            provider, "wait", day=day, municipality=place
        )
        return int(self.dice.lognormal(*product.wait) * factor)

    def _validity(self, product: Product, valid_from: int) -> int | None:
        if self.dice.hits(product.open_ended):
            return None
        return valid_from + (182 if not product.stays and self.dice.hits(0.35) else 365) - 1

    def _run(self, trajectory: Trajectory, order: Order) -> None:
        """Decides when and why the care ends, and orders what follows on it."""
        assert trajectory.start is not None  # noqa: S101 -- narrows the type
        reason = order.reason or self._reason(trajectory)
        length = order.remaining or self._length(trajectory, reason)
        end = min(trajectory.start + length - 1, max(trajectory.start, last_day_young(trajectory)))
        renewed = self._extend(trajectory, end)
        trajectory.reason = "37" if renewed else reason
        trajectory.stop = trajectory.last_valid if renewed else end
        if renewed and trajectory.stop is not None:
            gap = self.dice.between(2, 28) if self.dice.hits(0.1) else 0
            self._after(
                trajectory, trajectory.product, provider=trajectory.provider,
                start=trajectory.stop + 1 + gap, remaining=end - trajectory.stop, reason=reason,
            )  # fmt: skip
            return
        self._pause(trajectory)
        self._follow(trajectory)

    def _reason(self, trajectory: Trajectory) -> str:
        factor = self.providers.factor(
            trajectory.provider, "dropout",
            day=trajectory.start or 0, municipality=trajectory.municipality,
        )  # fmt: skip
        if self.dice.hits(min(0.9, trajectory.provider.dropout * factor)):
            return DROPOUTS.draw(self.dice)
        return ENDS.draw(self.dice)

    def _length(self, trajectory: Trajectory, reason: str) -> int:
        product = trajectory.product
        length = self.dice.lognormal(*product.duration) * trajectory.provider.duration
        length *= self._shifted(product, "duration", trajectory.start or 0)
        return max(3, int(length * (0.6 if reason in DROPOUTS.things else 1.0)))

    def _extend(self, trajectory: Trajectory, end: int) -> bool:
        """Carries the validity to the end of care; True when a new allocation takes over."""
        while trajectory.last_valid is not None and end > trajectory.last_valid:
            remaining = end - trajectory.last_valid
            begun = trajectory.last_valid > (trajectory.start or 0) + 14
            if begun and remaining > 14 and self.dice.hits(0.4):
                return True
            step = 182 if self.dice.hits(0.5) else 365
            trajectory.extensions.append((trajectory.last_valid, trajectory.last_valid + step))
        return False

    def _pause(self, trajectory: Trajectory) -> None:
        """Some care rests for a while; rarely it never comes back, and the rest is the end."""
        start, stop = trajectory.start or 0, trajectory.stop or 0
        if stop - start < 90 or trajectory.product.stays or not self.dice.hits(0.035):
            return
        rest = start + self.dice.between(30, stop - start - 45)
        if self.dice.hits(0.15):
            trajectory.pauses.append((rest, None))
            trajectory.stop, trajectory.reason = rest, "20"
            return
        back = min(rest + self.dice.between(20, 150), stop - 5)
        if back > rest + 1:
            trajectory.pauses.append((rest, back))

    def _follow(self, trajectory: Trajectory) -> None:
        product, reason, dice = trajectory.product, trajectory.reason, self.dice
        if reason == "36":
            self._after(trajectory, self._variant(trajectory), provider=trajectory.provider, gap=0)
        elif reason == "38":
            self._after(trajectory, product, provider=self._elsewhere(trajectory), gap=30)
        elif reason in ("31", "34") and product.stays:
            self._after_stay(trajectory)
        elif reason in ("31", "32", "34") and dice.hits(0.025):
            self._after(trajectory, self._bought(trajectory, self.stays), gap=60)
        elif reason == "31" and dice.hits(0.14):
            self._return(trajectory)

    def _after_stay(self, trajectory: Trajectory) -> None:
        chance = self.dice.random()
        if chance < 0.07:
            self._after(trajectory, self._bought(trajectory, self.stays), gap=25)
        elif chance < 0.5:
            self._after(trajectory, self._bought(trajectory, self.light), gap=45)

    def _return(self, trajectory: Trajectory) -> None:
        product = self._variant(trajectory) if self.dice.hits(0.5) else trajectory.product
        day = (trajectory.stop or 0) + self.dice.days(170, 0.8)
        self._put(Order(day, trajectory.child, product, forced=trajectory.forced))

    def _stack(self, trajectory: Trajectory) -> None:
        day = trajectory.granted + self.dice.between(0, 90)
        product = self._bought(trajectory, self.light)
        self._put(Order(day, trajectory.child, product, forced=trajectory.forced))

    def _after(
        self, trajectory: Trajectory, product: Product, *, provider: Provider | None = None,
        gap: int = 0, start: int | None = None, remaining: int | None = None,
        reason: str | None = None,
    ) -> None:  # fmt: skip
        begins = start or (trajectory.stop or 0) + 1 + self.dice.between(0, gap)
        decided = begins - self.dice.between(7, 35)
        self._put(
            Order(decided, trajectory.child, product, provider, begins, remaining, reason,
                  trajectory.forced)
        )  # fmt: skip

    def _put(self, order: Order) -> None:
        if order.day > order.child.born + ADULT:
            return
        self.orders[max(self.now, month_of(order.day))].append(order)

    def _variant(self, trajectory: Trajectory) -> Product:
        same = [p for p in self.profile.products if p.segment == trajectory.product.segment]
        return self._bought(trajectory, same)

    def _bought(self, trajectory: Trajectory, products: list[Product]) -> Product:
        place = trajectory.municipality
        bought = [p for p in products if self.profile.takes_part(place, p)]
        if not bought:
            return trajectory.product
        return Weighted(bought, [p.weight for p in bought]).draw(self.dice)

    def _elsewhere(self, trajectory: Trajectory) -> Provider:
        return self.providers.other(
            segment=trajectory.product.segment, municipality=trajectory.municipality,
            than=trajectory.provider, dice=self.dice,
        )  # fmt: skip
