"""From an amount to the declaration lines under it, and from a line to the message it came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from care.enums import AGE_GROUPS
from care.models import DeclarationLine, LineAnswer, Message, Trajectory
from care.queries.rows import lines_visible_to
from core.intake.models import IntakeFile, IntakeRun
from segments.models import ProductPlacement

from ..models import LineFinding
from .movements import UNPLACED

FILE_BITS = 32


@dataclass(frozen=True)
class Asked:
    """Which lines: care of a half-open period of a region and what else the cut says; None: all.

    `scheme` is (id, day) of the placements that say segment and category.
    """

    region_id: int
    care_from: date
    care_to: date
    scheme: tuple[int, date]
    municipality: str | None = None
    provider: str | None = None
    product: str | None = None
    segment: str | None = None
    category: str | None = None
    referrer: str | None = None
    age_group: str | None = None


def lines_beside(user: Any, row: Any, most: int = 60) -> list[DeclarationLine]:
    """What counts of the same allocation, the line itself among it: against which it is double, or
    together more than was allocated. Nothing where a line has no allocation."""
    if not row.allocation_number:
        return []
    rows = lines_visible_to(user).filter(
        region_id=row.region_id,
        client=row.client,
        municipality=row.municipality,
        provider=row.provider,
        allocation_number=row.allocation_number,
        counts=True,
        refused=False,
    )
    return list(rows.order_by("begin_on", "dagtekening", "pk")[:most])


def lines_in(user: Any, asked: Asked) -> QuerySet[DeclarationLine]:
    """The lines that count and were not refused; together they are the amount on screen."""
    rows = lines_visible_to(user).filter(
        region_id=asked.region_id,
        counts=True,
        refused=False,
        begin_on__gte=asked.care_from,
        begin_on__lt=asked.care_to,
    )
    for name in ("municipality", "provider", "product"):
        if (value := getattr(asked, name)) is not None:
            rows = rows.filter(**{name: value})
    for column in ("segment", "category"):
        if (value := getattr(asked, column)) is not None:
            rows = rows.filter(_placed(asked.scheme, column, value))
    if asked.referrer is not None:
        rows = _under(rows, Q(referrer=asked.referrer), nothing=asked.referrer == "")
    if asked.age_group is not None:
        rows = _under(rows, _aged(asked.age_group), nothing=asked.age_group == "")
    return rows


def _placed(scheme: tuple[int, date], column: str, value: str) -> Q:
    """The products that stand under a value; of what has no place, all that stand nowhere."""
    key, day = scheme
    standing = ProductPlacement.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=day), scheme=key, valid_from__lte=day
    ).select_related("segment")
    named = {
        row.product_code: row.segment.code if column == "segment" else _category(row)
        for row in standing
    }
    if value in (UNPLACED, ""):
        return ~Q(product__in=[code for code, name in named.items() if name])
    return Q(product__in=[code for code, name in named.items() if name == value])


def _category(row: ProductPlacement) -> str:
    stay = "verblijf" if row.is_stay else "ambulant"
    return f"{row.direction}-{stay}" if row.direction else ""


def _aged(group: str) -> Q:
    if group not in AGE_GROUPS:
        return Q(age__isnull=True)
    first, after = AGE_GROUPS[group]
    return Q(age__gte=first) & (Q() if after is None else Q(age__lt=after))


def _under(
    rows: QuerySet[DeclarationLine], which: Q, *, nothing: bool
) -> QuerySet[DeclarationLine]:
    """Lines under a trajectory of that kind; of 'unknown' also those without a trajectory."""
    trajectories = trajectory_of(OuterRef)
    known = Exists(trajectories.filter(which))
    return rows.filter(known | ~Exists(trajectories)) if nothing else rows.filter(known)


def trajectory_of(column: Any) -> QuerySet[Trajectory]:
    names = ("region_id", "client", "allocation_number", "municipality", "provider")
    return Trajectory.objects.filter(**{name: column(name) for name in names})


def count_and_sum(rows: QuerySet[DeclarationLine]) -> tuple[int, Decimal]:
    """How many lines, and their euros."""
    found = rows.order_by().aggregate(lines=Count("pk"), cents=Sum("amount_cents"))
    return found["lines"], Decimal(found["cents"] or 0).scaleb(-2)


@dataclass(frozen=True)
class Origin:
    """Where a line came from: the delivery, its file and, of iJw, the message; and its place."""

    run: IntakeRun | None
    file_name: str
    place: int
    message: Message | None


def origin_of(line: DeclarationLine) -> Origin:
    run = IntakeRun.objects.filter(tenant_id=line.region_id, number=line.run).first()
    head = Message.objects.filter(
        region_id=line.region_id, run=line.run, seq=(line.seq >> FILE_BITS) << FILE_BITS,
        state="accepted",
    ).first()  # fmt: skip
    file_name = head.file_name if head else ""
    if run is not None and not file_name:
        files = IntakeFile.objects.filter(run=run, number=line.seq >> FILE_BITS)
        file_name = str(files.values_list("name", flat=True).first() or "")
    return Origin(run, file_name, line.seq & (2**FILE_BITS - 1), head)


def times_sent(line: DeclarationLine) -> QuerySet[DeclarationLine]:
    """Every time that the same line was sent, in the order in which it came to count."""
    rows = DeclarationLine.objects.filter(region_id=line.region_id, key=line.key)
    return rows.order_by("dagtekening", "run", "seq")


def answers_on(line: DeclarationLine) -> QuerySet[LineAnswer]:
    rows = LineAnswer.objects.filter(region_id=line.region_id, provider=line.provider, key=line.key)
    return rows.order_by("dagtekening", "run", "seq")


def findings_on(line: DeclarationLine) -> QuerySet[LineFinding]:
    return LineFinding.objects.filter(region_id=line.region_id, line=line.pk).select_related(
        "deviation"
    )
