"""Making the editions of a half-year: figures first, then one by one."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import Max

from core import clock
from core.jobs.api import RunningJob
from core.periods import HalfYear
from core.plain import checksum, to_plain
from monitoring.models import IndicatorValue
from providers.models import Provider
from regions.models import Region
from segments.models import SegmentScheme

from ..enums import EditionKind, EditionState
from ..models import Edition
from ..queries.themes import look_of
from ..version import code_version
from .compile import compile_edition
from .content import LATER, EditionContent
from .filing import file_pdf
from .freezing import Frozen, freeze, members_of
from .gathering import background_of, plan_of
from .passages import Written
from .render import pdf
from .requesting import Wanted


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
    places = list(members_of(frozen))
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
        edition.pdf = file_pdf(edition, file)
        edition.save()
    return edition


def content_checksum(content: EditionContent) -> str:
    """Over everything that the edition says, but not the day on which it was printed."""
    plain = to_plain(content)
    plain.pop("made_on")
    return checksum({k: v for k, v in plain.items() if v or k not in LATER})


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
