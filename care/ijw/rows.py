"""From the elements of a valid message to rows: one function per kind of record.

A row function is given the texts of a record's elements by path ('Product/Categorie') and the
message it stands in, and returns the fields of its record type (see `records`) joined by tabs.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from core.intake.copytext import array, boolean, escaped

from .values import (
    age_on,
    dates,
    euros,
    in_order,
    optional_date,
    optional_euros,
    optional_whole,
    wholes,
)

Texts = dict[str, str]


@dataclass
class Header:
    """Who sends what to whom."""

    code: str
    sender: str
    receiver: str
    identification: str
    dated: str
    answered_identification: str = ""
    answered_on: str = ""
    return_codes: list[str] = field(default_factory=list)

    @property
    def municipality(self) -> str:
        return self.sender if len(self.sender) == 4 else self.receiver

    @property
    def provider(self) -> str:
        return self.receiver if len(self.sender) == 4 else self.sender


@dataclass
class Client:
    """What the rows of one client share; `texts` holds what was read of the client so far."""

    pseudonym: str = ""
    birth_date: str | None = None
    birth_date_use: str | None = None
    mandatory: bool = False

    def age(self, day: str) -> str:
        return age_on(day, self.birth_date, self.birth_date_use)


Row = Callable[[Texts, Header, Client], str]


def allocation(texts: Texts, header: Header, client: Client) -> str:
    get = texts.get
    starts_on, ends_on = dates[texts["Ingangsdatum"]], optional_date(get("Einddatum"))
    in_order(starts_on, ends_on, "Einddatum")
    return "\t".join(
        (
            client.pseudonym,
            header.municipality,
            header.provider,
            wholes[texts["ToewijzingNummer"]],
            escaped(get("ReferentieAanbieder")),
            get("Product/Categorie", ""),
            escaped(get("Product/Code")),
            dates[texts["Toewijzingsdatum"]],
            texts["Toewijzingstijd"].strip(),
            starts_on,
            ends_on,
            get("RedenWijziging", ""),
            optional_whole(get("Omvang/Volume")),
            get("Omvang/Eenheid", ""),
            get("Omvang/Frequentie", ""),
            optional_euros(get("Budget")),
            boolean(client.mandatory),
            client.age(starts_on),
        )
    )


def _care(texts: Texts, header: Header, client: Client) -> tuple[str, ...]:
    """The fields with which a start and a stop begin."""
    return (
        client.pseudonym,
        header.municipality,
        header.provider,
        optional_whole(texts.get("ToewijzingNummer")),
        texts.get("Product/Categorie", ""),
        escaped(texts.get("Product/Code")),
        optional_date(texts.get("ToewijzingIngangsdatum")),
        dates[texts["Begindatum"]],
    )


def start(texts: Texts, header: Header, client: Client) -> str:
    age = client.age(dates[texts["Begindatum"]])
    return "\t".join((*_care(texts, header, client), texts["StatusAanlevering"], age))


def stop(texts: Texts, header: Header, client: Client) -> str:
    started_on, stopped_on = dates[texts["Begindatum"]], dates[texts["Einddatum"]]
    in_order(started_on, stopped_on, "Einddatum")
    return "\t".join(
        (
            *_care(texts, header, client),
            stopped_on,
            texts["RedenBeeindiging"],
            texts["StatusAanlevering"],
            client.age(started_on),
        )
    )


def request(texts: Texts, header: Header, client: Client) -> str:
    get = texts.get
    starts_on = dates[texts["ToewijzingIngangsdatum"]]
    ends_on = optional_date(get("ToewijzingEinddatum"))
    in_order(starts_on, ends_on, "ToewijzingEinddatum")
    return "\t".join(
        (
            client.pseudonym,
            header.municipality,
            header.provider,
            escaped(texts["ReferentieAanbieder"]),
            texts["Verwijzer/Type"],
            get("Product/Categorie", ""),
            escaped(get("Product/Code")),
            starts_on,
            ends_on,
            optional_whole(get("Omvang/Volume")),
            get("Omvang/Eenheid", ""),
            get("Omvang/Frequentie", ""),
            optional_euros(get("Budget")),
            client.age(starts_on),
        )
    )


class Lines:
    """Declaration lines and the answers to them: the mass of all messages, hence without paths.

    The schema fixes the order of the elements; only the previous reference and the tariff may be
    absent, and the answer ends with its return codes. `total` adds up the cents of the lines.
    """

    def __init__(self, header: Header, *, answers: bool) -> None:
        self._place = f"{header.municipality}\t{header.provider}"
        self._answers = answers
        self._full = 10 if answers else 9
        self.total = 0

    def row(self, texts: list[str], has_previous: bool, children: int, pseudonym: str) -> str:
        """The fields of a line. Its amount counts in the total even if the line is then refused.

        `texts` are those of all elements in document order; `children` counts the record's own.
        """
        previous = tariff = ""
        if has_previous:
            previous = escaped(texts.pop(3))
        if children == self._full:
            tariff = euros[texts.pop(11)]
        _, _, reference, number, category, product, _, first, last = texts[:9]
        volume, unit, _, amount, debit_credit = texts[9:14]
        cents = int(amount)
        sign = "-" if debit_credit == "C" and cents else ""
        self.total += -cents if sign else cents
        starts_on, ends_on = dates[first], dates[last]
        if ends_on < starts_on:
            in_order(starts_on, ends_on, "ProductPeriode/Einddatum")
        row = (
            f"{pseudonym}\t{self._place}\t{int(number)}\t{escaped(reference)}\t{previous}\t"
            f"{category}\t{escaped(product)}\t{starts_on}\t{ends_on}\t{int(volume)}\t{unit}\t"
            f"{tariff}\t{sign}{cents // 100}.{cents % 100:02d}\t{debit_credit}"
        )
        return f"{row}\t{array(texts[15:])}" if self._answers else row


@dataclass(frozen=True)
class RecordOf:
    """How the records of a kind are found and read; `row` is None for lines and answers."""

    element: str
    record_type: str
    row: Row | None
    counted: bool = True


RECORDS: dict[str, RecordOf] = {
    "301": RecordOf("ToegewezenProduct", "allocation", allocation),
    "305": RecordOf("StartProduct", "start", start),
    "307": RecordOf("StopProduct", "stop", stop),
    "315": RecordOf("AangevraagdProduct", "request", request),
    "323": RecordOf("Prestatie", "line", None),
    "325": RecordOf("Prestatie", "answer", None, counted=False),
}
