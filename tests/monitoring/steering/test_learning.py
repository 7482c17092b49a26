"""A positive development opens an inquiry; what is tried is followed to a conclusion."""

from datetime import timedelta

import pytest

from core import clock
from core.tasks.api import Task, sync_now
from monitoring.domain.cases.obliged import record_obligations
from monitoring.domain.steering import rows
from monitoring.domain.steering.learning import open_inquiries
from monitoring.enums.steering import INITIATIVE, INQUIRY
from monitoring.models import CaseSignal, Initiative, Inquiry, InquiryFollower
from monitoring.queries import steering as seen
from tests.monitoring.cases.test_every_step import outcome_of
from tests.states import every_pair

from .build import HALF, a_set, a_share, an_initiative, an_inquiry
from .test_interpretation import refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("table", [INQUIRY, INITIATIVE], ids=lambda table: table.code)
def test_every_state_every_move_every_role(made, table):
    row = an_inquiry(made) if table is INQUIRY else an_initiative(made)
    found, expected = {}, {}
    for pair in every_pair(table):
        type(row).objects.filter(pk=row.pk).update(state=pair.state)
        fresh = type(row).objects.get(pk=row.pk)
        found[str(pair)] = outcome_of(
            lambda fresh=fresh, pair=pair: rows.take(
                row=fresh, move=pair.move, by=made.users[pair.role], reason="Omdat."
            )
        )
        expected[str(pair)] = pair.expected
    assert found == expected


def develop(made, before, now, cases=100):
    agb = made.provider.agb_code
    a_share(a_set(made, "2024-H2"), "goal_attainment", before, cases, provider=agb)
    a_share(a_set(made, HALF), "goal_attainment", now, cases, provider=agb)


def test_a_clear_rise_opens_one_inquiry(made):
    # 50 of 100 to 75 of 100: the difference of 25 points lies 12 to 37 points from zero.
    develop(made, 50, 75)
    assert open_inquiries(region=made.region) == 1
    inquiry = Inquiry.objects.get()
    assert (inquiry.provider, inquiry.indicator) == (made.provider, "goal_attainment")
    assert (inquiry.evidence["nu"], inquiry.evidence["jaar_eerder"]) == ("75,0%", "50,0%")
    assert open_inquiries(region=made.region) == 0
    assert record_obligations(region=made.region, by=None) == 0


@pytest.mark.parametrize(("before", "now", "cases"), [(50, 55, 100), (5, 18, 20), (75, 50, 100)])
def test_chance_few_cases_and_a_fall_open_nothing(made, before, now, cases):
    develop(made, before, now, cases)
    assert open_inquiries(region=made.region) == 0


def test_a_fall_obliges_a_plan_without_anybody_pressing_a_button(made):
    develop(made, 75, 50)
    assert record_obligations(region=made.region, by=None) == 1
    signal = CaseSignal.objects.get()
    assert (signal.obliges_plan, signal.made_by, signal.source) == (True, None, "figures")
    assert record_obligations(region=made.region, by=None) == 0


def test_spreading_asks_what_is_behind_it_and_how_and_then_has_followers(made):
    inquiry, by = an_inquiry(made, behind="", spreadable=""), made.users["contract_manager"]
    rows.take(row=inquiry, move="examine", by=by)
    spread = lambda: rows.take(row=inquiry, move="spread", by=by, reason="Werkt.")  # noqa: E731
    refused(spread, "oorzaak-ontbreekt")
    inquiry.behind = "Samen plannen."
    rows.keep(row=inquiry, by=by)
    refused(spread, "verspreiding-ontbreekt")
    inquiry.spreadable = "Een vaste planner."
    rows.keep(row=inquiry, by=by)
    follower = InquiryFollower(
        inquiry=inquiry, municipality=made.municipalities[0], what="De planning",
        since=clock.today(),
    )  # fmt: skip
    refused(lambda: rows.keep(row=follower, by=by), "nog-niet-verspreid")
    assert not seen.inquiries_visible_to(made.users["provider"]).exists()
    spread()
    follower.inquiry.refresh_from_db()
    rows.keep(row=follower, by=by)
    assert seen.followers_visible_to(made.users["provider"]).get() == follower
    both = InquiryFollower(
        inquiry=inquiry, municipality=made.municipalities[1], provider=made.provider, what="Ja",
        since=clock.today(),
    )  # fmt: skip
    with pytest.raises(Exception, match="Kies één volger"):
        rows.keep(row=both, by=by)


def test_an_initiative_ends_with_what_it_brought(made):
    initiative = an_initiative(made, finding="", starts_on=None)
    by = made.users["policy_officer"]
    refused(lambda: rows.take(row=initiative, move="start", by=by), "data-ontbreken")
    initiative.starts_on = clock.today()
    rows.keep(row=initiative, by=by)
    rows.take(row=initiative, move="start", by=by)
    sync_now(tenant_id=made.region.pk)
    assert Task.objects.get(source="monitoring.initiative").due == initiative.evaluate_on
    rows.take(row=initiative, move="evaluate", by=by)
    for move in ("continue", "spread"):
        refused(
            lambda move=move: rows.take(row=initiative, move=move, by=by, reason="Goed."),
            "bevinding-ontbreekt",
        )
    initiative.finding = "Minder verwijzingen."
    rows.keep(row=initiative, by=by)
    rows.take(row=initiative, move="spread", by=by, reason="Goed.")
    assert Initiative.objects.get().state == "spread"
    assert initiative.evaluate_on > clock.today() - timedelta(days=1)
