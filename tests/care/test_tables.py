"""Tables beside the messages: what a row does, and that the accounting adds up."""

from datetime import date
from decimal import Decimal

from care.domain.proof import check_rollups
from care.models import (
    DeclarationLine,
    IndicatorDelivery,
    Instalment,
    OutcomeMeasurement,
    SpendMovement,
    Trajectory,
)
from core.intake import api as intake
from core.intake.models import IntakeRun
from regions.models import Region
from tests.care.tables import KEY, LINE, TRAJECTORY, counts, region, take

__all__ = ["region"]
KEY_OF_CARE = ("begindatum", "einddatum", "reden_beeindiging", "dagtekening")


def spend(region: Region) -> int:
    return sum(
        SpendMovement.objects.filter(region_id=region.pk).values_list("amount_cents", flat=True)
    )


def is_proven(region: Region) -> bool:
    return set(check_rollups(region_id=region.pk).values()) == {0}


def test_line_waits_for_its_allocation_and_counts_already(region: Region) -> None:
    assert counts(take(region, "declaraties", LINE)) == (0, 0, 0, 1, 0)
    assert spend(region) == 7200
    take(region, "trajecten", TRAJECTORY)
    assert counts(take(region, "declaraties", LINE | {"referentienummer": "D02"})) == (
        1,
        0,
        0,
        0,
        0,
    )


def test_same_file_twice_changes_nothing(region: Region) -> None:
    take(region, "declaraties", LINE)
    assert counts(take(region, "declaraties", LINE)) == (0, 0, 1, 0, 0)
    assert DeclarationLine.objects.filter(region_id=region.pk).count() == 1


def test_line_sent_again_replaces_the_earlier(region: Region) -> None:
    take(region, "trajecten", TRAJECTORY)
    take(region, "declaraties", LINE)
    again = take(region, "declaraties", LINE | {"bedrag": "60,00", "dagtekening": "2025-03-05"})
    assert counts(again) == (0, 1, 0, 0, 0)
    assert spend(region) == 6000
    known_in_february = SpendMovement.objects.filter(
        region_id=region.pk, known_month=date(2025, 2, 1)
    )
    assert [row.amount_cents for row in known_in_february] == [7200]
    assert is_proven(region)


def test_same_row_twice_in_a_file_counts_once(region: Region) -> None:
    take(region, "trajecten", TRAJECTORY)
    assert counts(take(region, "declaraties", LINE, LINE)) == (1, 0, 1, 0, 0)


def test_credit_waits_for_its_debit(region: Region) -> None:
    take(region, "trajecten", TRAJECTORY)
    credit = LINE | {
        "referentienummer": "D02", "vorig_referentienummer": "D01", "debet_credit": "C",
    }  # fmt: skip
    assert counts(take(region, "declaraties", credit)) == (0, 0, 0, 1, 0)
    assert spend(region) == -7200
    take(region, "declaraties", LINE)
    assert spend(region) == 0


def test_row_of_another_municipality_is_rejected_with_its_place(region: Region) -> None:
    run = take(region, "declaraties", LINE, LINE | {"gemeente": "0363"})
    assert counts(run) == (0, 0, 0, 1, 1)
    rejection = run.rejections.get()
    assert (rejection.record_no, rejection.field, rejection.rule) == (
        3, "gemeente", "gemeente-buiten-regio",
    )  # fmt: skip


def test_trajectory_follows_its_latest_row(region: Region) -> None:
    started = TRAJECTORY | {"begindatum": "2025-01-22", "dagtekening": "2025-01-22"}
    stopped = started | {
        "einddatum": "2025-06-30", "reden_beeindiging": "31", "dagtekening": "2025-07-02",
    }  # fmt: skip
    assert counts(take(region, "trajecten", TRAJECTORY)) == (1, 0, 0, 0, 0)
    assert counts(take(region, "trajecten", stopped)) == (0, 1, 0, 0, 0)
    assert counts(take(region, "trajecten", started)) == (0, 1, 0, 0, 0)
    case = Trajectory.objects.get(region_id=region.pk)
    assert (case.start_on, case.stop_on, case.stop_reason) == (
        date(2025, 1, 22), date(2025, 6, 30), "31",
    )  # fmt: skip
    assert (case.referrer, case.age, case.allocated_on) == ("02", 12, date(2025, 1, 6))


def test_trajectory_row_without_a_stop_withdraws_it(region: Region) -> None:
    stopped = TRAJECTORY | {
        "begindatum": "2025-01-22", "einddatum": "2025-06-30", "reden_beeindiging": "31",
        "dagtekening": "2025-07-02",
    }  # fmt: skip
    take(region, "trajecten", stopped)
    take(region, "trajecten", TRAJECTORY | {"dagtekening": "2025-07-09"})
    case = Trajectory.objects.get(region_id=region.pk)
    assert (case.start_on, case.stop_on) == (None, None)


