"""Invented children: test citizen numbers that pass the eleven-test, names of plants and birds."""

from collections.abc import Iterator
from dataclasses import dataclass

from simulation.chance import Dice

STEMS = (
    "Wulpen", "Water", "Meidoorn", "Zilver", "Linden", "Heide", "Kievit", "Vlier", "Roerdomp",
    "Duindoorn", "Berken", "Leeuwerik", "Kamille", "Hazelaar", "Waterhoen", "Sleutel", "Rietzang",
    "Korenbloem", "Zwaluw", "Varen", "Distelvink", "Esdoorn", "Grutto", "Jasmijn",
)  # fmt: skip
ENDINGS = ("horst", "violier", "veld", "beek", "burg", "kamp", "akker", "dijk", "woud", "stra")
LETTERS = "ABCDEFGHIJKLMNOPRSTVWZ"
FORCED_STATES = ("01", "02", "03", "04")

WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2)


@dataclass(slots=True)
class Child:
    bsn: str
    born: int
    sex: str
    surname: str
    initial: str
    municipality: str


def passes_eleven_test(bsn: str) -> bool:
    """Whether nine digits are a possible citizen number: 9a+8b+...+2h-i divides by eleven."""
    return (
        len(bsn) == 9
        and bsn.isdigit()
        and (sum(w * int(d) for w, d in zip(WEIGHTS, bsn, strict=False)) - int(bsn[8])) % 11 == 0
    )


def citizen_numbers(start: int = 0) -> Iterator[str]:
    """Numbers that begin with a 9 and pass the eleven-test, scattered, none twice in 9 million.

    No number under 900000000 is made: those may belong to a person.
    """
    place = start
    while True:
        digits = f"9{place * 7_654_321 % 10_000_000:07d}"
        place += 1
        check = sum(w * int(d) for w, d in zip(WEIGHTS, digits, strict=True)) % 11
        if check < 10:
            yield f"{digits}{check}"


class Nursery:
    """Children as they come into care."""

    def __init__(self, *, seed: int, numbers_from: int) -> None:
        self.dice = Dice(seed, "children")
        self.numbers = citizen_numbers(numbers_from)

    def child(self, *, day: int, municipality: str) -> Child:
        dice = self.dice
        age = min(17.9, max(0.5, dice.gauss(10.5, 4.3)))
        return Child(
            bsn=next(self.numbers),
            born=day - int(age * 365.25),
            sex="1" if dice.random() < 0.54 else "2",
            surname=dice.choice(STEMS) + dice.choice(ENDINGS),
            initial=dice.choice(LETTERS),
            municipality=municipality,
        )
