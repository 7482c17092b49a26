"""What a projection knew, beside what the page of spend shows now: two true amounts of one year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from core.formats import date_long, euro

from ..domain.projection_result import Series
from ..models import ProjectionRun
from ..queries.reports import YearFigure
from ..queries.spend import Cut, spend_now, view_of_now
from ..rules import can_see_lines


def beside_spend(user: Any, run: ProjectionRun, series: Series, year: YearFigure) -> str:
    """How much more or less is known now, and why; '' where it is the same, or where the user does
    not see what all spend."""
    spent = _spent(run, series, year.year) if can_see_lines(user, run.region) else None
    if spent is None or spent == year.observed:
        return ""
    word = "meer" if spent > year.observed else "minder"
    return (
        f"Op de pagina Uitgaven staat over {year.year} nu {euro(spent)}: "
        f"{euro(abs(spent - year.observed))} {word} dan hier bij bekend. Daar telt ook mee wat na "
        f"{date_long(run.as_of)} is gedeclareerd of gecorrigeerd, en wat in termijnen over latere "
        "maanden is betaald."
    )


def _spent(run: ProjectionRun, series: Series, year: int) -> Decimal | None:
    """None where the page of spend shows another division than the projection."""
    view = view_of_now(run.region)
    if view is None or view.scheme_id != run.scheme_id:
        return None
    found = spend_now(
        view,
        [Cut.MUNICIPALITY, Cut.SEGMENT],
        care_from=date(year, 1, 1),
        care_to=date(year + 1, 1, 1),
    )
    wanted = (series.municipality, series.segment)
    return sum((one.euros for one in found if _is_of(wanted, one.keys)), Decimal(0))


def _is_of(wanted: tuple[str | None, ...], keys: tuple[str, ...]) -> bool:
    return all(asked in (None, key) for asked, key in zip(wanted, keys, strict=True))
