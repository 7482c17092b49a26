"""What is wrong with a planning: plain values in, Dutch sentences out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.formats import date_long, euro

from ..enums.choices import NoticeKind, ProcedureKind

# Social and other specific services: from here a European notice is due (2014/24/EU, art. 4d).
SAS_THRESHOLD = Decimal(750_000)
TENDERS = (ProcedureKind.SAS, ProcedureKind.DIALOGUE, ProcedureKind.SAS_OR_OPEN_HOUSE)


@dataclass(frozen=True)
class Planned:
    """A step of a planning; days are inclusive, `after` names the steps that must be ready."""

    key: int
    name: str
    start: date | None = None
    end: date | None = None
    done: date | None = None
    notice: str = ""
    after: tuple[int, ...] = ()

    @property
    def begins(self) -> date | None:
        return self.start or self.ends

    @property
    def ends(self) -> date | None:
        return self.done or self.end


@dataclass(frozen=True)
class Warning:
    """What is wrong, and about which step (None: about the procedure)."""

    text: str
    key: int | None = None


def notices_due(kind: str, value: Decimal | None) -> tuple[NoticeKind, ...]:
    """The notices that a procedure of this kind and value (euros, excluding VAT) must give.

    A value that nobody estimated counts as above the threshold.
    """
    if kind in TENDERS:
        if value is None or value >= SAS_THRESHOLD:
            return (NoticeKind.CONTRACT, NoticeKind.AWARD)
        return (NoticeKind.OPENING,)
    if kind == ProcedureKind.OPEN_HOUSE:
        return (NoticeKind.ADMISSION,)
    return (NoticeKind.CHANGE,)


def warnings(
    steps: Sequence[Planned],
    *,
    kind: str,
    value: Decimal | None,
    contracts_from: date | None,
    today: date,
) -> list[Warning]:
    """Steps that begin too early, days that passed, notices that miss, and a start that is late."""
    return [
        *_too_early(steps),
        *_passed(steps, today),
        *_without_day(steps),
        *_notices(steps, kind, value),
        *_after_start(steps, contracts_from),
    ]


def _too_early(steps: Sequence[Planned]) -> Iterable[Warning]:
    known = {step.key: step for step in steps}
    for step in steps:
        for other in (known[key] for key in step.after if key in known):
            begins, ends = step.begins, other.ends
            if begins and ends and begins < ends:
                yield Warning(
                    f"‘{step.name}’ begint op {date_long(begins)}, maar wacht op ‘{other.name}’, "
                    f"dat pas op {date_long(ends)} klaar is.",
                    step.key,
                )


def _passed(steps: Sequence[Planned], today: date) -> Iterable[Warning]:
    for step in steps:
        if step.done is None and step.end is not None and step.end < today:
            yield Warning(
                f"‘{step.name}’ moest op {date_long(step.end)} klaar zijn en is nog niet gedaan.",
                step.key,
            )


def _without_day(steps: Sequence[Planned]) -> Iterable[Warning]:
    for step in steps:
        if step.ends is None:
            yield Warning(f"‘{step.name}’ heeft nog geen dag.", step.key)


def _notices(steps: Sequence[Planned], kind: str, value: Decimal | None) -> Iterable[Warning]:
    planned = {step.notice for step in steps}
    for notice in notices_due(kind, value):
        if notice not in planned:
            yield Warning(f"In de planning ontbreekt: {notice.label}.")
    if kind in TENDERS and value is None:
        yield Warning(
            "De geraamde waarde is niet ingevuld. Vanaf "
            f"{euro(SAS_THRESHOLD, 0)} is een Europese aankondiging verplicht; zolang de waarde "
            "ontbreekt rekent de planning daarmee."
        )


def _after_start(steps: Sequence[Planned], contracts_from: date | None) -> Iterable[Warning]:
    for step in steps:
        if contracts_from and step.ends and step.ends > contracts_from:
            yield Warning(
                f"‘{step.name}’ eindigt op {date_long(step.ends)}, na de ingang van de contracten "
                f"op {date_long(contracts_from)}.",
                step.key,
            )
