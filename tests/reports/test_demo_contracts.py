"""The contracts of the demonstration are full, and made by the verbs of the application."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from care.models import Trajectory
from procurement.models import (
    Ballot,
    Clause,
    Contract,
    ContractPolicy,
    Tariff,
    TransitionPlan,
    VotingRule,
)
from regions.enums import Role
from reports.demo.contract_files import fill_contracts
from reports.demo.contracts import make_contracts
from reports.demo.indexing import make_indexation
from tests.factories import ProviderFactory, SchemePhaseFactory, TariffFactory, a_region, with_users

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(settings):
    settings.CLOCK_TODAY = "2026-03-02"
    made = with_users(a_region())
    Contract.objects.all().delete()
    SchemePhaseFactory(scheme=made.scheme, aims=["Sturing op ambulant"])
    ContractPolicy.objects.create(
        scheme=made.scheme, max_extensions=1, extension_months=48,
        extension_tests=["Doelrealisatie", "Partnerschap"], long_term_reason="Lang.",
    )  # fmt: skip
    VotingRule.objects.create(
        region=made.region, subject="provider", electorate="region", valid_from=date(2023, 1, 1)
    )
    for number, provider in enumerate(
        [made.provider, *(ProviderFactory(region=made.region) for _ in range(4))]
    ):
        Trajectory.objects.create(
            region_id=made.region.pk, client=number.to_bytes(16, "big"), allocation_number=number,
            municipality=made.municipalities[0].gm_code, provider=provider.agb_code, category="45",
            product="45A01", allocated_on=date(2026, 1, 1), valid_from=date(2026, 1, 1),
            start_on=date(2026, 1, 1),
        )  # fmt: skip
    return made


def test_contracts_are_filled_once_and_show_what_comes_next(made) -> None:
    by = made.users[Role.CONTRACT_MANAGER]
    make_contracts(made.scheme)
    # A clause of a framework is there before the contracts are filled.
    early = Contract.objects.order_by("number")[0]
    Clause.objects.create(contract=early, kind="other", title="Visie", text="Onderschreven.")
    assert fill_contracts(made.scheme, by) == 5
    assert fill_contracts(made.scheme, by) == 0
    first = Contract.objects.order_by("number").first()
    assert first.phases.get().aims == ["Sturing op ambulant"]
    assert first.extension_tests == ["Doelrealisatie", "Partnerschap"]
    counts = [getattr(first, name).count() for name in ("products", "clauses", "obligations")]
    assert counts == [1, 4, 3]
    assert first.revisions.get().state == "offered"
    assert Ballot.objects.get().state == "open"
    plan = TransitionPlan.objects.get()
    assert (plan.state, plan.contract.status) == ("running", "notice")
    assert plan.ends_on - date(2026, 3, 2) == timedelta(days=245)
    assert plan.counts.get().clients == 1
    assert plan.offers.count() == 2


def test_the_indexation_of_next_year_waits_to_be_looked_at(made) -> None:
    """0.9 * 4.10 + 0.1 * 2.30 = 3.92; 0.9 * (4.38 - 4.50) + 0.1 * (2.60 - 2.50) = -0.098: 3.82."""
    Tariff.objects.all().delete()
    for year, amount in ((2026, "100.00"), (2027, "111.00")):
        TariffFactory(
            region=made.region, amount=Decimal(amount), valid_from=date(year, 1, 1),
            valid_to=date(year + 1, 1, 1),
        )  # fmt: skip
    by = made.users[Role.CONTRACT_MANAGER]
    run = make_indexation(made.region, by=by)
    assert (run.year, run.state) == (2027, "prepared")
    line = run.lines.get()
    assert [str(x) for x in (line.old_amount, line.percentage, line.new_amount)] == [
        "100.00", "3.82", "103.82",
    ]  # fmt: skip
    assert Tariff.objects.get().amount == Decimal("100.00")
    assert make_indexation(made.region, by=by) is None
