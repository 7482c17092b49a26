"""Lists ask the database equally often, however many rows there are."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.jobs.models import Job
from regions.enums import Role
from tests.factories import (
    ContractFactory,
    Made,
    ProductFactory,
    ProviderFactory,
    TariffFactory,
    a_region,
    user_with,
)

pytestmark = pytest.mark.django_db
MOST = 12

LISTS: dict[str, Callable[[Made, int], object]] = {
    "aanbieders": lambda made, n: ProviderFactory(region=made.region),
    "contracten": lambda made, n: ContractFactory(
        region=made.region, provider=ProviderFactory(region=made.region)
    ).segments.set(made.segments),
    "tarieven": lambda made, n: TariffFactory(region=made.region, product_code=f"45B{n:02d}"),
    "producten": lambda made, n: ProductFactory(region=made.region, code=f"45B{n:02d}"),
    "gebruikers": lambda made, n: user_with(Role.CONTROLLER, made.region),
    "taken": lambda made, n: Job.objects.create(
        kind="x",
        title="x",
        tenant_id=made.region.pk,
        requested_by=user_with(Role.CONTROLLER, made.region),
    ),
}


@pytest.mark.parametrize("address", LISTS)
def test_list_asks_the_same_with_more_rows(address: str) -> None:
    made = a_region()
    client = Client()
    client.force_login(user_with(Role.REGIONAL_ADMIN, made.region))
    LISTS[address](made, 1)
    few = queries(client, f"/regio/{made.region.slug}/{address}/")
    for number in range(2, 12):
        LISTS[address](made, number)
    many = queries(client, f"/regio/{made.region.slug}/{address}/")
    assert many == few
    assert many <= MOST


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
