"""Random message traffic over few allocations, and what the definitions say of it in plain Python.

The oracle reads the messages one by one and shares nothing with the SQL that it checks.
"""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import connection

from care.domain.merge_messages import merge_messages
from care.ijw.records import RECORD_TYPES
from core.intake.enums import RunState
from core.intake.models import IntakeRun
from core.intake.records import PLACE
from core.intake.registry import Merge, Outcome
from regions.models import Region

BEGIN = date(2025, 1, 1)
MUNICIPALITIES = ("0503", "0518")
PROVIDERS = ("65650011", "65650022")
CODES = {"301": "436", "305": "438", "307": "440", "315": "446", "323": "490", "325": "491"}
TABLES = {"301": "allocation", "305": "start", "307": "stop", "315": "request", "323": "line",
          "325": "answer"}  # fmt: skip
Key = tuple[str, str, int, bytes]


@dataclass
class Sent:
    """A message: `place` orders the files of a run."""

    kind: str
    run: int
    place: int
    dated: date
    identification: str
    municipality: str
    provider: str
    records: list[dict[str, Any]]
    answers: str = ""
    codes: list[str] = field(default_factory=list)

    @property
    def sender(self) -> str:
        return self.municipality if self.kind in ("301", "325") else self.provider

    @property
    def order(self) -> tuple[date, int, int]:
        return (self.dated, self.run, self.place)


def some_day(dice: random.Random, days: int = 300) -> date:
    return BEGIN + timedelta(days=dice.randrange(days))


class Traffic:
    """Messages in a random order of delivery, about clients, allocations and lines that recur."""

    def __init__(self, seed: int, *, messages: int, runs: int) -> None:
        self.dice = random.Random(seed)
        self.runs = runs
        self.sent = [self._message(number) for number in range(messages)]
        for message in self.sent:
            if message.kind == "325":
                self._answer(message)

    def of_run(self, run: int) -> list[Sent]:
        return [message for message in self.sent if message.run == run]

    def _message(self, number: int) -> Sent:
        dice = self.dice
        kind = dice.choices(list(CODES), (5, 6, 6, 2, 9, 6))[0]
        message = Sent(
            kind,
            dice.randrange(1, self.runs + 1),
            number,
            some_day(dice, 420),
            f"{number:08}",
            dice.choice(MUNICIPALITIES),
            dice.choice(PROVIDERS),
            [],
        )
        if kind != "325":
            message.records = [self._record(kind) for _ in range(dice.choice((1, 1, 2, 3)))]
        return message

    def _answer(self, message: Sent) -> None:
        """Answer a declaration, often refusing a line or the whole; it may come in much later."""
        dice = self.dice
        declaration = dice.choice([m for m in self.sent if m.kind == "323"])
        message.municipality, message.provider = declaration.municipality, declaration.provider
        message.answers = declaration.identification
        message.codes = dice.choice((["0200"], ["8001"], ["9001"]))
        if dice.random() < 0.6:
            message.records = [
                line | {"return_codes": dice.choice((["0200"], ["9001"], ["9001"], ["8001"]))}
                for line in declaration.records
            ]

    def _record(self, kind: str) -> dict[str, Any]:
        dice = self.dice
        record: dict[str, Any] = {
            "client": bytes([dice.randrange(2)]) * 16,
            "allocation_number": dice.randrange(1, 3),
        }
        return record | getattr(self, f"_of_{kind}")()

    def _of_301(self) -> dict[str, Any]:
        dice = self.dice
        begin = some_day(dice)
        return {
            "provider_reference": dice.choice((None, "R1", "R2")),
            "category": "45",
            "product": dice.choice((None, "45A48", "43A07")),
            "allocated_on": some_day(dice),
            "starts_on": begin,
            "ends_on": dice.choice((None, begin + timedelta(days=90))),
            "change_reason": dice.choice((None, None, "03", "13")),
            "mandatory": dice.random() < 0.3,
        }

    def _of_305(self) -> dict[str, Any]:
        # Few days, so that the same one is often stated again.
        begin = BEGIN + timedelta(days=30 * self.dice.randrange(4))
        return {"started_on": begin, "delivery_status": self._status()}

    def _of_307(self) -> dict[str, Any]:
        end = BEGIN + timedelta(days=120 + 30 * self.dice.randrange(3))
        return {
            "started_on": BEGIN,
            "stopped_on": end,
            "end_reason": self.dice.choice(("20", "20", "31", "32")),
            "delivery_status": self._status(),
        }

    def _status(self) -> str:
        return self.dice.choice(("1", "1", "9", "2", "3"))

    def _of_315(self) -> dict[str, Any]:
        return {
            "provider_reference": self.dice.choice(("R1", "R2")),
            "referrer": self.dice.choice(("01", "02", "08")),
        }

    def _of_323(self) -> dict[str, Any]:
        dice = self.dice
        begin = date(2025, dice.choice((1, 5)), 1)
        credit = dice.random() < 0.2
        cents = dice.randrange(100, 10_000)
        return {
            "reference": dice.choice(("D1", "D2")),
            "previous_reference": "D1" if credit else None,
            "category": "45",
            "product": dice.choice((None, "45A48")),
            "starts_on": begin,
            "ends_on": begin + timedelta(days=27),
            "volume": dice.randrange(1, 50),
            "unit": "01",
            "amount": (-cents if credit else cents) / 100,
            "debit_credit": "C" if credit else "D",
        }


