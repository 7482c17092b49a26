"""Contracts: who sees them, which tariff holds, and phases within the term."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from core.errors import DomainError, NotAllowed
from procurement.domain.contracts import keep_contract, keep_part
from procurement.models import Contract, ContractPhase, Tariff
from procurement.queries import contracts
from procurement.queries.tariffs import tariffs_of
from regions.enums import Role
from tests.factories import (
    ContractFactory,
    Made,
    ProviderFactory,
    TariffFactory,
    a_region,
    user_with,
    with_users,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Made:
    return a_region()


def test_who_sees_the_register(made: Made) -> None:
    with_users(made)
    other = ContractFactory(region=made.region, provider=ProviderFactory(region=made.region))
    seeing = {role for role, user in made.users.items() if other in contracts.visible_to(user)}
    assert seeing == {*Role.REGIONAL_STAFF, Role.EXECUTIVE}
    assert list(contracts.visible_to(made.users[Role.PROVIDER])) == [made.contract]


@pytest.mark.parametrize(
    ("day", "amounts"),
    [
        (date(2024, 12, 31), {"92.40"}),
        (date(2025, 1, 1), {"101.50"}),
        (date(2026, 1, 1), {"92.40"}),
        (date(2022, 12, 31), set()),
    ],
)
def test_a_bespoke_tariff_goes_before_that_of_the_region(
    made: Made, day: date, amounts: set[str]
) -> None:
    TariffFactory(
        region=made.region,
        contract=made.contract,
        valid_from=date(2025, 1, 1),
        valid_to=date(2026, 1, 1),
        amount=Decimal("101.50"),
    )
    found = tariffs_of(made.contract, day).values()
    assert {str(tariff.amount) for tariff in found} == amounts


def test_a_tariff_of_another_contract_does_not_count(made: Made) -> None:
    other = ContractFactory(region=made.region, provider=made.provider)
    TariffFactory(region=made.region, contract=other, amount=Decimal("150.00"))
    found = tariffs_of(made.contract, date(2026, 1, 1))
    assert [str(t.amount) for t in found.values()] == ["92.40"]


def test_one_product_has_one_tariff_on_a_day(made: Made) -> None:
    manager = user_with(Role.CONTRACT_MANAGER, made.region)
    again = Tariff(
        region=made.region, product_code="45A01", unit="04", valid_from=date(2026, 1, 1), amount=95
    )
    with pytest.raises(ValidationError, match="al een tarief"):
        keep_part(part=again, by=manager)


def test_a_phase_stays_within_the_contract(made: Made) -> None:
    manager = user_with(Role.CONTRACT_MANAGER, made.region)
    phase = ContractPhase(
        contract=made.contract, number=2, start_date=date(2030, 1, 1), end_date=date(2032, 1, 1)
    )
    with pytest.raises(DomainError, match="buiten de looptijd"):
        keep_part(part=phase, by=manager)


def test_a_contract_is_not_shortened_below_its_phases(made: Made) -> None:
    manager = user_with(Role.CONTRACT_MANAGER, made.region)
    made.contract.end_date = date(2025, 1, 1)
    with pytest.raises(DomainError, match="buiten de looptijd"):
        keep_contract(contract=made.contract, segments=[], by=manager)


def test_phases_do_not_overlap(made: Made) -> None:
    manager = user_with(Role.CONTRACT_MANAGER, made.region)
    phase = ContractPhase(
        contract=made.contract, number=2, start_date=date(2025, 12, 1), end_date=date(2027, 1, 1)
    )
    with pytest.raises(ValidationError, match="overlappen"):
        keep_part(part=phase, by=manager)


@pytest.mark.parametrize("role", [Role.CONTROLLER, Role.POLICY_OFFICER, Role.EXECUTIVE])
def test_others_do_not_write_contracts(made: Made, role: Role) -> None:
    user = user_with(role, made.region, municipality=made.municipalities[0])
    with pytest.raises(NotAllowed):
        keep_contract(contract=made.contract, segments=[], by=user)


@pytest.mark.parametrize(
    ("today", "numbers"),
    [("2030-01-01", ["C"]), ("2029-12-01", []), ("2031-01-01", [])],
)
def test_contracts_that_end_within_a_year(
    settings, made: Made, today: str, numbers: list[str]
) -> None:
    settings.CLOCK_TODAY = today
    Contract.objects.update(number="C")
    assert [c.number for c in contracts.ending_soon(Contract.objects.all())] == numbers
