from datetime import date

import pytest

from monitoring.domain.protecting import _shown_before, figures_of, protect_for_councils
from monitoring.models import FigureSet, IndicatorValue, SuppressionResult
from monitoring.queries.published import hidden_for_councils, visible_values
from regions.enums import Role
from tests.factories import Made, ProviderFactory, a_region, user_with, with_users

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return with_users(a_region())


def a_set(made: Made, half_year: str = "2025-H1", checksum: str = "een") -> FigureSet:
    """Inflow of 40: 33 in the first municipality, 7 in the second; the provider has 5 of them."""
    one = FigureSet.objects.create(
        region=made.region,
        half_year=half_year,
        scheme=made.scheme,
        scheme_on=date(2025, 6, 30),
        known_on=date(2025, 7, 31),
        cutoff_run=1,
        code_version="1",
        checksum=checksum,
    )
    first, second = (m.gm_code for m in made.municipalities)
    other = ProviderFactory(region=made.region).agb_code
    cells = [
        ("", "", "", 40), (first, "", "", 33), (second, "", "", 7),
        ("", "S1", "", 40), ("", "S2", "", 0),
        (first, "S1", "", 33), (first, "S2", "", 0), (second, "S1", "", 7), (second, "S2", "", 0),
        ("", "S1", made.provider.agb_code, 5), ("", "S1", other, 35),
    ]  # fmt: skip
    IndicatorValue.objects.bulk_create(
        IndicatorValue(
            figure_set=one, code=code, municipality=municipality, segment=segment,
            provider=provider, numerator=count, value=count,
        )
        for code in ("inflow", "referrer_share_08:eigen")
        for municipality, segment, provider, count in cells
    )  # fmt: skip
    return one


def seen(user, one):
    """What the user reads of the inflow, per municipality, segment and provider, once the job has
    worked out what councils may see."""
    protect_for_councils([one])
    return {
        (v.municipality, v.segment, v.provider): "afgeschermd" if v.hidden else v.value
        for v in visible_values(user, one)
        if v.code == "inflow"
    }


@pytest.mark.parametrize("role", [Role.COUNCIL_MEMBER, Role.COUNCIL_CLERK])
def test_a_council_sees_the_mark_and_cannot_subtract(made, role):
    first, second = (m.gm_code for m in made.municipalities)
    member = user_with(role, made.region, municipality=made.municipalities[1])
    shown = seen(member, a_set(made))
    assert shown[second, "", ""] == "afgeschermd"
    assert "afgeschermd" in (shown["", "", ""], shown[first, "", ""])
    assert shown["", "S2", ""] == shown[first, "S2", ""] == 0


def test_nobody_but_staff_is_told_of_the_cells_of_providers(made):
    shown = seen(made.users[Role.COUNCIL_CLERK], a_set(made))
    assert not [cell for cell in shown if cell[2]]


def test_figures_that_no_edition_tells_are_left_out_for_councils(made):
    values = visible_values(made.users[Role.COUNCIL_CLERK], a_set(made))
    assert {value.code for value in values} == {"inflow"}


@pytest.mark.parametrize("role", sorted(Role.REGIONAL_STAFF))
def test_staff_of_the_region_see_everything(made, role):
    one = a_set(made)
    values = visible_values(made.users[role], one)
    assert values.count() == one.values.count()
    assert not [v for v in values if v.hidden]


@pytest.mark.parametrize("role", [Role.ACCESS_TEAM, Role.EXECUTIVE])
def test_a_municipality_sees_its_own_cells(made, role):
    first, second = (m.gm_code for m in made.municipalities)
    user = user_with(role, made.region, municipality=made.municipalities[1])
    shown = seen(user, a_set(made))
    assert shown[second, "", ""] == shown[second, "S1", ""] == 7
    assert shown[first, "", ""] == "afgeschermd"


def test_a_provider_sees_its_own_cells_and_those_of_no_other(made):
    shown = seen(made.users[Role.PROVIDER], a_set(made))
    assert {cell: told for cell, told in shown.items() if cell[2]} == {
        ("", "S1", made.provider.agb_code): 5
    }


def test_someone_of_another_region_sees_nothing(made):
    elsewhere = a_region(slug="zuid", name="Regio Zuid")
    stranger = user_with(Role.CONTRACT_MANAGER, elsewhere.region)
    assert not visible_values(stranger, a_set(made)).exists()


def test_the_answer_is_worked_out_once(made):
    sets = [a_set(made, "2024-H2"), a_set(made)]
    assert hidden_for_councils(sets) == hidden_for_councils(sets)
    assert SuppressionResult.objects.count() == 1


def test_a_raised_threshold_asks_for_another_answer_that_hides_more(made):
    one = a_set(made)
    IndicatorValue.objects.create(figure_set=one, code="outflow", numerator=20, value=20)
    usual = hidden_for_councils([one])
    made.region.min_cases = 45
    made.region.save()
    one.region.refresh_from_db()
    raised = hidden_for_councils([one])
    assert raised > usual
    assert SuppressionResult.objects.count() == 2


def test_what_was_hidden_stays_hidden_while_its_numbers_are_the_same(made):
    """The region's total was shown beside a municipality that must be hidden; it may not swap."""
    first = a_set(made)
    before = protect_for_councils([first])
    hidden = first.values.filter(code="inflow", provider="").exclude(pk__in=before.shown)
    cells = {(v.municipality, v.segment) for v in hidden}
    again = a_set(made, checksum="twee")
    after = protect_for_councils([again])
    now = again.values.filter(code="inflow", provider="").exclude(pk__in=after.shown)
    assert cells <= {(v.municipality, v.segment) for v in now}


def test_no_sets_hide_nothing():
    assert hidden_for_councils([]) == frozenset()


def test_until_the_job_has_worked_it_out_councils_see_marks_only(made):
    values = visible_values(made.users[Role.COUNCIL_CLERK], a_set(made))
    assert values
    assert all(value.hidden for value in values)
    assert not SuppressionResult.objects.exists()


def test_what_an_earlier_answer_showed_is_known_again_by_its_numbers(made):
    first = a_set(made)
    shown = set(protect_for_councils([first]).shown)
    again = a_set(made, checksum="twee")
    known = {
        (v.municipality, v.segment)
        for v in again.values.filter(pk__in=_shown_before(again.region, figures_of([again])))
    }
    assert known == {(v.municipality, v.segment) for v in first.values.filter(pk__in=shown)}
    again.values.update(numerator=99)
    assert not _shown_before(again.region, figures_of([again]))
