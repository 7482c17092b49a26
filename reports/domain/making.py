"""Asking for the editions of a half-year, and making them: figures first, then one by one."""

from collections.abc import Iterator
from dataclasses import astuple, dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from care.queries.known import first_half_year
from core import clock
from core.documents.domain import store
from core.documents.models import Confidentiality
from core.errors import DomainError
from core.jobs.api import Job, RunningJob, enqueue
from core.periods import HalfYear
from core.plain import checksum, to_plain
from finance.models import ProjectionRun
from finance.queries.budgets import BudgetBook
from monitoring.domain.figures import compute_figures
from monitoring.domain.scope import scope_of
from monitoring.models import FigureSet, IndicatorValue
from monitoring.queries.published import hidden_for_councils
from providers.models import Provider
from regions.models import Region
from segments.models import SegmentScheme

from ..enums import EditionKind, EditionState
from ..models import Edition
from ..queries.beside import Beside, beside
from ..queries.figures import agreed_in, fill, measures, targets
from ..queries.inputs import MARK, Marks, marks_of
from ..queries.judgements import judgements
from ..queries.lessons import lessons_of_year
from ..queries.money import money_chapter, newest_projection, protected
from ..queries.months import TellableMonths, tellable_months
from ..queries.plans import category_plans, municipality_name, segment_plans
from ..queries.providers import funnels, provider_name, provider_rows
from ..queries.themes import look_of
from ..rules import check_can_make_editions
from ..version import code_version
from .book import Book, Cell
from .compile import compile_edition
from .content import LATER, EditionContent
from .outline import OUTLINES
from .passages import Written
from .plan import EditionPlan
from .render import pdf

PROTECTION = "welke cijfers zijn afgeschermd"
JOB_KIND = "reports.editions"
MOST_HISTORY = 8


@dataclass(frozen=True)
class Wanted:
    """One edition to make."""

    kind: str
    gm_code: str = ""
    provider: str = ""


@dataclass(frozen=True)
class Frozen:
    """The figures that all editions of a half-year share: one set per half-year, oldest first."""

    region: Region
    half: HalfYear
    scheme: SegmentScheme
    sets: tuple[FigureSet, ...]
    hidden: frozenset[int]
    projection: ProjectionRun | None
    books: dict[bool, Book] = field(default_factory=dict, compare=False, repr=False)
    months: list[TellableMonths] = field(default_factory=list, compare=False, repr=False)

    @property
    def own(self) -> FigureSet:
        return self.sets[-1]

    @property
    def is_baseline(self) -> bool:
        return self.scheme.valid_from > self.half.last_day

    def inputs(self) -> dict[str, Any]:
        """What an edition stores to be repeated."""
        return {
            "figure_sets": [
                {"half_year": s.half_year, "id": s.pk, "checksum": s.checksum} for s in self.sets
            ],
            "scheme_on": self.own.scheme_on.isoformat(),
            "projection": self.projection.pk if self.projection else None,
            "projection_checksum": self.projection.result_checksum if self.projection else "",
        }

    def marks(self, plan: EditionPlan) -> Marks:
        """A mark per input beside the figures, to tell later which one changed."""
        shown = sorted(self.hidden) if plan.for_councils else ()
        marks = marks_of(plan, self.scheme, self.own.scheme_on)
        return marks | {PROTECTION: checksum([str(pk) for pk in shown])[:MARK]}


def request_editions(
    *,
    region: Region,
    half_year: HalfYear,
    by: Any,
    scheme: SegmentScheme | None = None,
    only: tuple[Wanted, ...] = (),
    mirrors: bool = False,
) -> Job:
    """Ask for the editions of a half-year: the region's, each municipality's, the managers'; or
    the mirrors of all providers.

    Effects: one job. Editions that are there already with the same inputs are left as they are.
    """
    check_can_make_editions(by, region)
    return ask_by_schedule(
        region=region, half_year=half_year, by=by, scheme=scheme, only=only, mirrors=mirrors
    )


def ask_by_schedule(
    *,
    region: Region,
    half_year: HalfYear,
    by: Any = None,
    scheme: SegmentScheme | None = None,
    only: tuple[Wanted, ...] = (),
    mirrors: bool = False,
) -> Job:
    """Ask without a user: as `request_editions`, of which the caller answers for the right."""
    if any(w.kind == EditionKind.EVALUATION for w in only) and half_year.half == 1:
        raise DomainError(
            "Een jaarevaluatie gaat over een heel jaar: kies een tweede halfjaar.",
            code="geen-heel-jaar",
        )
    if half_year.start > clock.today():
        raise DomainError(
            f"Het {half_year.title} moet nog beginnen; kies een eerder halfjaar.",
            code="halfjaar-in-toekomst",
        )
    return enqueue(
        kind=JOB_KIND,
        title=f"{'Spiegels van aanbieders' if mirrors else 'Rapportages'} {half_year.title}",
        params={
            "half_year": half_year.label,
            "scheme": scheme.pk if scheme else None,
            "only": [list(astuple(w)) for w in only],
            "mirrors": mirrors,
        },
        tenant_id=region.pk,
        by=by,
    )


