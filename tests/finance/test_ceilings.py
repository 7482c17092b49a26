"""Use of ceilings with the day on which they are reached, and what falls away, by hand."""

import io
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.urls import reverse

from care.domain.totals import rebuild_totals
from care.models import ReceivedRun
from core import clock
from finance.domain.ceilings import reach
from finance.domain.signalling import signal_ceilings
from finance.queries.ceilings import ceiling_uses
from finance.queries.falling import concentration, dependences, falls_away
from procurement.domain.ceilings import report
from procurement.models import CeilingSignal, SpendingCap
from providers.models import ClientStop, ProviderLocation, WaitStatement
from regions.enums import Role

from .conftest import instalment, make_user
from .lines import AGB, cap, contract, line, provider, trajectory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.MFA_REQUIRED = False


def months(**amounts):
    return {date(2025, int(name[1:]), 1): Decimal(value) for name, value in amounts.items()}


def test_the_day_follows_from_what_is_known_and_the_level():
    # January to March are settled in June at 100 a month; April and May are young.
    known = months(m1=100, m2=100, m3=100, m4=40, m5=10)
    found = reach(months=known, year=2025, most=Decimal(1000), today=date(2025, 6, 15))
    assert (found.used, found.level) == (350, 100)
    assert found.expected == 1200
    # Nine months make 900; the tenth passes 1000 on its last day.
    assert found.reached_on == date(2025, 10, 31)


def test_a_young_month_that_is_above_the_level_counts_as_it_is():
    known = months(m1=100, m2=100, m3=100, m4=250)
    found = reach(months=known, year=2025, most=Decimal(400), today=date(2025, 6, 15))
    # 300 by the end of March; 100 of 250 is two fifths of the thirty days of April: at the end of
    # the twelfth.
    assert found.reached_on == date(2025, 4, 12)
    assert found.expected == 100 * 3 + 250 + 100 * 8


@pytest.mark.parametrize(
    ("most", "day"), [("310", 1), ("310.01", 2), ("600", 30), ("600.01", None), ("300", 0)]
)
def test_the_day_turns_with_the_cent(most, day):
    # 100 a month in January to March, 300 in the thirty days of April: ten a day; no more known.
    known = months(m1=100, m2=100, m3=100, m4=300)
    found = reach(months=known, year=2025, most=Decimal(most), today=date(2026, 6, 1))
    april = date(2025, 3, 31) + timedelta(days=day) if day is not None else None
    assert found.reached_on == april


def test_a_year_without_enough_does_not_reach_it():
    found = reach(
        months=months(m1=10, m2=10, m3=10), year=2025, most=Decimal(1000), today=date(2025, 6, 1)
    )
    assert (found.reached_on, found.expected) == (None, 120)


def test_nothing_known_expects_nothing():
    found = reach(months={}, year=2025, most=Decimal(10), today=date(2025, 6, 1))
    assert (found.level, found.expected, found.reached_on) == (None, None, None)


@pytest.fixture
def capped(place, monkeypatch):
    """A contract with a ceiling of 1000 euros in 2024, of which 720 are used; crisis beside it."""
    monkeypatch.setattr(clock, "today", lambda: date(2024, 9, 10))
    made = contract(provider(place.region), ["45A01"])
    cap(made, 2024, 1000)
    for month in range(1, 7):
        trajectory(place.region, month, start_on=date(2024, month, 1), client=bytes([month]) * 16)
        line(place.region, 120, month, allocation_number=month)
    line(place.region, 500, 1, product="46A01", category="46")
    with connection.cursor() as cursor:
        rebuild_totals(cursor, region_id=place.region.pk)
    return place


def test_a_ceiling_counts_its_contract_without_crisis_care(capped):
    [use] = ceiling_uses(region_id=capped.region.pk, year=2024)
    assert (use.reach.used, use.share, use.left) == (720, Decimal("0.72"), 280)
    assert use.signals
    # July and August are young and nothing is known of them: 120 a month. 720 + 120 + 120 + 40,
    # which takes ten days at 4 a day.
    assert use.reach.reached_on == date(2024, 9, 10)


def test_what_the_figures_say_becomes_a_signal_once(capped):
    assert signal_ceilings(region_id=capped.region.pk) == 1
    signal_ceilings(region_id=capped.region.pk)
    signal = CeilingSignal.objects.get()
    assert (signal.used, signal.reached_on) == (720, date(2024, 9, 10))
    assert (signal.state, signal.talk_by) == ("signalled", date(2024, 9, 24))


def test_another_contract_of_the_provider_does_not_fill_it(capped):
    other = contract(capped.region.providers.get(), ["45A02"])
    cap(other, 2024, 100)
    uses = {use.cap.contract_id: use.reach.used for use in ceiling_uses(
        region_id=capped.region.pk, year=2024)}  # fmt: skip
    assert uses[other.pk] == 0
    assert sorted(uses.values()) == [0, 720]


def test_what_falls_away_with_a_provider(capped):
    trajectory(
        capped.region, 99, provider="65650022", start_on=date(2024, 1, 1), client=bytes([99]) * 16
    )
    other = provider(capped.region, "65650022", "De Buren")
    WaitStatement.objects.create(
        provider=other, product_code="45A01", known="known", intake_days=10, treatment_days=20,
        stated_on=date(2024, 9, 1),
    )  # fmt: skip
    found = falls_away(capped.region, AGB)
    assert (found.clients, found.euros) == (6, 720 + 500)
    assert found.share == 1
    [hague] = found.places
    assert (hague.code, hague.clients, hague.euros) == ("0518", 6, 1220)
    # The neighbour delivers it, but holds no contract for it.
    assert (hague.nowhere, found.nowhere) == (6, 6)
    by_code = {one.code: one for one in found.products}
    [neighbour] = by_code["45A01"].alternatives
    assert (neighbour.provider, neighbour.clients, neighbour.wait_days) == (other, 1, 30)
    assert not neighbour.has_contract
    assert [one.code for one in found.without_alternative] == ["46A01"]


