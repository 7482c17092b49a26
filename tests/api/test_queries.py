"""Every list asks the database as often for one row as for many."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from finance.models import Budget
from procurement.models import ContractProduct, SpendingCap
from tests.factories import (
    ContractFactory,
    ContractPhaseFactory,
    ProviderFactory,
    SegmentFactory,
    TariffFactory,
)

from .conftest import api_of
from .test_permissions import SUMS, addresses
from .world import add_care

pytestmark = pytest.mark.django_db
MOST = 12
# What follows by a rule from many tables, each read once.
BY_RULE = {"verwijsadvies-list": 22}


def grow(world, times):
    """More rows of everything that a year brings more of."""
    made = world.made
    for number in range(times):
        provider = ProviderFactory(region=world.region)
        contract = ContractFactory(region=world.region, provider=provider)
        contract.segments.set(made.segments)
        ContractPhaseFactory(contract=contract)
        ContractProduct.objects.create(
            contract=contract, product=made.product, valid_from=contract.start_date
        )
        TariffFactory(region=world.region, contract=contract)
        SpendingCap.objects.create(contract=contract, year=2025, amount=Decimal(1000))
        SegmentFactory(scheme=made.scheme)
        Budget.objects.create(
            region=world.region, year=2030 + number, status="adopted", amount=Decimal(1)
        )
        add_care(world, client=bytes([10 + number]) * 16, number=2, seq=10 + number)


def counts(world):
    api = api_of(world.user("regional_admin"))
    found = {}
    for name, route in addresses().items():
        if not name.endswith("-list") or name.removesuffix("-list") in SUMS:
            continue
        query = {} if name in ("regio-list", "indicatordefinitie-list") else {"regio": "noord"}
        with CaptureQueriesContext(
            connection,
        ) as asked:
            answer = api.client.get(f"/api/{route}", query)
        assert answer.status_code == 200, (name, answer.content)
        found[name] = len(asked)
    return found


def test_lists_ask_as_often_for_one_row_as_for_three_and_for_many(world):
    one = counts(world)
    assert not {name: n for name, n in one.items() if n > BY_RULE.get(name, MOST)}
    grow(world, 2)
    assert counts(world) == one
    grow_more(world)
    assert counts(world) == one


def grow_more(world):
    for start in range(4):
        Budget.objects.bulk_create(
            Budget(
                region=world.region, year=2040 + number, version=start + 1, status="proposed",
                amount=Decimal(1),
            )
            for number in range(8)
        )  # fmt: skip
    ContractFactory.create_batch(20, region=world.region, provider=world.made.provider)


def test_contracts_with_all_relations_are_one_statement_beside_the_token(world):
    ContractFactory.create_batch(60, region=world.region, provider=world.made.provider)
    api = api_of(world.user("contract_manager"))
    api.get("contracten")  # the first use of a token is noted
    with CaptureQueriesContext(connection) as asked:
        answer = api.get("contracten").json()
    assert len(asked) == 2
    assert (answer["aantal"], len(answer["resultaten"])) == (61, 50)
    assert api.get("contracten", pagina=2).json()["aantal"] == 61


def test_a_role_that_was_withdrawn_closes_at_once(world):
    user = world.user("contract_manager")
    api = api_of(user)
    assert api.get("contracten").json()["aantal"] == 1
    user.role_assignments.all().delete()
    assert api.get("contracten").json()["aantal"] == 0
