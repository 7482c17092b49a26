"""A positive development opens an inquiry; what is tried is followed to a conclusion."""

from datetime import timedelta

import pytest

from core import clock
from core.tasks.api import Task, sync_now
from monitoring.domain.steering import rows
from monitoring.enums.steering import INITIATIVE, INQUIRY
from monitoring.models import Initiative, InquiryFollower
from monitoring.queries import steering as seen
from tests.monitoring.cases.test_every_step import outcome_of
from tests.states import every_pair

from .build import an_initiative, an_inquiry
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
