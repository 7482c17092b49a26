"""Values of a valid message as fields for COPY. What the schema lets through but cannot be true
raises BadValue; the record is then refused, the message is not."""

from core.intake.copytext import euros_from_cents

FIRST_DAY, LAST_DAY = "1900-01-01", "2199-12-31"
_REMEMBERED = 50_000


class BadValue(Exception):
    """A value that cannot be used; `field` is the element, the rest is Dutch for the rejection."""

    def __init__(self, rule: str, message: str, advice: str, field: str = "") -> None:
        super().__init__(rule)
        self.rule, self.message, self.advice, self.field = rule, message, advice, field


class Dates(dict[str, str]):
    """XML dates as ISO dates; white space around them is allowed by the standard."""

    def __missing__(self, text: str) -> str:
        day = text.strip()
        if len(day) != 10 or not FIRST_DAY <= day <= LAST_DAY:
            raise BadValue(
                "datum-onmogelijk",
                "Een datum ligt voor 1900 of na 2199.",
                "Verbeter de datum en lever het bericht opnieuw aan.",
            )
        if len(self) > _REMEMBERED:
            self.clear()
        self[text] = day
        return day


class Wholes(dict[str, str]):
    """Whole numbers as XML writes them (signs, leading zeros) in their shortest form."""

    def __missing__(self, text: str) -> str:
        number = str(int(text))
        if len(self) > _REMEMBERED:
            self.clear()
        self[text] = number
        return number


class Euros(dict[str, str]):
    """Cents as euros."""

    def __missing__(self, text: str) -> str:
        amount = euros_from_cents(int(text))
        if len(self) > _REMEMBERED:
            self.clear()
        self[text] = amount
        return amount


dates, wholes, euros = Dates(), Wholes(), Euros()


def optional_date(text: str | None) -> str:
    return dates[text] if text else ""


def optional_whole(text: str | None) -> str:
    return wholes[text] if text else ""


def optional_euros(text: str | None) -> str:
    return euros[text] if text else ""


def signed_cents(cents: str, debit_credit: str) -> int:
    return -int(cents) if debit_credit == "C" else int(cents)


def in_order(first: str, last: str, field: str) -> None:
    """Refuse a period that ends before it begins; both ISO, `last` may be empty."""
    if last and last < first:
        raise BadValue(
            "einde-voor-begin",
            "De einddatum ligt voor de begindatum.",
            "Verbeter de periode en lever het bericht opnieuw aan.",
            field,
        )


def age_on(day: str, birth_date: str | None, use: str | None) -> str:
    """Full years on an ISO day; '' when the year of birth is unknown (DatumGebruik 3)."""
    if not birth_date or use == "3":
        return ""
    born = birth_date.strip()
    years = int(day[:4]) - int(born[:4]) - (day[5:] < born[5:])
    return str(years) if 0 <= years <= 150 else ""
