"""The agreed set: filled, agreed, measured at the start, changed by a next version only."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from core import clock
from core.errors import DomainError, NotAllowed
from monitoring.domain.steering import rows
from monitoring.domain.steering.agreed import begin_version, lacking
from monitoring.enums.agreed import AGREED_VERSION
from monitoring.models import AgreedIndicator, AgreedSet, AgreedTarget, AgreedVersion, Judgement
from monitoring.queries import agreed as seen
from monitoring.queries.wanted import NOT_KEPT, NOTHING_AGREED, in_force, told_of_targets
from segments.models import GoalIndicator, IndicatorDefinition
from tests.factories import IndicatorDefinitionFactory, a_region, with_users
from tests.states import every_pair

from .build import HALF, a_session, a_set, a_share, an_agreed_set, with_figures


def test_a_set_begins_with_the_goals_and_is_agreed_when_everything_was_said(made):
    with_figures(made)
    by = made.users["policy_officer"]
    new = AgreedSet(region=made.region, segment=made.segments[0])
    version = rows.keep(row=new, by=by).versions.get()
    assert [str(row) for row in version.rows.all()] == ["Uitval"]
    version.holds_from, version.agreed_on = date(2026, 1, 1), clock.today()
    rows.keep(row=version, by=by)
    (missing,) = lacking(version)
    assert "een streefwaarde" in missing
    assert "welke indicator bewaakt" in missing
    with pytest.raises(DomainError, match="streefwaarde"):
        rows.take(row=version, move="agree", by=by)
    row = version.rows.get()
    row.guard_note, row.in_numbers = "Geen: er is niets dat hierdoor slechter wordt.", "Einden."
    rows.keep(row=row, by=by)
    rows.keep(row=AgreedTarget(agreed=row), by=by)
    rows.take(row=version, move="agree", by=by)
    assert version.state == "agreed"


def test_the_baseline_is_measured_at_the_start_and_the_line_says_how_it_stands(made):
    version = an_agreed_set(made)
    row = version.rows.get()
    # 60 of 200 in the second half of 2025, the half-year before 1 January 2026.
    assert row.baseline == Decimal("0.3")
    assert (row.baseline_on, row.baseline_cases) == (date(2025, 12, 31), 200)
    segment = made.segments[0].code
    halves = a_set(made, "2026-H1", "c"), a_set(made, "2025-H1", "c")
    for figures, dropped, again in ((halves[0], 16, 90), (halves[1], 60, 40)):
        a_share(figures, "dropout_rate", dropped, 200, segment=segment)
        a_share(figures, "repeat_care_rate", again, 200, segment=segment)
    IndicatorDefinition.objects.filter(code="repeat_care_rate").update(polarity=-1)
    (line,) = seen.lines(made.users["controller"], version)
    assert (line.baseline, line.shown) == ("30,0%", "8,0%")
    assert line.words(line.target_now) == "20,0%"
    # Met (at most 12.6, under 20), while the guard went from 40 to 90 of 200: that shows.
    assert line.reached is True
    assert line.guard_worse is True
    # With a wider interval 20% could be chance: nothing is claimed.
    near = replace(line, now=replace(line.now, low=0.05, high=0.21))
    assert (near.by_chance, near.reached) == (True, None)


def test_a_change_is_a_next_version_and_every_day_keeps_what_was_agreed(made):
    first, by = an_agreed_set(made), made.users["contract_manager"]
    row, agreed_set = first.rows.get(), first.agreed_set
    refusals = (
        lambda: rows.keep(row=row, by=by),
        lambda: rows.remove(row=row, by=by),
        lambda: rows.keep(row=row.targets.get(), by=by),
        lambda: rows.keep(row=first, by=by),
        lambda: rows.remove(row=agreed_set, by=by),
        lambda: rows.keep(row=AgreedTarget(agreed=row, year=2030), by=by),
    )
    for change in refusals:
        with pytest.raises(DomainError) as refused:
            change()
        assert refused.value.code == "is-afgesproken"
    for table, name in ((AgreedIndicator, "why"), (AgreedVersion, "reason")):
        with pytest.raises(DatabaseError), transaction.atomic():
            table.objects.filter().update(**{name: "stiekem"})
    old = row.indicator
    newer = IndicatorDefinition.objects.create(
        region=made.region, code=old.code, version=2, name="Uitval", definition="Strenger.",
        polarity=-1,
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        begin_version(agreed_set=agreed_set, by=made.users["access_team"])
    draft = begin_version(agreed_set=agreed_set, by=by)
    assert begin_version(agreed_set=agreed_set, by=by) == draft
    copy = draft.rows.get()
    assert (copy.indicator, copy.baseline) == (newer, None)
    assert copy.targets.get().value == Decimal("0.2")
    assert seen.changes(draft)[0] == "Uitval: definitie 2 in plaats van 1."
    draft.agreed_on, draft.holds_from = clock.today(), date(2026, 1, 1)
    with pytest.raises(ValidationError, match="andere versie"):
        rows.keep(row=draft, by=by)
    draft.holds_from = date(2026, 7, 1)
    rows.keep(row=draft, by=by)
    rows.take(row=draft, move="agree", by=by)
    held = {
        day: seen.version_on(agreed_set, day)
        for day in (date(2025, 12, 31), date(2026, 6, 30), date(2026, 7, 1))
    }
    assert list(held.values()) == [None, first, draft]


def test_the_most_precise_agreement_counts_and_a_provider_sees_its_own_only(made):
    wide, by = an_agreed_set(made), made.users["contract_manager"]
    theirs = an_agreed_set(made, provider=made.provider)
    assert theirs.rows.get().targets.get().value == wide.rows.get().targets.get().value
    day = date(2026, 3, 1)
    segment = made.segments[0]
    assert seen.set_in_force(segment, made.provider, day) == theirs
    assert seen.set_in_force(segment, None, day) == wide
    begin_version(agreed_set=wide.agreed_set, by=by)
    told = {
        "provider": (2, 2), "controller": (2, 3), "access_team": (2, 2), "council_member": (0, 0),
    }  # fmt: skip
    for role, counts in told.items():
        user = made.users[role]
        assert counts == (
            seen.sets_visible_to(user).count(), seen.versions_visible_to(user).count(),
        ), role  # fmt: skip
    other = with_users(a_region(slug="elders")).users["provider"]
    assert not seen.sets_visible_to(other).exists()


def test_what_all_reach_together_is_no_target_of_one_of_them(made):
    with_figures(made)
    many = IndicatorDefinitionFactory(region=made.region, code="outflow", name="Uitstroom")
    GoalIndicator.objects.create(goal=made.goal, indicator=many)
    wide = an_agreed_set(made)
    assert wide.rows.get(indicator=many).targets.get().value == Decimal("0.2")
    theirs = an_agreed_set(made, agree=False, provider=made.provider)
    share, size = (theirs.rows.get(indicator__code=c) for c in ("dropout_rate", "outflow"))
    assert (share.baseline, share.targets.get().value) == (None, Decimal("0.2"))
    assert (size.targets.get().kind, size.targets.get().value) == ("to_be_set", None)


def test_every_role_tries_to_agree_and_more_than_the_limit_is_said(made):
    version = an_agreed_set(made, agree=False)
    versions = {"draft": version, "agreed": an_agreed_set(made, provider=made.provider)}
    wrong = []
    for pair in every_pair(AGREED_VERSION):
        if pair.expected is None or pair.role not in made.users:
            continue
        try:
            rows.take(row=versions[pair.state], move=pair.move, by=made.users[pair.role])
        except (DomainError, NotAllowed):
            continue
        wrong.append(str(pair))
    assert not wrong
    segment = made.segments[0]
    assert seen.beyond_limit(version.agreed_set, 4) == ""
    segment.indicator_limit = 3
    version.agreed_set.segment = segment
    assert seen.beyond_limit(version.agreed_set, 3) == ""
    assert "hooguit 3" in seen.beyond_limit(version.agreed_set, 4)


def test_a_session_reads_what_was_agreed(made):
    an_agreed_set(made)
    session = a_session(made, "reading")
    assert session.half_year == HALF
    # Agreed from 1 January 2026: the second half of 2025 is read by the goals.
    assert Judgement.objects.get(session=session, code="dropout_rate").figure["target"] == ""
    told = told_of_targets(session, session.judgements.all())
    assert told.startswith(f"{NOTHING_AGREED} Nu geldt iets anders; de tafel houdt wat er lag.")
    assert "versie 1" in told
    bare = Judgement(session=session, code="dropout_rate", figure={"target": "20%"})
    assert told_of_targets(session, [bare]).startswith(NOT_KEPT)
    found = in_force(made.segments[0], date(2026, 1, 1) + timedelta(days=5))
    assert {c: w.text for c, w in found.by_code.items()} == {"dropout_rate": "20,0% (2026)"}
