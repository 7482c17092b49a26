"""Asking for the editions of a half-year: one job."""

from dataclasses import astuple, dataclass
from typing import Any

from core import clock
from core.errors import DomainError
from core.jobs.api import Job, enqueue
from core.periods import HalfYear
from regions.models import Region
from segments.models import SegmentScheme

from ..enums import EditionKind
from ..rules import check_can_make_editions

JOB_KIND = "reports.editions"


@dataclass(frozen=True)
class Wanted:
    """One edition to make."""

    kind: str
    gm_code: str = ""
    provider: str = ""


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
