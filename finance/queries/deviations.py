"""Deviations and the lines behind them, for staff of the regional organisation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery, Sum

from core.tasks.api import Due
from providers.models import Provider
from regions.enums import Role
from regions.models import Region
from regions.queries.access import access_of

from ..deviation_enums import Check, DeviationState
from ..models import CheckTerms, Deviation, LineFinding

OPEN = Q(state__in=DeviationState.OPEN)


def deviations_visible_to(user: Any) -> QuerySet[Deviation]:
    rows = Deviation.objects.filter(region__in=access_of(user).staff_region_ids)
    return with_names(rows.select_related("region"))


def with_names(rows: QuerySet[Deviation]) -> QuerySet[Deviation]:
    """With the name of the provider, by which people know a deviation."""
    same = Provider.objects.filter(region=OuterRef("region"), agb_code=OuterRef("provider"))
    return rows.annotate(named=Subquery(same.values("name")[:1]))


def findings_visible_to(user: Any) -> QuerySet[LineFinding]:
    rows = LineFinding.objects.filter(region_id__in=access_of(user).staff_region_ids)
    return rows.select_related("deviation")


def provider_names(region: Region) -> dict[str, str]:
    """Names by AGB code."""
    return dict(Provider.objects.filter(region=region).values_list("agb_code", "name"))


@dataclass(frozen=True)
class Standing:
    """How much stands in which state, in euros, over some deviations. `no_fault` is the part of
    `open` that is a reason to ask, and no mistake of anyone."""

    open: Decimal
    no_fault: Decimal
    claimed: Decimal
    received: Decimal
    accepted: Decimal
    number: int


def standing(rows: QuerySet[Deviation]) -> Standing:
    found = rows.order_by().aggregate(
        open=Sum("amount", filter=OPEN),
        no_fault=Sum("amount", filter=OPEN & Q(kind__in=Check.NO_FAULT)),
        claimed=Sum("claimed", filter=Q(state="claimed")),
        received=Sum("received", filter=Q(state="settled")),
        accepted=Sum("decided_amount", filter=Q(state="accepted")),
        number=Count("pk", filter=OPEN),
    )
    zero = Decimal(0)
    return Standing(
        open=found["open"] or zero,
        no_fault=found["no_fault"] or zero,
        claimed=found["claimed"] or zero,
        received=found["received"] or zero,
        accepted=found["accepted"] or zero,
        number=found["number"],
    )


def per_check(rows: QuerySet[Deviation]) -> list[dict[str, Any]]:
    """Open deviations by check: how many lines and euros, the most first."""
    grouped = rows.order_by().filter(OPEN).values("kind")
    found = grouped.annotate(lines=Sum("lines"), amount=Sum("amount"), number=Count("pk"))
    return [
        {**one, "label": Check(one["kind"]).label, "meaning": Check(one["kind"]).meaning}
        for one in sorted(found, key=lambda one: -abs(one["amount"]))
    ]


def per_provider(rows: QuerySet[Deviation], most: int = 10) -> list[tuple[str, Decimal]]:
    """Open deviations by provider, the most euros first."""
    found = rows.order_by().filter(OPEN).values_list("provider").annotate(amount=Sum("amount"))
    return list(found.order_by("-amount", "provider")[:most])


def once_per_line(region_id: int) -> Decimal:
    """What deviates and is open when a line with several findings counts once, by its largest."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT coalesce(sum(most), 0) / 100.0 FROM (
                SELECT DISTINCT ON (finding.line) finding.at_stake_cents AS most
                FROM finance_linefinding finding
                JOIN finance_deviation deviation ON deviation.id = finding.deviation_id
                WHERE finding.region_id = %s AND finding.excepted = ''
                    AND deviation.state = ANY (%s)
                ORDER BY finding.line, abs(finding.at_stake_cents) DESC
            ) line
            """,
            [region_id, list(DeviationState.OPEN)],
        )
        return Decimal(cursor.fetchone()[0]).quantize(Decimal("0.01"))


@dataclass(frozen=True)
class FoundLine:
    """A line of a deviation: what was declared and what was found. No client is named."""

    finding: int
    line: int
    municipality: str
    product: str
    reference: str
    allocation_number: int | None
    begin_on: date
    end_on: date
    volume: int
    unit: str
    amount: Decimal
    expected: Decimal | None
    at_stake: Decimal
    excepted: str
    run: int


def lines_of(deviation: Deviation) -> Iterator[FoundLine]:
    """The lines of a deviation in the order of their days."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT finding.id, line.id, line.municipality, line.product, line.reference,
                line.allocation_number, line.begin_on, line.end_on, line.volume, line.unit,
                line.amount_cents, finding.expected_cents, finding.at_stake_cents,
                finding.excepted, line.run
            FROM finance_linefinding finding
            JOIN care_declarationline line ON line.id = finding.line
            WHERE finding.deviation_id = %s
            ORDER BY line.begin_on, line.dagtekening, line.run, line.seq
            """,
            [deviation.pk],
        )
        for row in cursor:
            cents = [None if one is None else Decimal(one).scaleb(-2) for one in row[10:13]]
            yield FoundLine(*row[:10], *cents, *row[13:])


def to_judge(tenant_id: int, until: date) -> Iterator[Due]:
    """A task per provider of which something waits for a first judgement."""
    terms = CheckTerms.objects.filter(region=tenant_id).first() or CheckTerms()
    region = Region.objects.get(pk=tenant_id)
    names = provider_names(region)
    rows = Deviation.objects.filter(region=tenant_id, state="found").order_by()
    for agb, number, since in rows.values_list("provider").annotate(
        number=Count("pk"), since=Min("found_on")
    ):
        day = since + timedelta(days=terms.judge_days)
        if day <= until:
            yield Due(
                f"judge-{agb}", day, f"Afwijkingen van {names.get(agb, agb)} beoordelen",
                f"/regio/{region.slug}/uitgaven/afwijkingen/?aanbieder={agb}&stand=found",
                team=Role.CONTROLLER, about=f"{number} te beoordelen",
            )  # fmt: skip


def answers_due(tenant_id: int, until: date) -> Iterator[Due]:
    """A task per deviation on which a provider must answer or pay."""
    rows = Deviation.objects.filter(
        region=tenant_id, state__in=("asked", "claimed"), answer_by__lte=until
    ).select_related("region")
    for row in with_names(rows):
        what = "Antwoord op navraag" if row.state == "asked" else "Terugvordering ontvangen"
        if row.answer_by:
            yield Due(
                f"answer-{row.pk}", row.answer_by, f"{what}: {row}"[:200],
                f"/regio/{row.region.slug}/uitgaven/afwijkingen/{row.pk}/", team=Role.CONTROLLER,
                about=row.provider_name,
            )  # fmt: skip
