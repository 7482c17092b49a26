"""From figures to patterns, to a signal."""

from datetime import date

import pytest

from core.errors import DomainError
from monitoring.domain.patterns.searching import find_patterns
from monitoring.domain.patterns.signalling import case_of, record_obliged, signal_of
from monitoring.domain.steering.learning import open_inquiries
from monitoring.models import CaseSignal, FigureSet, IndicatorValue, Inquiry, Pattern
from providers.models import Provider
from regions.enums import OrganisationKind, Role
from regions.models import Region
from tests.factories import user_with
from tests.monitoring.build import make_region, organisation

HALVES = ("2023-H1", "2023-H2", "2024-H1", "2024-H2", "2025-H1", "2025-H2")
ODD = "12345678"


@pytest.fixture
def region(db: None) -> Region:
    return make_region()


def figures(region: Region, odd: int) -> FigureSet:
    """Six half-years of 20 providers with 40 of 200; in the last one, one provider has `odd`."""
    made: FigureSet
    for half in HALVES:
        made = FigureSet.objects.create(
            region=region, half_year=half, scheme=region.schemes.get(), known_on=date(2026, 2, 1),
            scheme_on=date(2025, 12, 31), cutoff_run=1, code_version="1", checksum=half,
        )  # fmt: skip
        for number in range(20):
            provider = ODD if number == 0 else f"1111{number:04}"
            dropped = odd if number == 0 and half == HALVES[-1] else 40
            IndicatorValue.objects.create(
                figure_set=made, code="dropout_rate", segment="B", provider=provider,
                numerator=dropped, denominator=200, value=dropped / 200,
            )  # fmt: skip
    return made


def test_a_clear_shift_deserves_a_conversation(region: Region) -> None:
    found = find_patterns(figures(region, odd=90))
    row = found.patterns.get(finding="conversation")
    assert (row.provider, row.segment, row.theme, row.is_higher) == (ODD, "B", "outcome", True)
    assert row.expected == pytest.approx(0.2, abs=0.02)
    assert row.course[-1][:3] == ["2025-H2", 90, 200]
    assert found.comparisons == 20
    assert found.scopes[0]["needed"] > 0


def test_a_favourable_shift_is_praised(region: Region) -> None:
    row = find_patterns(figures(region, odd=8)).patterns.exclude(finding="noise").get()
    assert (row.finding, row.is_higher) == ("praise", False)


def test_what_chance_gives_in_twenty_cells_is_noise(region: Region) -> None:
    assert not find_patterns(figures(region, odd=52)).patterns.exclude(finding="noise").exists()


def test_the_same_question_is_answered_once(region: Region) -> None:
    made = figures(region, odd=90)
    assert find_patterns(made) == find_patterns(made)


def test_a_pattern_becomes_one_signal_with_its_figures(region: Region) -> None:
    found = find_patterns(figures(region, odd=90))
    row = found.patterns.get(finding="conversation")
    provider = Provider.objects.create(
        region=region,
        agb_code=ODD,
        name="Proef",
        organisation=organisation("Proef", OrganisationKind.PROVIDER),
    )
    by = user_with(Role.CONTRACT_MANAGER, region)
    signal = signal_of(pattern=row, text="Meer uitval.", by=by)
    assert (signal.provider, signal.half_year, signal.evidence["numerator"]) == (
        provider,
        "2025-H2",
        row.numerator,
    )
    with pytest.raises(DomainError, match="al een signaal"):
        signal_of(pattern=Pattern.objects.get(pk=row.pk), text="Meer uitval.", by=by)
    assert CaseSignal.objects.count() == 1


def test_one_click_opens_the_case_with_all_that_stands_out(region: Region) -> None:
    found = find_patterns(figures(region, odd=90))
    row = found.patterns.get(finding="conversation")
    kind = OrganisationKind.PROVIDER
    Provider.objects.create(
        region=region, agb_code=ODD, name="Proef", organisation=organisation("Proef", kind)
    )
    by = user_with(Role.CONTRACT_MANAGER, region)
    case = case_of(pattern=row, by=by)
    assert (case.theme, case.title) == ("outcome", "Uitval hoger dan verwacht")
    assert [signal.indicator for signal in case.signals.all()] == ["dropout_rate"]
    assert case_of(pattern=row, by=by) == case
    assert CaseSignal.objects.count() == 1


def test_a_worse_outcome_obliges_a_plan_and_is_recorded_once(region: Region) -> None:
    found = find_patterns(figures(region, odd=90))
    assert record_obliged(found) == 0  # not registered: nobody to ask
    kind = OrganisationKind.PROVIDER
    Provider.objects.create(
        region=region, agb_code=ODD, name="Proef", organisation=organisation("Proef", kind)
    )
    assert (record_obliged(found), record_obliged(found)) == (1, 0)
    signal = CaseSignal.objects.get()
    assert (signal.obliges_plan, signal.made_by, signal.segment.code) == (True, None, "B")


def test_a_better_outcome_is_looked_into_once_and_chance_is_not(region: Region) -> None:
    kind = OrganisationKind.PROVIDER
    provider = Provider.objects.create(
        region=region, agb_code=ODD, name="Proef", organisation=organisation("Proef", kind)
    )
    # 52 of 200 beside 40 lies beyond 95 % (z 2.0), but is nothing among twenty cells.
    quiet = find_patterns(figures(region, odd=52))
    assert (record_obliged(quiet), open_inquiries(quiet)) == (0, 0)
    FigureSet.objects.all().delete()
    found = find_patterns(figures(region, odd=8))
    assert (open_inquiries(found), open_inquiries(found), record_obliged(found)) == (1, 0, 0)
    inquiry = Inquiry.objects.get()
    assert (inquiry.provider, inquiry.indicator, inquiry.segment.code) == (
        provider, "dropout_rate", "B",
    )  # fmt: skip
    assert (inquiry.evidence["nu"], inquiry.evidence["noemer"]) == ("4,0%", 200)
