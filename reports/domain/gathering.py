"""Gathering what one edition needs from the figures that all share and from what lies beside."""

from datetime import date
from typing import Any

from core.periods import HalfYear
from finance.queries.budgets import BudgetBook

from ..enums import EditionKind
from ..queries.beside import Beside, beside
from ..queries.figures import agreed_in, fill, measures, targets
from ..queries.judgements import judgements
from ..queries.lessons import lessons_of_year
from ..queries.money import money_chapter, protected
from ..queries.months import TellableMonths, tellable_months
from ..queries.plans import category_plans, municipality_name, segment_plans, told_notes
from ..queries.providers import funnels, provider_name, provider_rows
from .book import Book, Cell
from .compile import compile_edition
from .content import EditionContent, MoneyChapter
from .freezing import Frozen, members_of, named_members_of
from .judged import SegmentLessons
from .outline import OUTLINES
from .plan import EditionPlan, SegmentPlan
from .requesting import Wanted


def content_of(
    *, frozen: Frozen, wanted: Wanted, made_on: date, background: Beside | None = None
) -> EditionContent:
    if background is None:
        background = background_of(frozen=frozen, wanted=wanted)
    return compile_edition(
        plan_of(frozen=frozen, wanted=wanted, made_on=made_on, background=background)
    )


def plan_of(*, frozen: Frozen, wanted: Wanted, made_on: date, background: Beside) -> EditionPlan:
    """Gather what one edition needs; outside the regional organisation without what is
    protected."""
    region, for_councils = frozen.region, wanted.kind in EditionKind.PROTECTED
    book = _book(frozen, for_councils)
    segments = segment_plans(frozen.scheme, wanted.gm_code, for_councils=for_councils)
    return EditionPlan(
        book=book,
        half=frozen.half,
        history=tuple(HalfYear.parse(s.half_year) for s in frozen.sets),
        region=region.name,
        organisation=region.organisation.name,
        gm_code=wanted.gm_code,
        municipality=municipality_name(region, wanted.gm_code) if wanted.gm_code else "",
        scheme=frozen.scheme.name,
        is_baseline=frozen.is_baseline,
        is_demo=region.is_demo,
        for_councils=for_councils,
        known_on=frozen.own.known_on,
        cutoff_run=frozen.own.cutoff_run,
        made_on=made_on,
        segments=segments,
        categories=category_plans(frozen.scheme),
        money=_money(frozen, wanted, book, segments),
        funnels={} if for_councils else funnels(book, segments, region.pk),
        providers={} if for_councils else provider_rows(book, segments, region.pk),
        notes=told_notes([*region.notes, *frozen.scheme.notes], for_councils=for_councils),
        kind=wanted.kind if wanted.kind in OUTLINES else "",
        provider=wanted.provider,
        provider_name=provider_name(region.pk, wanted.provider) if wanted.provider else "",
        members=tuple(named_members_of(frozen)) if not wanted.gm_code else (),
        national=background.national,
        promises=background.promises,
        answered=background.answered,
        judgements=judgements(region, frozen.half, frozen.scheme, for_councils=for_councils),
        agreed=agreed_in(frozen.scheme, frozen.half.last_day, wanted.provider),
        lessons=_lessons(frozen, wanted, segments),
    )


def _money(
    frozen: Frozen, wanted: Wanted, book: Book, segments: tuple[SegmentPlan, ...]
) -> MoneyChapter:
    told = _told_months(frozen, book) if wanted.kind in EditionKind.PROTECTED else None
    return money_chapter(
        book=book,
        budgets=BudgetBook(frozen.region.pk),
        segments=segments,
        gm_code=wanted.gm_code,
        run=frozen.projection,
        told=told,
    )


def _lessons(
    frozen: Frozen, wanted: Wanted, segments: tuple[SegmentPlan, ...]
) -> tuple[SegmentLessons, ...]:
    """Of a whole year, for its evaluation only."""
    if wanted.kind != EditionKind.EVALUATION:
        return ()
    return lessons_of_year(frozen.region, frozen.half, frozen.scheme, segments)


def background_of(*, frozen: Frozen, wanted: Wanted, used: dict[str, Any] | None = None) -> Beside:
    """What lies beside the figures now, or lay there when `used` was written down."""
    return beside(
        region_id=frozen.region.pk,
        half=frozen.half,
        gm_code=wanted.gm_code,
        kind=wanted.kind,
        used=used,
    )


def _book(frozen: Frozen, for_councils: bool) -> Book:
    """The figures of all half-years, read once for all editions of one job."""
    if for_councils not in frozen.books:
        kinds = measures(frozen.scheme)
        book = Book(kinds, frozen.half, targets=targets(frozen.scheme, kinds, frozen.half.last_day))
        for figure_set in frozen.sets:
            fill(book, figure_set, frozen.hidden if for_councils else ())
        frozen.books[for_councils] = book
    return frozen.books[for_councils]


def _told_months(frozen: Frozen, book: Book) -> TellableMonths | None:
    """Worked out once for all editions of one job."""
    if frozen.projection is not None and not frozen.months:
        places = [code for code in members_of(frozen) if protected(book, Cell(municipality=code))]
        frozen.months.append(tellable_months(frozen.projection, places))
    return frozen.months[0] if frozen.months else None
