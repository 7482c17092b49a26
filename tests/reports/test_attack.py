"""Who lays all that is published side by side, of every kind and period, finds no small number."""

import random
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from core.periods import HalfYear
from monitoring.domain.protecting import figures_of
from monitoring.domain.quantities import Place
from monitoring.models import IndicatorValue
from reports.domain.gathering import content_of
from reports.domain.making import all_mirrors, all_wanted
from reports.domain.requesting import Wanted
from reports.enums import EditionKind
from reports.queries.deliveries import MEASURES, half_year_table
from tests.monitoring.publication.attacker import MEANING, Attacker, _earlier
from tests.monitoring.publication.small_region import FIRST
from tests.reports.small_editions import (
    PROVIDERS,
    SEGMENTS,
    a_scheme,
    frozen,
    random_care,
    small_region,
    store,
)

pytestmark = pytest.mark.django_db
HALVES = tuple(FIRST.until(HalfYear(2025, 1)))
FEWEST, TRIES = 10, 40
MADE_ON = date(2025, 9, 1)
CARE = random_care(7)
NUMBERS = ("numerator", "denominator", "value", "low", "high", "cases", "parties")


def periods(scheme, *, care=CARE):
    """A half-year after the other, each with all before it, in figures computed anew."""
    for number in range(2, len(HALVES) + 1):
        mark = f"{scheme.code}-{number}"
        yield frozen(scheme, [store(scheme, care, half, mark) for half in HALVES[:number]])


def for_everybody(one):
    asked = (Wanted(kind) for kind in EditionKind.ON_REQUEST)
    told = (w for w in all_wanted(one) if w.kind in EditionKind.PROTECTED)
    return (*told, *asked)


def contents(one, wanted):
    return [(w, content_of(frozen=one, wanted=w, made_on=MADE_ON)) for w in wanted]


def said(content, gm_code):
    """Every number in an edition: half-year, code, place and point."""
    half = HalfYear.parse(content.half_year)
    blocks = (content.key_figures, content.flow, content.waiting, content.outcome)
    cells = [("", [f for block in blocks for f in block])]
    for segment in content.segments:
        goals = [f for goal in segment.goals for f in goal.figures]
        cells.append((segment.code, [*segment.figures, *goals]))
    trends = [("", trend) for trend in content.trends]
    trends += [(s.code, s.trend) for s in content.segments if s.trend]
    for segment, figures in cells:
        for figure in figures:
            for when, point in ((half, figure.now), (half.previous(), figure.previous),
                                (half.shift(-2), figure.year_ago)):  # fmt: skip
                yield when, figure.code, Place(gm_code, segment), point
    for segment, trend in trends:
        for label, point in zip(trend.labels, trend.points, strict=True):
            yield HalfYear.parse(label), trend.figure_code, Place(gm_code, segment), point
    names = {f"Segment {code}": code for code in SEGMENTS} | {"Totaal": ""}
    for row in filter(None, (*content.money.rows, content.money.total)):
        yield half, "spend", Place(gm_code, names[row.name]), row.spend
        yield half.shift(-2), "spend", Place(gm_code, names[row.name]), row.year_ago


def an_attacker(newest):
    """Knows how the numbers hang together, and not yet one of them."""
    attacker = Attacker()
    figures = [f for f in figures_of(newest.sets) if f.code in MEANING]
    attacker.look(figures, frozenset(f.pk for f in figures))
    assert not attacker.seen
    return attacker


def learn(attacker, found):
    for half, code, place, point in found:
        if code not in MEANING or not point.known:
            continue
        for word in filter(None, MEANING[code]):
            year_ago = word == "planned a year ago"
            name = (_earlier(half), "plan", place) if year_ago else (half, word, place)
            if name in attacker.truth:
                attacker.seen.add(name)


def read_tables(attacker, region):
    for half in HALVES:
        for label, gm_code, _, segment, *numbers in half_year_table(region, half):
            for code, number in zip(MEASURES, numbers, strict=True):
                if (
                    isinstance(number, int)
                    and (half, code, Place(gm_code, segment)) in attacker.truth
                ):
                    assert label == half.label
                    attacker.seen.add((half, code, Place(gm_code, segment)))


def pinned(attacker, aims=None, fewest=FEWEST, at_least=None):
    attacker.write_down()
    know_at_least(attacker, at_least or {})
    aims = attacker.small(fewest) if aims is None else aims
    tried = random.Random(1).sample(aims, min(TRIES, len(aims)))
    assert tried
    ranges = [(aim, *attacker.range_of(aim)) for aim in tried]
    return [(aim, low, high) for aim, low, high in ranges if high - low < fewest - 1e-6]


