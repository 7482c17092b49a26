"""Half-years and months. All periods are half-open: the end is the day after the last day."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

ORDINALS = {1: "eerste", 2: "tweede"}


@dataclass(frozen=True, order=True)
class HalfYear:
    """A reporting half-year as CBS counts them: 1 is January-June, 2 is July-December."""

    year: int
    half: int

    def __post_init__(self) -> None:
        if self.half not in (1, 2) or not 1900 <= self.year <= 2999:
            raise ValueError(f"geen halfjaar: {self.year}-H{self.half}")

    @classmethod
    def parse(cls, label: str) -> "HalfYear":
        """Read a label such as '2025-H1'; raises ValueError with a Dutch sentence."""
        match = re.fullmatch(r"([0-9]{4})-H([12])", label)
        if not match:
            raise ValueError(f"'{label}' is geen halfjaar; schrijf bijvoorbeeld 2025-H1")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> "HalfYear":
        return cls(day.year, 1 if day.month <= 6 else 2)

    @property
    def start(self) -> date:
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def end(self) -> date:
        """The day after the last day."""
        return date(self.year, 7, 1) if self.half == 1 else date(self.year + 1, 1, 1)

    @property
    def last_day(self) -> date:
        return self.end - timedelta(days=1)

    @property
    def label(self) -> str:
        return f"{self.year}-H{self.half}"

    @property
    def title(self) -> str:
        return f"{ORDINALS[self.half]} halfjaar {self.year}"

    def shift(self, halves: int) -> "HalfYear":
        index = self.year * 2 + (self.half - 1) + halves
        return HalfYear(index // 2, index % 2 + 1)

    def next(self) -> "HalfYear":
        return self.shift(1)

    def previous(self) -> "HalfYear":
        return self.shift(-1)

    def until(self, last: "HalfYear") -> Iterator["HalfYear"]:
        """This half-year up to and including `last`."""
        current = self
        while current <= last:
            yield current
            current = current.next()

    def __str__(self) -> str:
        return self.label


def add_months(day: date, months: int) -> date:
    """The same day of another month; a day that does not exist becomes the last of the month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def first_of_month(day: date) -> date:
    return day.replace(day=1)
