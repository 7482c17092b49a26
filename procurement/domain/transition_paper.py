"""A transition plan on paper. Small numbers are hidden: a paper goes anywhere."""

from collections.abc import Iterable
from typing import Any

from core import clock
from core.formats import date_long, date_short, number
from core.suppression import Count, Publication, Sum, Thresholds, suppress
from core.writing import Block, Facts, Heading, Paragraph, Table, Written

from ..models import TransitionPlan
from ..queries.transition import Alternative, alternatives_for, newest_count, table_of


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
    cells = {
        (product, place): value
        for product, values in found.rows
        for place, value in zip(found.municipalities, values, strict=True)
    }
    totals = {product: sum(values) for product, values in found.rows}
    hidden = suppress(
        Publication(
            counts=(
                *(Count(key, value) for key, value in cells.items()),
                *(Count((product, ""), value) for product, value in totals.items()),
            ),
            sums=tuple(
                Sum((product, ""), tuple((product, place) for place in found.municipalities))
                for product, _ in found.rows
            ),
        ),
        thresholds=Thresholds(cases=plan.region.min_cases, providers=plan.region.min_providers),
    )

    def shown(key: tuple[str, str], value: int) -> str:
        return "*" if key in hidden.hidden else number(value)

    yield Table(
        ("Product", *found.municipalities, "Samen"),
        [
            (
                product,
                *(shown((product, p), cells[product, p]) for p in found.municipalities),
                shown((product, ""), totals[product]),
            )
            for product in totals
        ],
        numeric=tuple(range(1, len(found.municipalities) + 2)),
        row_headers=True,
    )
    yield Paragraph(
        "* Afgeschermd: het aantal is zo klein, of volgt zo uit de andere, dat het over personen "
        "kan gaan. Wie twee producten heeft, telt bij beide.",
        note=True,
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
