"""Procedures and contracts as a release package of the Open Contracting Data Standard, 1.1.

One release for each procedure and one for each contract: our contracts do not name the procedure
that they came from.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

Json = dict[str, Any]
VERSION = "1.1"
HERE = ZoneInfo("Europe/Amsterdam")
CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"


@dataclass(frozen=True)
class Party:
    """An organisation with its number at the chamber of commerce, when that is known."""

    id: str
    name: str
    kvk: str = ""


@dataclass(frozen=True)
class Tender:
    """A procedure: `method` and `status` are words of the code lists of the standard."""

    id: str
    title: str
    description: str
    status: str
    method: str
    changed_on: date
    value: Decimal | None = None


@dataclass(frozen=True)
class Agreement:
    """A contract; `last_day` is empty while it has no end. `items` are products: code and name."""

    id: str
    title: str
    status: str
    supplier: Party
    first_day: date
    last_day: date | None
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Package:
    """Everything of one region; `prefix` is the one that the standard's office gives out."""

    address: str
    prefix: str
    buyer: Party
    published: datetime
    tenders: tuple[Tender, ...]
    agreements: tuple[Agreement, ...]


def release_package(package: Package) -> Json:
    releases = [*_tenders(package), *_contracts(package)]
    return {
        "uri": package.address,
        "version": VERSION,
        "publishedDate": package.published.isoformat(timespec="seconds"),
        "publisher": {"name": package.buyer.name},
        "license": CC0,
        "releases": releases,
    }


def _tenders(package: Package) -> Iterator[Json]:
    for tender in package.tenders:
        body: Json = {
            "id": tender.id,
            "title": tender.title,
            "status": tender.status,
            "procurementMethod": tender.method,
            "mainProcurementCategory": "services",
            "procuringEntity": _named(package.buyer),
        }
        if tender.description:
            body["description"] = tender.description
        if tender.value is not None:
            body["value"] = {"amount": float(tender.value), "currency": "EUR"}
        tag = "planning" if tender.status == "planning" else "tender"
        yield {**_release(package, tender.id, tender.changed_on, tag), "tender": body}


def _contracts(package: Package) -> Iterator[Json]:
    for agreement in package.agreements:
        period, items = _period(agreement), list(_items(agreement.items))
        supplier = _named(agreement.supplier)
        release = _release(
            package, agreement.id, agreement.first_day, "contract", agreement.supplier
        )
        yield {
            **release,
            "awards": [
                {
                    "id": agreement.id,
                    "title": agreement.title,
                    "status": "active",
                    "suppliers": [supplier],
                    "contractPeriod": period,
                }
            ],
            "contracts": [
                {
                    "id": agreement.id,
                    "awardID": agreement.id,
                    "title": agreement.title,
                    "status": agreement.status,
                    "period": period,
                    **({"items": items} if items else {}),
                }
            ],
        }


def _release(package: Package, id: str, day: date, tag: str, *others: Party) -> Json:
    return {
        "ocid": f"{package.prefix}-{id}",
        "id": f"{id}-{day.isoformat()}",
        "date": _moment(day),
        "tag": [tag],
        "initiationType": "tender",
        "language": "nl",
        "parties": [
            _party(package.buyer, "buyer", "procuringEntity"),
            *(_party(other, "supplier") for other in others),
        ],
        "buyer": _named(package.buyer),
    }


def _party(party: Party, *roles: str) -> Json:
    body: Json = {**_named(party), "roles": list(roles)}
    if party.kvk:
        body["identifier"] = {"scheme": "NL-KVK", "id": party.kvk, "legalName": party.name}
    return body


def _named(party: Party) -> Json:
    return {"id": party.id, "name": party.name}


def _period(agreement: Agreement) -> Json:
    period = {"startDate": _moment(agreement.first_day)}
    if agreement.last_day:
        period["endDate"] = _moment(agreement.last_day, time(23, 59, 59))
    return period


def _items(items: Iterable[tuple[str, str]]) -> Iterator[Json]:
    for code, name in items:
        yield {
            "id": code,
            "description": name,
            "classification": {"scheme": "NL-JW-PRODUCT", "id": code, "description": name},
        }


def _moment(day: date, at: time = time(0)) -> str:
    return datetime.combine(day, at, tzinfo=HERE).isoformat(timespec="seconds")
