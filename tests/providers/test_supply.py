"""Waiting times, client stops, places and crises: what is kept, who sees it, and the norms."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core import clock
from core.errors import DomainError, NotAllowed
from core.ui import Place, Tone
from providers.desk import crises_without_help
from providers.domain import supply
from providers.enums_supply import CLIENT_STOP
from providers.models import (
    ClientStop,
    CrisisReport,
    OutsidePlacement,
    PlaceStatement,
    WaitNorm,
    WaitStatement,
)
from providers.queries.supply import norms_of, stops_visible_to, wait_lines, waits_visible_to
from tests.factories import MunicipalityFactory, ProviderFactory, a_region, user_with, with_users
from tests.states import surprises

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(db):
    return with_users(a_region())


def wait(made, **given):
    row = {"product_code": "45A01", "known": "known", "intake_days": 20, "treatment_days": 60}
    return WaitStatement(provider=made.provider, **{**row, **given})


def a_stop(made, days=14, **given):
    row = {"ground": "staff", "reason": "Te weinig mensen", "asked_on": clock.today()}
    starts = clock.today() + timedelta(days=days)
    return ClientStop(provider=made.provider, starts_on=starts, **{**row, **given})


def test_unknown_is_a_state_and_not_a_zero(made):
    by = made.users["provider"]
    supply.state_supply(
        statement=wait(made, known="unknown", intake_days=None, treatment_days=None), by=by
    )
    (line,) = wait_lines(by, made.region)
    assert line.within is None
    with pytest.raises(ValidationError):
        supply.state_supply(statement=wait(made, known="unknown"), by=by)
    with pytest.raises(IntegrityError), transaction.atomic():
        WaitStatement.objects.update(known="known")


def test_the_last_statement_counts_and_a_day_has_one(made):
    by = made.users["provider"]
    earlier = clock.today() - timedelta(days=60)
    supply.state_supply(statement=wait(made, stated_on=earlier, intake_days=90), by=by)
    supply.state_supply(statement=wait(made, intake_days=50), by=by)
    supply.state_supply(statement=wait(made, intake_days=21), by=by)
    (line,) = wait_lines(by, made.region)
    assert (line.row.intake_days, line.is_old) == (21, False)
    assert WaitStatement.objects.count() == 2


def test_the_norm_of_the_segment_goes_before_the_region_and_the_treeknorm(made):
    assert norms_of(made.region)[1].source == "Treeknorm"
    supply.state_supply(statement=wait(made), by=made.users["provider"])
    user = made.users["access_team"]
    assert [line.within for line in wait_lines(user, made.region)] == [True]
    norm = WaitNorm(
        region=made.region, segment=made.segments[0], intake_days=14, treatment_days=70,
        source="Afspraak",
    )  # fmt: skip
    supply.keep_norm(norm=norm, by=made.users["contract_manager"])
    (line,) = wait_lines(user, made.region)
    assert (line.within, line.norm.source) == (False, "Afspraak")


def test_waits_are_shared_with_referrers_and_all_providers(made):
    supply.state_supply(statement=wait(made), by=made.users["provider"])
    other = ProviderFactory(region=made.region)
    colleague = user_with("provider", made.region, provider=other)
    seen = [colleague, made.users["access_team"], made.users["executive"]]
    assert all(waits_visible_to(user).count() == 1 for user in seen)
    assert not waits_visible_to(made.users["council_member"]).exists()
    with pytest.raises(NotAllowed):
        supply.state_supply(statement=wait(made), by=colleague)


def test_a_stop_is_asked_14_days_ahead_and_holds_with_consent(made):
    provider, region = made.users["provider"], made.users["contract_manager"]
    with pytest.raises(ValidationError, match="14 dagen"):
        supply.ask_stop(stop=a_stop(made, days=13), by=provider)
    stop = supply.ask_stop(stop=a_stop(made), by=provider)
    assert not supply.holds(stop, stop.starts_on)
    assert not stops_visible_to(made.users["access_team"]).exists()
    supply.move_stop(stop=stop, move="agree", by=region)
    assert supply.holds(stop, stop.starts_on)
    assert not supply.holds(stop, clock.today())
    assert stops_visible_to(made.users["access_team"]).get() == stop


def test_the_region_stops_at_once_on_its_grounds_only(made):
    region = made.users["contract_manager"]
    with pytest.raises(DomainError) as refused:
        supply.impose_stop(provider=made.provider, ground="staff", reason="?", by=region)
    assert refused.value.code == "grond-niet-genoeg"
    stop = supply.impose_stop(provider=made.provider, ground="danger", reason="Onveilig", by=region)
    assert supply.holds(stop, clock.today())
    with pytest.raises(NotAllowed):
        supply.move_stop(stop=stop, move="end", by=made.users["provider"], reason="Weer open")


def test_a_stop_moves_along_its_table_only(made):
    stop = a_stop(made)

    def attempt(pair):
        stop.state = pair.state
        stop.save()
        supply.move_stop(stop=stop, move=pair.move, by=made.users[pair.role], reason="Omdat")
        return stop.state

    assert surprises(CLIENT_STOP, attempt) == {}


def test_not_more_places_are_free_than_there_are(made):
    row = PlaceStatement(provider=made.provider, kind="stay", capacity=4, free=5)
    with pytest.raises(ValidationError, match="niet meer plekken"):
        supply.state_supply(statement=row, by=made.users["provider"])


@pytest.mark.parametrize(("hours", "late"), [(24, False), (24.1, True)])
def test_help_in_a_crisis_begins_within_24_hours(made, hours, late):
    begin = clock.now() - timedelta(days=3)
    report = CrisisReport(
        region=made.region, municipality=made.municipalities[0], reported_at=begin,
        helped_at=begin + timedelta(hours=hours), provider=made.provider,
    )  # fmt: skip
    supply.keep_report(report=report, by=made.users["access_team"])
    assert report.is_late is late


def test_a_crisis_without_help_waits_for_who_places(made):
    def waiting(role):
        place = Place(made.users[role], made.region)
        return [(item.tone, item.due) for item in crises_without_help(place)]

    now, where = clock.now(), {"region": made.region, "municipality": made.municipalities[0]}
    CrisisReport.objects.create(reported_at=now - timedelta(hours=25), **where)
    CrisisReport.objects.create(reported_at=now, **where)
    CrisisReport.objects.create(
        reported_at=now - timedelta(days=2), helped_at=now, provider=made.provider, **where
    )
    tomorrow = clock.day_of(now + timedelta(days=1))
    late = clock.day_of(now - timedelta(hours=1))
    assert waiting("access_team") == [(Tone.BAD, late), (Tone.ATTENTION, tomorrow)]
    assert waiting("provider") == []


def test_a_report_is_of_a_municipality_of_the_region(made):
    elsewhere = OutsidePlacement(
        region=made.region, municipality=MunicipalityFactory(), placed_on=clock.today(),
        where="elders", reason="no_place", youths=1,
    )  # fmt: skip
    with pytest.raises(DomainError, match="hoort niet bij de regio"):
        supply.keep_report(report=elsewhere, by=made.users["regional_admin"])


def test_a_statement_is_not_of_tomorrow(made):
    with pytest.raises(DomainError):
        supply.state_supply(
            statement=wait(made, stated_on=date(2199, 1, 1)), by=made.users["provider"]
        )
