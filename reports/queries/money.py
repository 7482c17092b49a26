"""The money chapter: spend and completed spend beside the budget, and the projection."""

from collections.abc import Iterable

from core.formats import euro_short, percent
from finance.domain.projection_result import Projection, Series, TurningPoint
from finance.models import ProjectionRun
from finance.queries.budgets import BudgetBook, BudgetFigure
from finance.queries.known_effects import KIND_NAMES, effects_by_kind

from ..domain.book import Book, Cell
from ..domain.content import Fan, KnownLine, MoneyChapter, MoneyRow, YearLine
from ..domain.plan import SegmentPlan
from ..domain.points import Point
from .months import TellableMonths

MONTHS_A_YEAR = 12


def newest_projection(region_id: int, scheme_id: int) -> ProjectionRun | None:
    done = ProjectionRun.objects.filter(
        region_id=region_id, scheme_id=scheme_id, result__isnull=False
    )
    return done.order_by("-created_at").first()


def money_chapter(
    *,
    book: Book,
    budgets: BudgetBook,
    segments: Iterable[SegmentPlan],
    gm_code: str,
    run: ProjectionRun | None,
    told: TellableMonths | None = None,
) -> MoneyChapter:
    """Everything about money of the region, or of one municipality; `told` is which months may be
    shown, where not all."""
    place = gm_code or None
    given = {
        s.code: budgets.of_half_year(book.half, municipality=place, segment=s.code)
        for s in segments
    }
    rows = tuple(
        _row(book, s.name, Cell(municipality=gm_code, segment=s.code), given[s.code])
        for s in segments
        if not s.absent
    )
    whole = budgets.of_half_year(book.half, municipality=place)
    total = _row(book, "Totaal", Cell(municipality=gm_code), whole)
    away = protected(book, Cell(municipality=gm_code)) or (told and gm_code in told.away)
    stored = None if run is None or away else run.result
    projection = Projection.from_json(stored) if stored else None
    series = projection.find(municipality=place) if projection else None
    return MoneyChapter(
        rows=tuple(row for row in rows if row.spend.hidden or row.spend.value is not None),
        total=total,
        sentences=_sentences(total),
        fan=(
            _fan(projection, series, budgets, place, since=told.since if told else 0)
            if projection and series
            else None
        ),
        years=_years(projection, series, budgets, place) if projection and series else (),
        turning_point=_turning_point(projection) if projection and not gm_code else "",
        budget_note=_budget_note(whole),
        fictitious=whole is not None and whole.fictitious,
        known=_known(projection, series) if projection and series else (),
    )


def protected(book: Book, cell: Cell) -> bool:
    """Whether any half-year of this money is hidden: a projection would give it away."""
    return any(
        point.hidden
        for (_, code, place), point in book.values.items()
        if place == cell and code in ("spend", "spend_completed")
    )


def _row(book: Book, name: str, cell: Cell, budget: BudgetFigure | None) -> MoneyRow:
    completed = book.point("spend_completed", cell)
    amount = float(budget.amount) if budget else None
    use = completed.value / amount if amount and completed.value is not None else None
    return MoneyRow(
        name=name,
        spend=book.point("spend", cell),
        completed=completed,
        budget=amount,
        use=use,
        year_ago=book.point("spend", cell, book.half.shift(-2)),
    )


def _sentences(total: MoneyRow) -> tuple[str, ...]:
    """What the half-year costs, and whether that fits, as sure as the interval allows."""
    completed = total.completed
    if completed.hidden or completed.value is None:
        return ()
    told = (
        f"Dit halfjaar kost naar verwachting {euro_short(completed.value)}; daarvan is "
        f"{euro_short(total.spend.value)} gedeclareerd."
    )
    if total.budget is None:
        return (told, "Er is voor dit halfjaar geen begroting bekend.")
    return (told, fit(completed, total.budget))


def fit(completed: Point, budget: float) -> str:
    """Whether it fits the budget, as far as the 80 % interval of the completed spend says."""
    low = completed.low if completed.low is not None else completed.value
    high = completed.high if completed.high is not None else completed.value
    share = percent(abs((completed.value or 0) - budget) / budget, 0)
    if low is not None and low > budget:
        return f"Dat is {share} meer dan de begroting van {euro_short(budget)}."
    if high is not None and high < budget:
        return f"Dat is {share} minder dan de begroting van {euro_short(budget)}."
    return (
        f"De begroting is {euro_short(budget)}. Of het daarbinnen blijft is nog niet te zeggen: "
        f"het verschil is kleiner dan de onzekerheid."
    )