def test_all_kinds_of_successive_periods_together_give_no_small_number_away():
    """One region for all, because making its figures and editions takes the time."""
    scheme = a_scheme(small_region())
    made = list(periods(scheme))
    attacker = an_attacker(made[-1])
    for one in made:
        for wanted, content in contents(one, for_everybody(one)):
            learn(attacker, said(content, wanted.gm_code))
    read_tables(attacker, scheme.region)
    assert len(attacker.seen) > len(attacker.truth) / 5
    assert pinned(attacker) == []
    mirrors_add_nothing(made, attacker)
    for agb in PROVIDERS[:3]:
        assert found_by_provider(made[-1], attacker.seen, agb) == []
    assert found_by_two(made, attacker.seen, PROVIDERS[:2]) == []
    hidden_numbers_move_nothing(made[-1])
    for wanted, content in contents(made[-1], [Wanted(EditionKind.CONTRACT_MANAGERS)]):
        learn(attacker, said(content, wanted.gm_code))
    assert pinned(attacker)


def mirrors_add_nothing(made, attacker):
    """Of a segment a mirror says what everybody may read."""
    for one in made:
        for wanted, content in contents(one, all_mirrors(one)):
            told = [
                (one.half, line.code, Place("", segment.code), line.segment)
                for segment in content.mirror
                for line in segment.lines
            ]
            before = set(attacker.seen)
            learn(attacker, told)
            assert told
            assert attacker.seen == before, wanted


def know_at_least(reader, own):
    """A cell holds no fewer than the reader's own part of it."""
    reader.bounds = [
        (low if name in reader.seen else max(low, own.get(name, 0)), high)
        for name, (low, high) in zip(reader.names, reader.bounds, strict=True)
    ]


def found_by_provider(one, seen, agb):
    """What others have beside its own in the region or a segment, known to less than ten."""
    reader = an_attacker(one)
    reader.seen = set(seen)
    own = own_numbers(one, agb)
    reader.write_down()
    know_at_least(reader, own)
    few = [{name: 1.0} for name, mine in own.items() if 0 < reader.truth[name] - mine < FEWEST]
    ranges = [(aim, *reader.range_of(aim)) for aim in few[:TRIES]]
    return [(aim, low, high) for aim, low, high in ranges if high - low < FEWEST - 1e-6]


def found_by_two(made, seen, pair):
    """Small numbers that were taken away, known to less than ten to two providers who lay their
    mirrors of every half-year side by side: of no cell can there be less than both have."""
    reader = an_attacker(made[-1])
    reader.seen = set(seen)
    both = Counter()
    for one in made:
        for _, content in contents(one, [w for w in all_mirrors(one) if w.provider in pair]):
            both.update({
                (one.half, line.code, Place("", segment.code)): line.own.value or 0
                for segment in content.mirror
                for line in segment.lines
                if line.code in ("inflow", "outflow")
            })  # fmt: skip
    assert both
    return pinned(reader, at_least=both)


def own_numbers(one, agb):
    """What a provider knows that is its own part of a cell of the region or a segment."""
    rows = IndicatorValue.objects.filter(figure_set__in=one.sets, provider=agb, code="inflow")
    return {
        (HalfYear.parse(v.figure_set.half_year), "inflow", Place("", v.segment)): int(v.numerator)
        for v in rows.select_related("figure_set")
        if v.numerator
    }


def hidden_numbers_move_nothing(one):
    """Other numbers in the place of all that is hidden give the same editions, to the letter."""
    wanted = for_everybody(one)
    before = contents(one, wanted)
    chance = random.Random(3)
    away = list(IndicatorValue.objects.filter(pk__in=one.hidden))
    others = list(IndicatorValue.objects.filter(figure_set__in=one.sets).exclude(provider=""))
    assert away
    assert others
    kept = [replace_numbers(value, chance) for value in (*away, *others)]
    IndicatorValue.objects.bulk_update([*away, *others], NUMBERS, batch_size=1000)
    one.books.clear()
    assert contents(one, wanted) == before
    for value, numbers in zip((*away, *others), kept, strict=True):
        vars(value).update(numbers)
    IndicatorValue.objects.bulk_update([*away, *others], NUMBERS, batch_size=1000)
    one.books.clear()


def replace_numbers(value, chance):
    kept = {name: getattr(value, name) for name in NUMBERS}
    value.numerator, value.denominator = chance.randrange(40), chance.randrange(40, 90)
    value.value, value.low, value.high = chance.random(), 0, 1
    value.cases, value.parties = chance.randrange(20), chance.randrange(9)
    return kept


def test_a_half_year_told_in_two_divisions_gives_no_small_number_away():
    """The second puts most of segment A with C. Totals and segment B are the same in both."""
    region = small_region()
    moved = [replace(c, segment="C") if c.segment == "A" and c.client % 3 else c for c in CARE]
    seen = []
    for code, care, *years in (("een", CARE, 2020, 2025), ("twee", moved, 2025, 2030)):
        made = list(periods(a_scheme(region, code, *years), care=care))
        attacker = an_attacker(made[-1])
        for one in made:
            for wanted, content in contents(one, for_everybody(one)):
                learn(attacker, said(content, wanted.gm_code))
        seen.append(attacker)
    for mine, other in (seen, seen[::-1]):
        mine.seen |= {n for n in other.seen if n[2].segment in ("", "B") and n in mine.truth}
        assert pinned(mine) == []
