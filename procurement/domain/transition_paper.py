"""A transition plan on paper. Small numbers are hidden: a paper goes anywhere."""

from collections.abc import Iterable
from typing import Any

from core import clock
from core.formats import date_long, date_short, number
from core.suppression import Count, Publication, Sum, Thresholds, suppress
from core.writing import Block, Facts, Heading, Paragraph, Table, Written
from regions.models import Region

from ..models import TransitionPlan
from ..queries.transition import Alternative, CountTable, alternatives_for, newest_count, table_of


def plan_document(plan: TransitionPlan) -> Written:
    return Written(
        title=f"Overgangsplan {plan.provider}",
        subtitle=plan.get_reason_display().capitalize(),
        author=str(plan.region.organisation),
        day=clock.today(),
        blocks=tuple(_blocks(plan)),
    )


def _blocks(plan: TransitionPlan) -> Iterable[Block]:
    if plan.fictitious:
        yield Paragraph("Dit plan is fictief en hoort bij een demonstratie.", note=True)
    yield Facts(
        [
            ("Aanbieder", plan.provider.name),
            ("Product", plan.product_code or "alles wat de aanbieder levert"),
            ("Contract", plan.contract.number if plan.contract else "–"),
            ("Vanaf", date_long(plan.starts_on)),
            ("Iedereen over op", date_long(plan.ends_on)),
            ("Wie het plan leidt", str(plan.owner or "–")),
            ("Stand", plan.get_state_display()),
        ]
    )
    yield Heading("Hoe de hulp doorgaat")
    yield Paragraph(plan.approach)
    yield from _numbers(plan)
    yield from _steps(plan)
    yield from _offers(plan)


def _numbers(plan: TransitionPlan) -> Iterable[Block]:
    count = newest_count(plan)
    if count is None:
        return
    found = table_of(plan, count.lines.all())
    yield Heading(f"Jeugdigen in zorg op {date_long(count.day)}")
    if not found.rows:
        yield Paragraph("Geen enkele jeugdige krijgt nog hulp van deze aanbieder.")
        return
    yield _protected(found, plan.region)
    yield Paragraph(
        "* Afgeschermd: het aantal is zo klein, of volgt zo uit de andere, dat het over personen "
        "kan gaan. Wie twee producten heeft, telt bij beide.",
        note=True,
    )


def _protected(found: CountTable, region: Region) -> Table:
    """The counts per product and municipality without those that are about persons."""
    places = found.municipalities
    counts = {
        (product, place): value
        for product, values in found.rows
        for place, value in zip((*places, ""), (*values, sum(values)), strict=True)
    }
    totals = (
        Sum((product, ""), tuple((product, place) for place in places)) for product, _ in found.rows
    )
    hidden = suppress(
        Publication(
            counts=tuple(Count(key, value) for key, value in counts.items()), sums=tuple(totals)
        ),
        thresholds=Thresholds(cases=region.min_cases, providers=region.min_providers),
    ).hidden
    return Table(
        ("Product", *places, "Samen"),
        [
            (
                product,
                *(
                    "*" if (product, place) in hidden else number(counts[product, place])
                    for place in (*places, "")
                ),
            )
            for product, _ in found.rows
        ],
        numeric=tuple(range(1, len(places) + 2)),
        row_headers=True,
    )


def _steps(plan: TransitionPlan) -> Iterable[Block]:
    rows = [
        (
            step.text,
            str(step.owner or step.party),
            date_short(step.due_on),
            date_short(step.done_on) if step.done_on else "nog niet",
        )
        for step in plan.steps.select_related("owner")
    ]
    if rows:
        yield Heading("Stappen")
        yield Table(("Wat", "Wie", "Uiterlijk", "Gedaan"), rows, widths=(3.4, 1.8, 1, 1))


def _offers(plan: TransitionPlan) -> Iterable[Block]:
    agreed = list(plan.offers.select_related("provider"))
    if agreed:
        yield Heading("Wie neemt over")
        yield Table(
            ("Aanbieder", "Product", "Jeugdigen", "Vanaf", "Afspraak"),
            [
                (str(o.provider), o.product_code, o.clients, date_short(o.from_day), o.note or "–")
                for o in agreed
            ],
            widths=(2.4, 1, 1, 1, 2),
            numeric=(2,),
        )
    others = [row for row in alternatives_for(plan) if row.chosen is None]
    if others:
        yield Heading("Andere aanbieders met een lopend contract")
        yield Table(
            ("Product", "Aanbieder", "Wachttijd (dagen)", "Vrije plekken", "Cliëntenstop"),
            [_other(row) for row in others[:40]],
            widths=(1, 2.6, 1.2, 1.2, 1),
            numeric=(2, 3),
        )


def _other(row: Alternative) -> tuple[Any, ...]:
    wait = "onbekend" if row.wait_days is None else number(row.wait_days)
    free = "onbekend" if row.free is None else number(row.free)
    return (row.product_code, row.provider.name, wait, free, "ja" if row.stop else "nee")