@pytest.fixture
def paid(capped):
    """The same with a delivery, so that instalments can be known."""
    ReceivedRun.objects.create(
        region_id=capped.region.pk, run=1, form="ijw",
        first_dagtekening=date(2024, 1, 1), last_dagtekening=date(2024, 9, 1),
    )  # fmt: skip
    return capped


def test_instalments_fall_away_with_a_provider_too(paid):
    """1000 a month from July 2023 to June 2024; the twelve months are August to July."""
    instalment(paid.region, date(2023, 7, 1), date(2024, 7, 1), 12_000, provider=AGB)
    instalment(paid.region, date(2024, 1, 1), date(2025, 1, 1), 1_200, provider="65650022")
    found = falls_away(paid.region, AGB)
    assert (found.euros, found.instalments) == (1_220 + 11_000, 11_000)
    assert found.without_product == 11_000
    assert found.places[0].euros == 12_220
    # The neighbour was paid 700 from January to July.
    assert found.share == Decimal(12_220) / Decimal(12_920)


def test_who_takes_over_is_asked_per_municipality(capped):
    """A contract for Delft is no help in Den Haag; one for everywhere is, until a stop."""
    other, third = provider(capped.region, "65650022"), provider(capped.region, "65650044")
    near = contract(other, ["45A01"])
    near.municipalities.add(capped.delft)
    found = falls_away(capped.region, AGB)
    assert found.places[0].nowhere == 6
    assert found.products[0].taking == 1
    contract(third, ["45A01"])
    assert falls_away(capped.region, AGB).places[0].nowhere == 0
    place = ProviderLocation.objects.create(provider=third, name="Noord")
    stop = ClientStop.objects.create(
        provider=third, ground="capacity", reason="vol", asked_on=date(2024, 8, 1),
        starts_on=date(2024, 9, 1), state="agreed", location=place,
    )  # fmt: skip
    assert falls_away(capped.region, AGB).places[0].nowhere == 0
    stop.location = None
    stop.save()
    found = falls_away(capped.region, AGB)
    assert (found.places[0].nowhere, found.products[0].taking) == (6, 1)


def test_how_much_hangs_on_each_provider(paid, client, controller):
    provider(paid.region, "65650022", "De Buren")
    instalment(paid.region, date(2024, 1, 1), date(2024, 7, 1), 1_220, provider="65650022")
    first, second = dependences(paid.region)
    assert (first.provider.agb_code, first.clients, first.euros) == (AGB, 6, 1_220)
    assert (first.share, first.alone) == (Decimal("0.5"), ("45A01",))
    assert (second.clients, second.euros, second.alone) == (0, 1_220, ())
    assert concentration([first, second]) == 5_000
    client.force_login(controller)
    html = client.get(reverse("falling", args=["haaglanden"])).content.decode()
    assert f"?aanbieder={AGB}" in html
    for asked, sheet in (({}, "Aanbieders"), ({"aanbieder": AGB}, "Wie het ook biedt")):
        file = client.get(reverse("falling-xlsx", args=["haaglanden"]), asked)
        assert sheet in openpyxl.load_workbook(io.BytesIO(file.getvalue())).sheetnames


def test_a_ceiling_that_will_be_reached_does_not_look_like_room(capped):
    cap_of = SpendingCap.objects.get()
    cap_of.signal_share = Decimal("0.9")
    cap_of.save()
    [use] = ceiling_uses(region_id=capped.region.pk, year=2024)
    assert (use.told, use.tone) == ("wordt bereikt", "attention")


def test_what_was_reported_stands_beside_what_was_declared(capped, client, controller):
    """720 was declared; by the region's own books 9500 is used."""
    cap_of = SpendingCap.objects.get()
    cap_of.signal_share, cap_of.amount = Decimal("0.9"), 10_000
    cap_of.save()
    [use] = ceiling_uses(region_id=capped.region.pk, year=2024)
    assert (use.told, use.reported) == ("ruimte", None)
    manager = make_user("manager", Role.CONTRACT_MANAGER, capped.region)
    report(cap=cap_of, used=Decimal(9_500), by=manager)
    [use] = ceiling_uses(region_id=capped.region.pk, year=2024)
    assert (use.told, use.tone, use.reported) == ("meer gemeld", "attention", 9_500)
    client.force_login(controller)
    html = client.get(reverse("ceilings", args=["haaglanden"]), {"jaar": 2024}).content.decode()
    assert "gemeld: 9.500,00" in html


def test_pages_of_ceilings_and_falling_away(client, capped, controller, councillor):
    client.force_login(controller)
    html = client.get(reverse("ceilings", args=["haaglanden"]), {"jaar": 2024}).content.decode()
    assert "720,00" in html
    assert "10 september 2024" in html
    html = client.get(reverse("falling", args=["haaglanden"]), {"aanbieder": AGB}).content.decode()
    assert "1.220,00" in html
    client.force_login(councillor)
    assert client.get(reverse("ceilings", args=["haaglanden"])).status_code == 403
    assert client.get(reverse("falling", args=["haaglanden"])).status_code == 403