def deliver(region: Region, number: int, messages: list[Sent]) -> tuple[IntakeRun, Outcome]:
    """Merge messages as one run, from staging tables filled here."""
    run = IntakeRun.objects.create(
        tenant_id=region.pk, number=number, form_code="ijw", state=RunState.DONE, title="proef",
        finished_at="2026-01-01T00:00:00Z",
    )  # fmt: skip
    rows = staged_rows(messages)
    with connection.cursor() as cursor:
        tables = {}
        for record_type in RECORD_TYPES:
            names = [column.name for column in (*PLACE, *record_type.columns)]
            types = ", ".join(f"{c.name} {c.pg_type}" for c in (*PLACE, *record_type.columns))
            table = tables[record_type.name] = f"staged_{record_type.name}"
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
            cursor.execute(f"CREATE TEMPORARY TABLE {table} ({types}) ON COMMIT DROP")
            for row in rows[record_type.name]:
                cursor.execute(
                    f"INSERT INTO {table} VALUES ({', '.join(['%s'] * len(names))})",
                    [row.get(name) for name in names],
                )
        outcome = merge_messages(cursor, Merge(run, tables, lambda *_: None))
    return run, outcome


def staged_rows(messages: list[Sent]) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for file_no, message in enumerate(messages, start=1):
        of_message = {
            "file_no": file_no, "message_no": 1, "municipality": message.municipality,
            "provider": message.provider,
        }  # fmt: skip
        rows["message"].append(
            of_message
            | {
                "record_no": 0, "kind": message.kind, "code": CODES[message.kind],
                "state": "read", "sender": message.sender,
                "receiver": message.provider if len(message.sender) == 4 else message.municipality,
                "identification": message.identification, "dated": message.dated,
                "content_digest": repr(message.records).encode(),
                "file_name": f"{message.place:06}.xml", "record_count": len(message.records),
                "answered_identification": message.answers or None,
                "return_codes": message.codes or None,
            }
        )  # fmt: skip
        for number, record in enumerate(message.records, start=1):
            row = of_message | {"record_no": number} | record
            rows[TABLES[message.kind]].append(row)
    return rows