def test_a_row_of_an_earlier_day_that_comes_later_changes_nothing_after_it(region: Region) -> None:
    begun = TRAJECTORY | {"begindatum": "2025-01-22", "dagtekening": "2025-02-16"}
    stopped = begun | {
        "einddatum": "2025-02-06", "reden_beeindiging": "31", "dagtekening": "2025-02-15",
    }  # fmt: skip
    waits = TRAJECTORY | {"toewijzingnummer": "1002", "dagtekening": "2025-03-01"}
    for row in (begun, stopped, waits, waits | {k: stopped[k] for k in KEY_OF_CARE}):
        take(region, "trajecten", row)
    cases = Trajectory.objects.filter(region_id=region.pk).order_by("allocation_number")
    found = [(case.start_on, case.stop_on) for case in cases]
    assert found == [(date(2025, 1, 22), None), (None, None)]
    # What a row leaves open has no day: the delivery touches no month before its allocation.
    notes = IntakeRun.objects.filter(tenant_id=region.pk).latest("number").notes
    assert notes["touches_from"] == "2025-01-01"


def test_trajectories_delivered_twice_are_unchanged(region: Region) -> None:
    rows = [
        TRAJECTORY,
        TRAJECTORY | {"toewijzingnummer": "1002", "begindatum": "2025-01-22"},
        TRAJECTORY
        | {
            "toewijzingnummer": "1003", "begindatum": "2025-01-22", "einddatum": "2025-02-03",
            "reden_beeindiging": "32",
        },
    ]  # fmt: skip
    assert counts(take(region, "trajecten", *rows)) == (3, 0, 0, 0, 0)
    assert counts(take(region, "trajecten", *rows)) == (0, 0, 3, 0, 0)


def test_stop_needs_a_start_and_a_reason(region: Region) -> None:
    run = take(
        region,
        "trajecten",
        TRAJECTORY | {"einddatum": "2025-02-03", "reden_beeindiging": "31"},
        TRAJECTORY | {"begindatum": "2025-02-01", "einddatum": "2025-02-03"},
    )
    assert [row.rule for row in run.rejections.all()] == ["stop-zonder-start", "reden-ontbreekt"]


OUTCOME = {
    **KEY, "datum": "2025-06-30", "informant": "ouder", "cijfer": "8", "zonder_hulp": "04",
    "doel_bereikt": "ja",
}  # fmt: skip


def test_measurement_replaces_and_undo_brings_the_old_one_back(region: Region) -> None:
    assert counts(take(region, "uitkomsten", OUTCOME)) == (0, 0, 0, 1, 0)
    assert counts(take(region, "uitkomsten", OUTCOME)) == (0, 0, 1, 0, 0)
    second = take(region, "uitkomsten", OUTCOME | {"cijfer": "6"})
    assert counts(second) == (0, 1, 0, 0, 0)
    standing = OutcomeMeasurement.objects.filter(region_id=region.pk, replaced_in__isnull=True)
    assert [row.mark for row in standing] == [6]
    intake.undo_run(run=second, by=None)
    assert [row.mark for row in standing.all()] == [8]


def test_measurement_without_any_answer_is_rejected(region: Region) -> None:
    empty = OUTCOME | {"cijfer": "", "zonder_hulp": "", "doel_bereikt": ""}
    assert take(region, "uitkomsten", empty).rejections.get().rule == "meting-zonder-antwoord"


def test_instalment_is_for_a_half_open_period(region: Region) -> None:
    row = {
        "gemeente": "0518", "aanbieder": "65650011", "segment": "S1", "begindatum": "2025-01-01",
        "einddatum": "2025-03-31", "bedrag": "1000000,00",
    }  # fmt: skip
    assert counts(take(region, "termijnen", row)) == (1, 0, 0, 0, 0)
    paid = Instalment.objects.get(region_id=region.pk)
    assert (paid.period_to, paid.amount) == (date(2025, 4, 1), Decimal("1000000.00"))


def test_delivered_share_cannot_exceed_the_whole(region: Region) -> None:
    row = {
        "halfjaar": "2025-H1", "gemeente": "", "segment": "S1", "aanbieder": "65650011",
        "indicator": "crisis_within_24h", "teller": "18", "noemer": "20", "toelichting": "",
    }  # fmt: skip
    run = take(region, "aanleveringen", row, row | {"segment": "S2", "teller": "21"})
    assert counts(run) == (1, 0, 0, 0, 1)
    assert run.rejections.get().rule == "teller-boven-noemer"
    assert IndicatorDelivery.objects.get(region_id=region.pk).denominator == 20
    assert run.notes["attention"] == [
        {"rule": "unknown-indicator", "code": "crisis_within_24h", "records": 1}
    ]


def test_double_row_with_other_content_is_rejected(region: Region) -> None:
    run = take(region, "uitkomsten", OUTCOME, OUTCOME | {"cijfer": "3"})
    assert counts(run) == (0, 0, 0, 1, 1)
    assert run.rejections.get().rule == "dubbel-in-bestand"
