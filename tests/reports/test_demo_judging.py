"""The demonstration's judgements are made by the verbs, once, and come into an edition."""

import pytest

from core.periods import HalfYear
from monitoring.models import InterpretationSession, ProviderJudgement
from reports.demo.judging import make_judgements
from reports.queries.judgements import judgements
from tests.factories import ProviderFactory, a_region, with_users
from tests.monitoring.steering.build import HALF, a_set, a_share, with_figures

pytestmark = pytest.mark.django_db


def test_a_judged_segment_reads_as_one_in_the_edition():
    made = with_users(a_region())
    with_figures(made)
    for agb_code in (made.provider.agb_code, ProviderFactory(region=made.region).agb_code):
        a_share(a_set(made), "dropout_rate", 5, 50, segment="S1", provider=agb_code)
    by, half = made.users["policy_officer"], HalfYear.parse(HALF)
    assert make_judgements(made.scheme, half, by=by) == 2
    assert make_judgements(made.scheme, half, by=by) == 0
    assert all(InterpretationSession.objects.values_list("fictitious", flat=True))
    found = judgements(made.region, half, made.scheme, for_councils=False)
    together = found["S1"]
    # Drop-out rose from 15% to 30%: attention, for the indicator and for its goal.
    assert [(line.verdict, line.tone) for line in together.judged] == [
        ("vraagt aandacht", "note"),
        ("vraagt aandacht", "note"),
    ]
    assert [len(names) for _, names in together.alike] == [2]
    assert "verwijzer" not in together.heard
    assert len(together.decided) == 2
    assert ProviderJudgement.objects.filter(session__segment=made.segments[0]).count() == 2