def make_editions(job: RunningJob) -> dict[str, Any]:
    """Do a job of kind `reports.editions`. Run again, it goes on with what is not there yet."""
    region = Region.objects.get(pk=int(job.tenant_id or 0))
    half = HalfYear.parse(job.params["half_year"])
    scheme_id = job.params.get("scheme")
    scheme = SegmentScheme.objects.get(pk=scheme_id, region=region) if scheme_id else None
    frozen = freeze(region=region, half=half, scheme=scheme, job=job)
    wanted = [Wanted(*w) for w in job.params.get("only") or []]
    wanted = wanted or list((all_mirrors if job.params.get("mirrors") else all_wanted)(frozen))
    made = []
    for number, one in enumerate(wanted):
        job.progress(number, len(wanted), f"rapport {number + 1} van {len(wanted)}")
        made.append(str(make_edition(frozen=frozen, wanted=one, by_id=job.requested_by_id).pk))
    return job.finish_with(lambda: {"editions": made})


def all_wanted(frozen: Frozen) -> Iterator[Wanted]:
    """The region's, the managers' and each municipality's; then a page for each college."""
    places = list(_members(frozen))
    yield Wanted(EditionKind.COUNCIL_REGION)
    yield Wanted(EditionKind.CONTRACT_MANAGERS)
    yield from (Wanted(EditionKind.COUNCIL_MUNICIPALITY, code) for code in places)
    yield from (Wanted(EditionKind.EXECUTIVE, code) for code in ("", *places))


def all_mirrors(frozen: Frozen) -> Iterator[Wanted]:
    """One for each known provider with youths in the half-year."""
    figures = IndicatorValue.objects.filter(figure_set=frozen.own, code="clients", numerator__gt=0)
    known = Provider.objects.filter(region=frozen.region).values("agb_code")
    mirrored = figures.filter(provider__in=known, municipality="").values_list(
        "provider", flat=True
    )
    yield from (Wanted(EditionKind.PROVIDER, provider=agb) for agb in sorted(set(mirrored)))


def _members(frozen: Frozen) -> Iterator[str]:
    yield from (code for code, _ in _member_names(frozen))


def _member_names(frozen: Frozen) -> Iterator[tuple[str, str]]:
    members = frozen.region.memberships.filter(valid_from__lte=frozen.half.last_day)
    for membership in members.select_related("municipality").order_by("municipality__name"):
        if membership.valid_to is None or membership.valid_to > frozen.half.last_day:
            yield membership.municipality.gm_code, membership.municipality.name


def freeze(
    *,
    region: Region,
    half: HalfYear,
    scheme: SegmentScheme | None = None,
    known_on: date | None = None,
    cutoff_run: int | None = None,
    job: RunningJob | None = None,
) -> Frozen:
    """Compute every half-year of the history with one scheme, day and cut-off."""
    scope = scope_of(
        region=region, half_year=half, scheme=scheme, known_on=known_on, cutoff_run=cutoff_run
    )
    history = _history(region, half)
    sets = []
    for number, past in enumerate(history):
        if job is not None:
            job.progress(number, len(history), f"cijfers {past.title}")
        sets.append(
            compute_figures(
                region=region,
                half_year=past,
                scheme=scope.scheme,
                scheme_on=scope.scheme_on,
                known_on=scope.seen.known_on,
                cutoff_run=scope.seen.cutoff_run,
            )
        )
    return Frozen(
        region=region,
        half=half,
        scheme=scope.scheme,
        sets=tuple(sets),
        hidden=hidden_for_councils(sets),
        projection=newest_projection(region.pk, scope.scheme.pk),
    )


def _history(region: Region, half: HalfYear) -> list[HalfYear]:
    """From the first half-year with messages, at most eight."""
    first = first_half_year(region.pk) or half
    first = max(min(first, half), half.shift(1 - MOST_HISTORY))
    return list(first.until(half))


def make_edition(*, frozen: Frozen, wanted: Wanted, by_id: int | None = None) -> Edition:
    """Compile, render and store one edition; the one that is there already when nothing moved.

    Effects: one Edition and its PDF as a document, together or not at all.
    """
    made_on = clock.today()
    background = background_of(frozen=frozen, wanted=wanted)
    plan = plan_of(frozen=frozen, wanted=wanted, made_on=made_on, background=background)
    content = compile_edition(plan)
    mark = content_checksum(content)
    edition = _unsaved(frozen, wanted, content, mark, by_id)
    edition.inputs |= background.inputs | {"marks": frozen.marks(plan)}
    there = _same_key(edition).order_by("-version").first()
    if there is not None and there.checksum == mark:
        return there
    edition.version = (_same_key(edition).aggregate(top=Max("version"))["top"] or 0) + 1
    edition.corrects = _same_key(edition).filter(state=EditionState.PUBLISHED).first()
    file = pdf(Written(content, {}), edition, look=look_of(frozen.region.pk, edition.municipality))
    with transaction.atomic():
        edition.pdf = store(
            title=edition.title,
            content=file,
            file_name=file_name_of(edition),
            content_type="application/pdf",
            tenant_id=frozen.region.pk,
            confidentiality=confidentiality_of(edition),
        )
        edition.save()
    return edition


