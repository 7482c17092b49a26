"""A half-year that has ended closes by itself, step by step."""

import pytest

from core.jobs.api import Job, run
from reports.domain.closing import close_half_years
from tests.factories import SegmentSchemeFactory

pytestmark = pytest.mark.django_db
FIGURES, PROJECTION, EDITIONS = "monitoring.figures", "finance.project", "reports.editions"


@pytest.fixture
def settings_in_january(settings):
    settings.CLOCK_TODAY = "2026-01-02"


def done(jobs: list[Job]) -> None:
    for job in jobs:
        run(job.pk)
        job.refresh_from_db()
        assert job.state == "done", job.error


def test_figures_and_projection_come_first_and_then_the_editions(golden, settings_in_january):
    first = close_half_years()
    assert {job.kind for job in first} == {FIGURES, PROJECTION}
    assert all(job.requested_by_id is None for job in first)
    assert {job.pk for job in close_half_years()} < {job.pk for job in first}  # nothing ended yet
    done([job for job in first if job.kind == FIGURES])
    assert close_half_years() == []  # the projection has not
    done([job for job in first if job.kind == PROJECTION])
    (editions,) = close_half_years()
    assert (editions.kind, editions.params["half_year"]) == (EDITIONS, "2025-H2")
    assert close_half_years() == []


def test_a_region_without_messages_is_left_alone(settings_in_january, db):
    empty = SegmentSchemeFactory().region
    assert empty.pk not in {job.tenant_id for job in close_half_years()}
