"""What a document says of the market of a segment, beside the figures (docs/decisions.md)."""

import pytest
from django.test import Client

from core import clock
from monitoring.models import FigureSet, IndicatorValue
from procurement.models import MarketFact
from tests.factories import a_region, with_users
from tests.looking import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    """40, 30, 20 and 10 children at four providers; the three largest have 90 % of the market."""
    made = with_users(a_region())
    segment = made.segments[0]
    today = clock.today()
    figures = FigureSet.objects.create(
        region=made.region, half_year="2025-H2", scheme=made.scheme, scheme_on=today,
        known_on=today, cutoff_run=1, code_version="1", checksum="e" * 64,
    )  # fmt: skip
    rows = [("clients", f"0000000{n}", 40 - 10 * n) for n in range(4)]
    for code, provider, value in (*rows, ("top_share_3", "", 0.9), ("clients", "", 95)):
        IndicatorValue.objects.create(
            figure_set=figures, code=code, segment=segment.code, provider=provider, value=value,
            numerator=value, cases=95,
        )  # fmt: skip
    for providers, base in ((3, "market"), (2, "children")):
        MarketFact.objects.create(
            segment=segment, subject="providers", text=f"{providers} hebben 80%",
            providers=providers, share="0.8", share_base=base,
        )  # fmt: skip
    return made


def page_for(made, role):
    client = Client()
    sign_in(client, made.users[role])
    path = f"/regio/{made.region.slug}/segmenten/indelingen/{made.scheme.pk}/keuzes/"
    return client.get(path).content.decode()


def test_a_fact_stands_beside_its_share_now(made):
    page = page_for(made, "policy_officer")
    assert "3 hebben 80%. <strong>De cijfers: 90,0%</strong>" in page
    assert "2 hebben 80%. <strong>De cijfers: 70,0%</strong>" in page  # 40 + 30 of 100


def test_what_is_counted_from_providers_is_for_staff_only(made):
    page = page_for(made, "council_member")
    assert "De markt volgens de cijfers" in page
    assert "De cijfers: 70,0%" not in page


def test_without_figures_there_is_no_market(made):
    FigureSet.objects.all().delete()
    assert "De markt volgens de cijfers" not in page_for(made, "policy_officer")
