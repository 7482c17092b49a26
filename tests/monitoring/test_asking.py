"""Figures on request and by schedule, and what they stand beside."""

from datetime import date

import pytest

from core.errors import DomainError, NotAllowed
from core.jobs.api import Job, run
from core.periods import HalfYear
from monitoring.domain.requesting import close_half_year, request_figures
from monitoring.models import FigureSet
from monitoring.queries.figures import figures_for
from regions.enums import Role
from regions.models import Municipality, Region
from segments.models import ProductPlacement, SegmentScheme
from tests.factories import SegmentSchemeFactory, user_with

from .build import figures, trajectory, value

H1, H2 = HalfYear(2025, 1), HalfYear(2025, 2)


def done(job: Job) -> Job:
    run(job.pk)
    job.refresh_from_db()
    return job


def test_a_job_computes_the_half_year_the_one_before_and_a_year_ago(region: Region) -> None:
    by = user_with(Role.CONTRACT_MANAGER, region)
    job = done(request_figures(region=region, half_year=H2, by=by))
    assert job.state == "done", job.error
    assert job.percentage == 100
    labels = set(FigureSet.objects.values_list("half_year", flat=True))
    assert labels == {"2025-H2", "2025-H1", "2024-H2"}


def test_asking_twice_is_one_job(region: Region) -> None:
    by = user_with(Role.CONTROLLER, region)
    first = request_figures(region=region, half_year=H1, by=by)
    assert request_figures(region=region, half_year=H1, by=by).pk == first.pk


def test_a_council_member_cannot_ask(region: Region) -> None:
    delft = Municipality.objects.get(gm_code="0503")
    by = user_with(Role.COUNCIL_MEMBER, region, municipality=delft)
    with pytest.raises(NotAllowed):
        request_figures(region=region, half_year=H1, by=by)


def test_a_half_year_to_come_is_refused(region: Region) -> None:
    by = user_with(Role.CONTROLLER, region)
    with pytest.raises(DomainError, match="moet nog beginnen"):
        request_figures(region=region, half_year=HalfYear(2999, 1), by=by)


def test_closing_asks_once_for_the_half_year_that_ended(region: Region, settings) -> None:
    settings.CLOCK_TODAY = "2026-01-02"
    jobs = close_half_year()
    assert [job.params["half_year"] for job in jobs] == ["2025-H2"]
    done(jobs[0])
    assert close_half_year() == []


def test_closing_leaves_a_region_without_messages_alone(region: Region, settings) -> None:
    settings.CLOCK_TODAY = "2026-01-02"
    SegmentSchemeFactory()
    assert [job.tenant_id for job in close_half_year()] == [region.pk]


def test_comparison_takes_the_scheme_of_the_later_half_year(region: Region) -> None:
    """Product 45A48 moves from B to A on 1 July; H1 beside H2 shows it in A, by itself in B."""
    ProductPlacement.objects.filter(product_code="45A48").update(valid_to=date(2025, 7, 1))
    segment = region.schemes.get().segments.get(code="A")
    ProductPlacement.objects.create(
        scheme=segment.scheme, segment=segment, product_code="45A48", valid_from=date(2025, 7, 1)
    )
    trajectory(region, 1, "2025-02-01")
    done(request_figures(region=region, half_year=H2, by=user_with(Role.CONTROLLER, region)))
    shown = figures_for(region, H2)
    assert shown is not None
    assert shown.before is not None
    assert value(shown.before, "clients", segment="A") == 1
    alone = figures_for(region, H1)
    assert alone is not None
    assert value(alone.now, "clients", segment="B") == 1


def test_a_coming_scheme_is_the_baseline_of_a_half_year_before_it(region: Region) -> None:
    SegmentScheme.objects.filter(region=region).update(valid_from=date(2027, 1, 1))
    ProductPlacement.objects.update(valid_from=date(2027, 1, 1))
    trajectory(region, 1, "2025-02-01")
    figure_set = figures(region)
    assert figure_set.scheme_on == date(2027, 1, 1)
    assert figure_set.is_own_scheme
    assert value(figure_set, "clients", segment="B") == 1
