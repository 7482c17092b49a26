"""A planted problem shows in the truth where it was planted, and nowhere else."""

from collections import Counter
from dataclasses import replace
from datetime import date

from simulation import load_profile
from simulation.days import half_of
from simulation.profile import Worse
from simulation.region import Region

UNTIL = date(2026, 6, 30)


def test_worse_from_a_day_on_in_one_municipality():
    worse = Worse(1, "dropout", 2.5, date(2025, 1, 1), "0361")
    region = _walked(worse)
    before = _rate(region, {"2023-H1", "2023-H2", "2024-H1"}, "0361")
    after = _rate(region, {"2025-H2", "2026-H1"}, "0361")
    elsewhere = _rate(region, {"2025-H2", "2026-H1"}, "1980")
    assert after > 1.7 * before
    assert after > 1.7 * elsewhere


def test_longer_waits():
    usual, longer = (
        _wait(_walked(*worse)) for worse in ((), (Worse(1, "wait", 2.0, UNTIL_START),))
    )
    assert longer > 1.6 * usual


UNTIL_START = date(2015, 1, 1)


def _walked(*worse: Worse, until: date = UNTIL) -> Region:
    profile = load_profile("alkmaar")
    profile = replace(profile, markets=tuple(replace(m, share=0.95) for m in profile.markets))
    region = Region(profile, seed=5, until=until, rate=200.0, worse=worse)
    for _ in region.months():
        pass
    return region


def _rate(region: Region, halves: set[str], place: str) -> float:
    found = _counts(region, halves, place)
    return found["dropout"] / found["outflow"]


def _wait(region: Region) -> float:
    found = _counts(region, {half_of(date(2025, 1, 1).toordinal())}, "0361")
    return found["wait_days"] / found["inflow"]


def _counts(region: Region, halves: set[str], place: str) -> Counter[str]:
    agb = region.providers.all[1].agb
    found: Counter[str] = Counter()
    for (what, half, code, segment, provider), count in region.truth.counts.items():
        if half in halves and (code, segment, provider) == (place, "HA", agb):
            found[what] += count
    return found
