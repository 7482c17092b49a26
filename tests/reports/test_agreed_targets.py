"""One target everywhere: what was agreed and held on the day, or that nothing was."""

from datetime import date
from decimal import Decimal

import pytest

from core.errors import DomainError
from monitoring.domain.cases.following import agreed_target
from monitoring.domain.steering import rows
from monitoring.models import AgreedTarget, Judgement
from monitoring.queries.case_figures import agreed_for, agreed_in_words, agreed_words
from monitoring.queries.wanted import NOTHING_AGREED
from reports.queries.figures import agreed_in, measures, targets
from segments.models import GoalIndicator
from tests.factories import ContractFactory, IndicatorDefinitionFactory, a_region, with_users
from tests.monitoring.cases.build import a_case
from tests.monitoring.steering.build import a_session, an_agreed_set

pytestmark = pytest.mark.django_db
LAST_DAY = date(2025, 12, 31)
CODE = "dropout_rate"


@pytest.fixture
def made(settings):
    settings.CLOCK_TODAY = "2026-03-01"
    return with_users(a_region())


def agreed(made, level, **scope):
    """From July 2025 on: drop-out at this level in 2026."""
    version = an_agreed_set(made, agree=False, **scope)
    by = made.users["contract_manager"]
    target = AgreedTarget.objects.get(agreed__version=version)
    target.value = Decimal(level)
    rows.keep(row=target, by=by)
    version.holds_from = date(2025, 7, 1)
    rows.keep(row=version, by=by)
    rows.take(row=version, move="agree", by=by)
    return version


def in_edition(made, agb_code=""):
    held = agreed_in(made.scheme, LAST_DAY, agb_code)[made.segments[0].code]
    return held.target(CODE), held.told


def test_a_case_a_session_an_edition_and_a_mirror_name_the_same_target(made):
    agreed(made, "0.2")
    case = a_case(made)
    case.segment = made.segments[0]
    a_session(made, "reading")
    frozen = Judgement.objects.get(code=CODE).figure
    line = targets(made.scheme, measures(made.scheme), LAST_DAY)[CODE, made.segments[0].code, ""]
    mirrored, told = in_edition(made, made.provider.agb_code)
    assert frozen["target"] == line.text == mirrored.text == "20,0% (2026)"
    assert (line.value, agreed_target(case=case, code=CODE)) == (0.2, 0.2)
    assert "20,0% (2026), nulmeting 15,0%" in agreed_words(agreed_for(case), CODE)
    assert told == frozen["agreed"] == line.source
    assert "met alle aanbieders: versie 1, geldig vanaf 1 juli 2025" in told

    agreed(made, "0.18", provider=made.provider)
    assert in_edition(made)[0].text == "20,0% (2026)"
    assert in_edition(made, made.provider.agb_code)[0].text == "18,0% (2026)"
    assert "Uitval: 18,0% (2026)" in agreed_in_words(case)


def test_a_number_of_all_together_is_no_target_of_one_provider(made):
    many = IndicatorDefinitionFactory(region=made.region, code="outflow", name="Uitstroom")
    GoalIndicator.objects.create(goal=made.goal, indicator=many)
    version = an_agreed_set(made, agree=False)
    AgreedTarget.objects.filter(agreed__indicator=many).update(value=550)
    version.holds_from = date(2025, 7, 1)
    rows.keep(row=version, by=made.users["contract_manager"])
    rows.take(row=version, move="agree", by=made.users["contract_manager"])
    of_all, of_one = (
        agreed_in(made.scheme, LAST_DAY, code)[made.segments[0].code].target("outflow")
        for code in ("", made.provider.agb_code)
    )
    assert (of_all.text, of_all.value) == ("550 (2026)", 550)
    assert (of_one.text, of_one.value) == ("550 (2026), alle aanbieders samen", None)


def test_a_contract_that_has_ended_no_longer_counts(made):
    agreed(made, "0.2")
    contract = ContractFactory(
        region=made.region, provider=made.provider, start_date=date(2025, 1, 1),
        end_date=date(2025, 12, 31),
    )  # fmt: skip
    agreed(made, "0.1", provider=made.provider, contract=contract)
    code, segment = made.provider.agb_code, made.segments[0].code
    found = [
        agreed_in(made.scheme, day, code)[segment].target(CODE).text
        for day in (date(2025, 12, 30), LAST_DAY)
    ]
    assert found == ["10,0% (2026)", "20,0% (2026)"]


def test_where_nothing_was_agreed_it_says_so(made):
    a_session(made, "reading")
    assert Judgement.objects.get(code=CODE).figure["agreed"] == NOTHING_AGREED
    assert agreed_in(made.scheme, LAST_DAY) == {}
    case = a_case(made)
    with pytest.raises(DomainError, match="niet over één segment"):
        agreed_target(case=case, code=CODE)
    case.segment = made.segments[0]
    assert agreed_in_words(case) == NOTHING_AGREED
    with pytest.raises(DomainError, match="geen streefwaarde afgesproken"):
        agreed_target(case=case, code=CODE)
