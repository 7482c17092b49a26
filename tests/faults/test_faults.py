"""Whatever dies in the middle, the work ends once, whole, and as if nothing had happened."""

import io

import pytest
from django.db import connection, transaction

from core.intake import api as intake
from core.intake.models import IntakeRun
from core.intake.plaincursor import plain_cursor
from core.jobs.api import Job, JobState
from core.periods import HalfYear
from monitoring.domain.figures import compute_with_comparisons
from monitoring.domain.requesting import ask_by_schedule
from monitoring.models import FigureSet, IndicatorValue
from reports.domain.freezing import freeze
from reports.domain.making import make_edition
from reports.domain.requesting import Wanted, request_editions
from reports.enums import EditionKind
from reports.models import Edition
from tests.factories import user_with
from tests.golden_region import deliver, load_golden, make_golden_region

from .engine import end_all_other_connections, finished, held, someone_waits_for_a_table, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
HALF = HalfYear(2025, 1)
TABLES = (
    "care_message", "care_allocationrecord", "care_carerecord", "care_referralrequest",
    "care_declarationline", "care_lineanswer", "care_trajectory", "care_spendmovement",
    "care_receivedrun", "intake_rejection",
)  # fmt: skip


def contents(region):
    """Per table the number of rows and a digest of them, whatever run brought them."""
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            mine = "" if table == "intake_rejection" else f"WHERE region_id = {region.pk}"
            cursor.execute(
                f"SELECT count(*), md5(coalesce(string_agg(row, '|' ORDER BY row), '')) FROM ("
                f" SELECT (to_jsonb(t) - 'id' - 'run' - 'run_id')::text AS row"
                f" FROM {table} t {mine}) rows"
            )
            found[table] = cursor.fetchone()
    return found


def deliver_to_worker(region, path):
    files = [(path.name, io.BytesIO(path.read_bytes()))]
    return intake.receive(form=intake.form("ijw"), tenant_id=region.pk, by=None, files=files)


def accounts(run):
    """What a run says of itself; its spool goes right after its job is done."""
    spool_is_gone = IntakeRun.objects.filter(pk=run.pk, spool="").exists
    wait_until(spool_is_gone, about="the spool to go")
    run.refresh_from_db()
    names = ("state", "offered", "accepted", "changed", "unchanged", "waiting", "rejected", "spool")
    return {name: getattr(run, name) for name in names}


@pytest.fixture
def undisturbed(engine, golden_folder):
    """The region after the run as it should be, and before it again."""
    region = make_golden_region(golden_folder)
    run = deliver(region, "ijw", golden_folder / "run1.zip")
    expected = contents(region), accounts(run)
    assert expected[0]["care_declarationline"][0] > 0
    with transaction.atomic(), plain_cursor() as cursor:
        intake.form("ijw").undo(cursor, run)
    IntakeRun.objects.filter(pk=run.pk).delete()
    return region, expected


@pytest.mark.parametrize("fault", ["worker", "database"])
def test_an_intake_merge_survives(engine, undisturbed, golden_folder, fault):
    region, (rows, counts) = undisturbed
    with held("care_trajectory"):
        run = deliver_to_worker(region, golden_folder / "run1.zip")
        wait_until(someone_waits_for_a_table, about="the merge to stand still in its middle")
        if fault == "worker":
            engine.kill_worker()
        else:
            assert end_all_other_connections() > 0
    engine.worker  # noqa: B018 -- another one, where it was killed
    job = finished(run.job)
    assert (job.state, job.error) == (JobState.DONE, "")
    assert job.attempts >= 2
    assert contents(region) == rows
    assert accounts(run) == counts
    assert IntakeRun.objects.filter(tenant_id=region.pk, form_code="ijw").count() == 1


def test_figures_and_editions_survive_their_worker(engine, golden_folder):
    region = load_golden(golden_folder).region
    job = ask_by_schedule(region, HALF)
    wait_until(FigureSet.objects.exists, about="the first set of figures")
    engine.kill_worker()
    job.refresh_from_db()
    assert job.state == JobState.RUNNING
    engine.worker  # noqa: B018
    assert finished(job).state == JobState.DONE
    made = set(job.result["figure_sets"])
    assert {one.pk for one in compute_with_comparisons(region=region, half_year=HALF)} <= made
    # The editions that follow may already be making sets of their own.
    assert made <= set(FigureSet.objects.values_list("pk", flat=True))
    assert not FigureSet.objects.exclude(pk__in=IndicatorValue.objects.values("figure_set"))

    by = user_with("policy_officer", region)
    wanted = (Wanted(EditionKind.CONTRACT_MANAGERS), Wanted(EditionKind.COUNCIL_REGION))
    job = request_editions(region=region, half_year=HALF, by=by, only=wanted)
    wait_until(Edition.objects.exists, about="the first edition")
    engine.kill_worker()
    job.refresh_from_db()
    assert job.state == JobState.RUNNING
    engine.worker  # noqa: B018
    assert finished(job).state == JobState.DONE
    editions = list(Edition.objects.order_by("kind"))
    assert [(e.kind, e.version) for e in editions] == sorted((w.kind, 1) for w in wanted)
    frozen = freeze(region=region, half=HALF)
    again = [make_edition(frozen=frozen, wanted=one) for one in wanted]
    assert {e.pk: e.checksum for e in again} == {e.pk: e.checksum for e in editions}
    assert all(e.pdf.file.read(5) == b"%PDF-" and e.pdf.file.size == e.pdf.size for e in editions)


def test_work_goes_on_when_the_broker_is_emptied_and_killed(engine, undisturbed, golden_folder):
    region, (rows, counts) = undisturbed
    with held("care_trajectory"):
        run = deliver_to_worker(region, golden_folder / "run1.zip")
        wait_until(someone_waits_for_a_table, about="the merge to stand still in its middle")
        engine.empty_broker()
        engine.kill_broker()
        waiting = ask_by_schedule(region, HALF)
        assert Job.objects.get(pk=waiting.pk).state == JobState.QUEUED
        engine.start_broker()
    assert finished(run.job).state == JobState.DONE
    assert contents(region) == rows
    assert accounts(run) == counts
    assert finished(waiting).state == JobState.DONE
    assert FigureSet.objects.filter(region=region).count() == len(waiting.result["figure_sets"])
