"""Who lays everything shown side by side: linear programmes that know the definitions only.

Shares no code with what it attacks: quantities and relations are written down here once more.
"""

from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from monitoring.domain.quantities import Figure, Place

from .small_region import MUNICIPALITIES, SEGMENTS

# Numerator and denominator of each indicator, in the words of its definition.
MEANING = {
    "clients": ("clients", None),
    "inflow": ("inflow", None),
    "outflow": ("outflow", None),
    "outflow_plan": ("plan", "outflow"),
    "outflow_provider": ("provider", "outflow"),
    "outflow_domain": ("domain", "outflow"),
    "spend": ("spend", None),
    "wait_p50": (None, "inflow"),
    "wait_within_norm": ("in time", "inflow"),
    "referrer_share_01": ("referrer 01", "inflow"),
    "referrer_share_02": ("referrer 02", "inflow"),
    "dropout_rate": ("dropout", "outflow"),
    "duration_p50": (None, "outflow"),
    "repeat_care_rate": ("returned", "planned a year ago"),
}
WHOLE = {
    "plan": "outflow", "provider": "outflow", "domain": "outflow", "dropout": "outflow",
    "in time": "inflow", "referrer 01": "inflow", "referrer 02": "inflow", "returned": "plan",
}  # fmt: skip
# Parts that exclude one another.
APART = (("plan", "provider", "domain", "dropout"), ("referrer 01", "referrer 02"))
Name = tuple[object, str, Place]


@dataclass
class Attacker:
    """`truth` is every number there is, `seen` what is shown of it."""

    truth: dict[Name, float] = field(default_factory=dict)
    seen: set[Name] = field(default_factory=set)
    municipalities: tuple[str, ...] = MUNICIPALITIES
    segments: tuple[str, ...] = SEGMENTS

    def look(self, figures: list[Figure], hidden: frozenset[int]) -> None:
        for figure in figures:
            numbers = (figure.numerator, figure.denominator)
            for word, number in zip(MEANING[figure.code], numbers, strict=True):
                if word is None or number is None:
                    continue
                name = _name(figure, word)
                assert self.truth.setdefault(name, float(number)) == float(number)
                if figure.pk not in hidden:
                    self.seen.add(name)

    def knows(self, municipality: str) -> None:
        """He reads for a municipality, whose own numbers nobody hides from him."""
        self.seen |= {name for name in self.truth if name[2].municipality == municipality}

    def write_down(self) -> None:
        """All that he knows: even how many youths stand in two municipalities."""
        self.names = list(self.truth)
        self.place = {name: i for i, name in enumerate(self.names)}
        rows = [*self._tables(), *self._parts()]
        equal = [row for row in rows if row[0] == "="]
        below = [row for row in rows if row[0] == "<"]
        self.equal = self._matrix([row[1] for row in equal]), [row[2] for row in equal]
        self.below = self._matrix([row[1] for row in below]), [row[2] for row in below]
        self.bounds = [
            (self.truth[n], self.truth[n]) if n in self.seen else (0, None) for n in self.names
        ]

    def _matrix(self, rows: list[dict[Name, float]]) -> csr_matrix:
        data = [(r, self.place[n], x) for r, row in enumerate(rows) for n, x in row.items()]
        r, c, x = zip(*data, strict=True)
        return csr_matrix((x, (r, c)), shape=(len(rows), len(self.names)))

    def _tables(self):
        for half, word in {(half, word) for half, word, _ in self.truth}:
            for total, parts, over in self._margins():
                whole = (half, word, total)
                known = [(half, word, p) for p in parts if (half, word, p) in self.truth]
                if whole not in self.truth or not known:
                    continue
                row = {whole: 1.0} | dict.fromkeys(known, -1.0)
                twice = sum(self.truth[n] for n in known) - self.truth[whole]
                if word == "clients" and over == "segments":
                    yield "<", row, 0.0
                else:
                    assert word == "clients" or abs(twice) < 1e-6
                    yield "=", row, -twice

    def _parts(self):
        """Parts of the outflow exclude one another; so do referrers."""
        for half, word, place in self.truth:
            for parts in APART:
                known = [(half, p, place) for p in parts if (half, p, place) in self.truth]
                if WHOLE[parts[0]] == word and known:
                    yield "<", {(half, word, place): -1.0} | dict.fromkeys(known, 1.0), 0.0
        for half, word, place in self.truth:
            whole = (_earlier(half) if word == "returned" else half, WHOLE.get(word, ""), place)
            if whole in self.truth:
                yield "<", {whole: -1.0, (half, word, place): 1.0}, 0.0

    def small(self, fewest: int) -> list[dict[Name, float]]:
        """Every small number of cases, and every small rest of a share, as a sum to be guessed."""
        aims: list[dict[Name, float]] = [
            {name: 1.0}
            for name, value in self.truth.items()
            if 0 < value < fewest and name[1] != "spend"
        ]
        for (half, word, place), value in self.truth.items():
            whole = (_earlier(half) if word == "returned" else half, WHOLE.get(word, ""), place)
            if whole in self.truth and 0 < self.truth[whole] - value < fewest:
                aims.append({whole: 1.0, (half, word, place): -1.0})
        return aims + [rest for rest in self._rests() if 0 < self.value(rest) < fewest]

    def _rests(self):
        """What the parts that exclude one another leave over."""
        for half, word, place in self.truth:
            for parts in APART:
                known = [(half, p, place) for p in parts if (half, p, place) in self.truth]
                if WHOLE[parts[0]] == word and len(known) == len(parts):
                    yield {(half, word, place): 1.0} | dict.fromkeys(known, -1.0)

    def range_of(self, aim: dict[Name, float]) -> tuple[float, float]:
        """The least and the most that it can be."""
        ends = []
        for sign in (1, -1):
            cost = np.zeros(len(self.names))
            for name, factor in aim.items():
                cost[self.place[name]] = sign * factor
            answer = linprog(
                cost, A_eq=self.equal[0], b_eq=self.equal[1], A_ub=self.below[0],
                b_ub=self.below[1], bounds=self.bounds, method="highs",
            )  # fmt: skip
            assert answer.status in (0, 3), answer.message
            ends.append(sign * answer.fun if answer.status == 0 else sign * -np.inf)
        return ends[0], ends[1]

    def _margins(self):
        for segment in ("", *self.segments):
            parts = [Place(m, segment) for m in self.municipalities]
            yield Place("", segment), parts, "municipalities"
        for municipality in ("", *self.municipalities):
            parts = [Place(municipality, s) for s in self.segments]
            yield Place(municipality, ""), parts, "segments"

    def value(self, aim: dict[Name, float]) -> float:
        return sum(factor * self.truth[name] for name, factor in aim.items())


def _name(figure: Figure, word: str) -> Name:
    if word == "planned a year ago":
        return _earlier(figure.half), "plan", figure.place
    return figure.half, word, figure.place


def _earlier(half):
    return half.shift(-2)