def content_of(
    *, frozen: Frozen, wanted: Wanted, made_on: date, background: Beside | None = None
) -> EditionContent:
    if background is None:
        background = background_of(frozen=frozen, wanted=wanted)
    return compile_edition(
        plan_of(frozen=frozen, wanted=wanted, made_on=made_on, background=background)
    )


def content_checksum(content: EditionContent) -> str:
    """Over everything that the edition says, but not the day on which it was printed."""
    plain = to_plain(content)
    plain.pop("made_on")
    return checksum({k: v for k, v in plain.items() if v or k not in LATER})


def plan_of(*, frozen: Frozen, wanted: Wanted, made_on: date, background: Beside) -> EditionPlan:
    """Gather what one edition needs; outside the regional organisation without what is
    protected."""
    region, for_councils = frozen.region, wanted.kind in EditionKind.PROTECTED
    book = _book(frozen, for_councils)
    segments = segment_plans(frozen.scheme, wanted.gm_code)
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
        money=money_chapter(
            book=book,
            budgets=BudgetBook(region.pk),
            segments=segments,
            gm_code=wanted.gm_code,
            run=frozen.projection,
            told=_told_months(frozen, book) if for_councils else None,
        ),
        funnels={} if for_councils else funnels(book, segments, region.pk),
        providers={} if for_councils else provider_rows(book, segments, region.pk),
        notes=tuple(note["text"] for note in (*region.notes, *frozen.scheme.notes)),
        kind=wanted.kind if wanted.kind in OUTLINES else "",
        provider=wanted.provider,
        provider_name=provider_name(region.pk, wanted.provider) if wanted.provider else "",
        members=tuple(_member_names(frozen)) if not wanted.gm_code else (),
        national=background.national,
        promises=background.promises,
        answered=background.answered,
        judgements=judgements(region, frozen.half, frozen.scheme, for_councils=for_councils),
        agreed=agreed_in(frozen.scheme, frozen.half.last_day, wanted.provider),
        lessons=(
            lessons_of_year(region, frozen.half, frozen.scheme, segments)
            if wanted.kind == EditionKind.EVALUATION
            else ()
        ),
    )


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
        places = [code for code in _members(frozen) if protected(book, Cell(municipality=code))]
        frozen.months.append(tellable_months(frozen.projection, places))
    return frozen.months[0] if frozen.months else None


def _unsaved(
    frozen: Frozen, wanted: Wanted, content: EditionContent, mark: str, by_id: int | None
) -> Edition:
    return Edition(
        region=frozen.region,
        kind=wanted.kind,
        half_year=frozen.half.label,
        municipality=wanted.gm_code,
        municipality_name=content.municipality,
        provider=wanted.provider,
        provider_name=content.provider,
        scheme=frozen.scheme,
        is_baseline=frozen.is_baseline,
        known_on=frozen.own.known_on,
        cutoff_run=frozen.own.cutoff_run,
        code_version=code_version(),
        inputs=frozen.inputs(),
        content=to_plain(content),
        checksum=mark,
        made_by_id=by_id,
    )


def _same_key(edition: Edition) -> Any:
    return Edition.objects.filter(
        region=edition.region,
        kind=edition.kind,
        half_year=edition.half_year,
        municipality=edition.municipality,
        provider=edition.provider,
        scheme=edition.scheme,
    )


def confidentiality_of(edition: Edition) -> str:
    """Providers are named for contract managers and for themselves only."""
    if edition.kind in EditionKind.FOR_COLLEGES:
        return Confidentiality.INTERNAL
    return Confidentiality.CONFIDENTIAL


FILE_NAMES = {
    EditionKind.CONTRACT_MANAGERS.value: "contractmanagers",
    EditionKind.EXECUTIVE.value: "bestuur",
    EditionKind.PROVIDER.value: "spiegel",
    EditionKind.EVALUATION.value: "jaarevaluatie",
    EditionKind.PROGRAMME.value: "programma",
    EditionKind.PROJECTION.value: "prognose",
}


def file_name_of(edition: Edition) -> str:
    where = edition.provider_name or edition.municipality_name or edition.region.name
    kind = FILE_NAMES.get(edition.kind, "raad")
    return f"jeugdhulp-{edition.half_year.lower()}-{slugify(where)}-{kind}-v{edition.version}.pdf"