def _budget_note(budget: BudgetFigure | None) -> str:
    if budget is None:
        return ""
    notes = []
    if budget.halved:
        notes.append("De begroting geldt per jaar; hier staat de helft.")
    if budget.circa:
        notes.append("De begroting is een afgerond bedrag.")
    if budget.fictitious:
        notes.append("De begroting is fictief: geen document noemt een bedrag.")
    notes.extend(scope for scope in budget.scopes if scope)
    return " ".join(dict.fromkeys(notes))


def _fan(
    projection: Projection, series: Series, budgets: BudgetBook, place: str | None, *, since: int
) -> Fan:
    skip = max(0, min(since, projection.as_of) - projection.first)
    months = projection.months[skip:]
    seen = projection.as_of - projection.first + 1 - skip
    yearly = {y: budgets.of_year(y, municipality=place) for y in projection.years}
    expected, bands = series.expected[skip:], series.months
    return Fan(
        months=tuple(_month_label(month) for month in months),
        observed=tuple(cents / 100 if i < seen else None for i, cents in enumerate(expected)),
        expected=_euros(expected),
        low80=_euros(bands.low80[skip:]),
        high80=_euros(bands.high80[skip:]),
        low95=_euros(bands.low95[skip:]),
        high95=_euros(bands.high95[skip:]),
        budget=tuple(
            float(found.amount) / MONTHS_A_YEAR
            if (found := yearly[month // MONTHS_A_YEAR])
            else None
            for month in months
        ),
        as_of=_month_label(projection.as_of),
    )


def _month_label(month: int) -> str:
    return f"{month // MONTHS_A_YEAR}-{month % MONTHS_A_YEAR + 1:02d}"


def _euros(cents: tuple[int, ...]) -> tuple[float, ...]:
    return tuple(amount / 100 for amount in cents)


def _years(
    projection: Projection, series: Series, budgets: BudgetBook, place: str | None
) -> tuple[YearLine, ...]:
    """Whole years from the one that is still running."""
    lines = []
    for i in _places(projection):
        year = projection.years[i]
        found = budgets.of_year(year, municipality=place)
        lines.append(
            YearLine(
                year=year,
                expected=series.year_expected[i] / 100,
                low80=series.years.low80[i] / 100,
                high80=series.years.high80[i] / 100,
                budget=float(found.amount) if found else None,
                savings=series.year_savings[i] / 100,
            )
        )
    return tuple(lines)


def _places(projection: Projection) -> list[int]:
    current = projection.as_of // MONTHS_A_YEAR
    return [
        place
        for place, year in enumerate(projection.years)
        if year >= current and year in projection.whole_years
    ]


def _known(projection: Projection, series: Series) -> tuple[KnownLine, ...]:
    """What is decided already, per kind: one decision may be about a single provider."""
    found = effects_by_kind(projection, series, _places(projection))
    return tuple(KnownLine(KIND_NAMES[kind], _euros(tuple(cents))) for kind, cents in found.items())


def _turning_point(projection: Projection) -> str:
    """With planned savings, and then also without: a plan is no certainty."""
    last = projection.last // MONTHS_A_YEAR
    with_savings = any(any(s.year_savings) for s in projection.series[:1])
    told = _turns(projection.turning_point, last)
    if not with_savings:
        return f"{told[:1].upper()}{told[1:]}"
    without = _turns(projection.turning_point_without_savings, last)
    return f"Als de besparing lukt die hier is meegeteld: {told} Zonder die besparing: {without}"


def _turns(point: TurningPoint, last: int) -> str:
    if point.year is None:
        return (
            f"tot en met {last} verwachten we geen omslagpunt; de kosten blijven stijgen. De kans "
            f"dat er toch een jaar komt waarin de kosten niet stijgen is "
            f"{_chance(point.probability_of_any)}."
        )
    return (
        f"het omslagpunt, het eerste jaar waarin de kosten niet meer stijgen, verwachten we in "
        f"{point.year}. De kans dat het dan is bereikt is {_chance(point.probability)}."
    )


def _chance(share: float | None) -> str:
    """A probability from a simulation: never told as certain."""
    if share is None:
        return "onbekend"
    if share > 0.99:
        return "meer dan 99%"
    return "minder dan 1%" if share < 0.01 else percent(share, 0)