class Oracle:
    """What is known of the accepted messages on a day, to a cut-off run."""

    def __init__(self, messages: list[Sent], known_on: date, cutoff: int) -> None:
        self.known_on = known_on
        known = [m for m in messages if m.dated <= known_on and m.run <= cutoff]
        self.messages = sorted(known, key=lambda m: m.order)

    def records(self, kind: str) -> list[tuple[Sent, dict[str, Any]]]:
        return [(m, record) for m in self.messages if m.kind == kind for record in m.records]

    def trajectories(self) -> dict[Key, tuple[Any, ...]]:
        """By key: product, allocated_on, valid_from, valid_through, forced, referrer, start, stop,
        reason, pause."""
        allocations: dict[Key, list[dict[str, Any]]] = defaultdict(list)
        for message, record in self.records("301"):
            allocations[key_of(message, record)].append(record)
        starts, stops = self._stated("305"), self._stated("307")
        return {
            key: self._trajectory(key, stated, starts[key], stops[key])
            for key, stated in allocations.items()
            if stated[-1]["change_reason"] != "13"
        }

    def _trajectory(
        self, key: Key, stated: list[dict[str, Any]], starts: list[Any], stops: list[Any]
    ) -> tuple[Any, ...]:
        last = stated[-1]
        final = [stop for stop in stops if stop[1] != "20"]
        pause = stops[-1][0] if stops and not final else None
        if pause and (any(start > pause for start, _ in starts) or self._goes_on(key, pause)):
            pause = None
        return (
            last["product"] or "", stated[0]["allocated_on"], last["starts_on"], last["ends_on"],
            last["mandatory"], self._referrer(key, last["provider_reference"]),
            min((start for start, _ in starts), default=None),
            final[-1][0] if final else None, final[-1][1] if final else "", pause,
        )  # fmt: skip

    def _stated(self, kind: str) -> dict[Key, list[tuple[date, str]]]:
        day = "started_on" if kind == "305" else "stopped_on"
        lists: dict[Key, list[tuple[date, str]]] = defaultdict(list)
        for message, record in self.records(kind):
            stated = lists[key_of(message, record)]
            item = (record[day], record.get("end_reason", ""))
            status = record["delivery_status"]
            if status == "3":
                if item in stated:
                    stated.remove(item)
                elif stated:
                    stated.pop()
            elif status == "2":
                if stated:
                    stated.pop()
                stated.append(item)
            elif item not in stated:
                stated.append(item)
        return lists

    def _goes_on(self, key: Key, pause: date) -> bool:
        return any(
            key_of(message, line) == key
            and line["debit_credit"] == "D"
            and pause < line["starts_on"] <= pause + timedelta(days=182)
            for message, line in self.records("323")
        )

    def _referrer(self, key: Key, reference: str | None) -> str:
        said = [
            record["referrer"]
            for message, record in self.records("315")
            if reference
            and record["provider_reference"] == reference
            and (message.provider, record["client"]) == (key[1], key[3])
        ]
        return said[-1] if said else ""

    def lines(self) -> dict[tuple[Any, ...], tuple[int, bool, date]]:
        """By key: cents of the line that stands for it, whether refused, day first sent."""
        times: dict[tuple[Any, ...], list[tuple[Sent, dict[str, Any]]]] = defaultdict(list)
        for message, line in self.records("323"):
            times[line_key(message, line)].append((message, line))
        found = {}
        for key, sent in times.items():
            kept = [line for message, line in sent if not self._refused(message, line)]
            standing = kept[-1] if kept else sent[-1][1]
            found[key] = (round(standing["amount"] * 100), not kept, sent[0][0].dated)
        return found

    def _refused(self, message: Sent, line: dict[str, Any]) -> bool:
        for answer in self.messages:
            if answer.kind != "325" or answer.answers != message.identification:
                continue
            if (answer.municipality, answer.provider) != (message.municipality, message.provider):
                continue
            if not answer.records and answer.codes == ["9001"]:
                return True
            for answered in answer.records:
                same = line_key(answer, answered) == line_key(message, line)
                if same and answered["return_codes"] == ["9001"]:
                    return True
        return False


def key_of(message: Sent, record: dict[str, Any]) -> Key:
    return (message.municipality, message.provider, record["allocation_number"], record["client"])


def line_key(message: Sent, line: dict[str, Any]) -> tuple[Any, ...]:
    return (*key_of(message, line), line["reference"], line["starts_on"], line["ends_on"])
