"""How numbers, money and dates read in Dutch."""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from core.clock import day_of

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip
NO_VALUE = "–"


def number(value: Decimal | float | int | None, decimals: int = 0) -> str:
    """1234.5 -> '1.234,5'; None -> a dash."""
    if value is None:
        return NO_VALUE
    step = Decimal(1).scaleb(-decimals)
    rounded = Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)
    if rounded == 0:
        rounded = abs(rounded)
    text = f"{rounded:,.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,"))


def percent(share: Decimal | float | None, decimals: int = 1) -> str:
    """A share between 0 and 1 as a percentage: 0.123 -> '12,3%'."""
    return NO_VALUE if share is None else f"{number(Decimal(str(share)) * 100, decimals)}%"


def days(count: Decimal | float | int | None) -> str:
    """'1 dag', '28 dagen'; whole days."""
    shown = number(count)
    return shown if count is None else f"{shown} {'dag' if shown == '1' else 'dagen'}"


def euro(amount: Decimal | float | int | None, decimals: int = 2) -> str:
    return NO_VALUE if amount is None else f"€ {number(amount, decimals)}"


def euro_short(amount: Decimal | float | int | None) -> str:
    """For a sentence: '€ 6,2 miljoen', '€ 12.300', '€ 250'."""
    if amount is None:
        return NO_VALUE
    if abs(Decimal(str(amount))) >= 1_000_000:
        return f"€ {number(Decimal(str(amount)) / 1_000_000, 1)} miljoen"
    if abs(Decimal(str(amount))) >= 10_000:
        return f"€ {number(Decimal(str(amount)) / 1000, 0)}.000"
    return euro(amount, 0)


def date_long(day: date | None) -> str:
    """'22 november 2026'; of a moment its day in Amsterdam."""
    if day is None:
        return NO_VALUE
    day = _calendar_day(day)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def date_short(day: date | None) -> str:
    """'22-11-2026'; of a moment its day in Amsterdam."""
    if day is None:
        return NO_VALUE
    day = _calendar_day(day)
    return f"{day.day}-{day.month}-{day.year}"


def _calendar_day(day: date) -> date:
    return day_of(day) if isinstance(day, datetime) else day


def period(start: date, end: date | None) -> str:
    """A half-open period shown with its last day: 'van 1-1-2023 tot en met 31-12-2025'."""
    if end is None:
        return f"vanaf {date_short(start)}"
    return f"van {date_short(start)} tot en met {date_short(end - timedelta(days=1))}"
