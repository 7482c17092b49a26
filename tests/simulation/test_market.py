"""Shares and skew come out near what the regions' documents state."""

import csv
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

from simulation import load_profile, write_lines
from simulation.market import planted
from simulation.profile import Profile

UNTIL = date(2026, 6, 30)


class Care:
    """Lines and trajectories of a region as they were written."""

    def __init__(self, name: str, lines: int, out: Path) -> None:
        self.profile: Profile = load_profile(name)
        written = write_lines(self.profile, seed=11, until=UNTIL, lines=lines, out=out)
        self.lines = _rows(written.path)
        self.trajectories = [row for row in _rows(written.trajectories) if row["begindatum"]]
        self.segment = {p.code: p.segment for p in self.profile.products}

    def spend(self, segment: str) -> Counter[str]:
        found: Counter[str] = Counter()
        for row in self.lines:
            if self.segment[row["productcode"]] == segment:
                cents = int(row["bedrag"].replace(",", ""))
                found[row["aanbieder"]] += -cents if row["debet_credit"] == "C" else cents
        return found

    def children(self, segment: str, *, begin: str, end: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.trajectories:
            inside = row["begindatum"] <= end and row["einddatum"] >= begin
            if inside and self.segment[row["productcode"]] == segment:
                found[row["aanbieder"]].add(row["bsn"])
        return found


@pytest.fixture(scope="module")
def alkmaar(tmp_path_factory: pytest.TempPathFactory) -> Care:
    return Care("alkmaar", 40_000, tmp_path_factory.mktemp("alkmaar"))


@pytest.fixture(scope="module")
def haaglanden(tmp_path_factory: pytest.TempPathFactory) -> Care:
    return Care("haaglanden", 60_000, tmp_path_factory.mktemp("haaglanden"))


def test_alkmaar_spends_55_20_15_10(alkmaar: Care):
    spent = [sum(alkmaar.spend(segment).values()) for segment in ("HA", "HV", "OA", "OV")]
    shares = [100 * amount / sum(spent) for amount in spent]
    assert shares == pytest.approx([55, 20, 15, 10], abs=4)


def test_alkmaar_helps_65_5_15_15(alkmaar: Care):
    """Children per half-year, three years added up."""
    children = Counter[str]()
    for segment in ("HA", "HV", "OA", "OV"):
        for year in (2023, 2024, 2025):
            for begin, end in (("01-01", "06-30"), ("07-01", "12-31")):
                half = {"begin": f"{year}-{begin}", "end": f"{year}-{end}"}
                found = alkmaar.children(segment, **half).values()
                children[segment] += len(set().union(*found))
    shares = [100 * count / children.total() for count in children.values()]
    assert shares == pytest.approx([65, 5, 15, 15], abs=2.5)


@pytest.mark.parametrize(("segment", "providers", "share"), [("S1", 7, 0.70), ("S2", 3, 0.80)])
def test_haaglanden_few_providers_have_most_of_the_money(
    haaglanden: Care, segment: str, providers: int, share: float
):
    spent = haaglanden.spend(segment)
    top = sum(cents for _, cents in spent.most_common(providers))
    assert top / sum(spent.values()) == pytest.approx(share, abs=0.05)


@pytest.mark.parametrize(("segment", "providers", "share"), [("S3", 3, 0.80), ("S5", 22, 0.80)])
def test_haaglanden_few_providers_have_most_of_the_children(
    haaglanden: Care, segment: str, providers: int, share: float
):
    found = haaglanden.children(segment, begin="2024-01-01", end="2026-06-30")
    counts = sorted(map(len, found.values()), reverse=True)
    assert sum(counts[:providers]) / sum(counts) == pytest.approx(share, abs=0.05)


def test_haaglanden_has_more_than_a_hundred_providers_in_segment_5_of_some_160(haaglanden: Care):
    everybody = {row["aanbieder"] for row in haaglanden.trajectories}
    assert len(haaglanden.children("S5", begin="2024-01-01", end="2026-06-30")) > 100
    assert len(everybody) == pytest.approx(160, abs=8)


def test_den_haag_buys_no_segment_4_and_5_and_of_3_only_day_treatment(haaglanden: Care):
    bought = {r["productcode"] for r in haaglanden.trajectories if r["gemeente"] == "0518"}
    assert "41A04" in bought
    assert bought.isdisjoint({"41A18", "45A48", "45A49", "45A50", "45A51", "45A52", "45A57"})


def test_tariffs_rise_on_1_january_only(alkmaar: Care):
    tariffs = defaultdict(Counter)
    for row in alkmaar.lines:
        if row["productcode"] == "44A07":
            tariffs[row["begindatum"][:4]][row["tarief"]] += 1
    # 44,50 with 6,1 % and then 4,4 %
    usual = {year: found.most_common(1)[0][0] for year, found in tariffs.items()}
    assert (usual["2023"], usual["2024"], usual["2025"]) == ("44,50", "47,21", "49,29")


def test_most_lines_are_sent_in_the_next_month_and_none_after_two_years(alkmaar: Care):
    late = Counter(_months_late(row) for row in alkmaar.lines if not row["vorig_referentienummer"])
    assert min(late) == 1
    assert 0.6 < late[1] / sum(late.values()) < 0.9
    assert 6 < max(late) <= 24 + 8


def test_august_brings_fewer_children_than_october(alkmaar: Care):
    months = Counter(row["toewijzingsdatum"][5:7] for row in alkmaar.trajectories)
    assert months["08"] < 0.85 * months["10"]


@pytest.mark.parametrize(
    ("plant", "count", "place"),
    [("none", 0, None), ("late", 1, None), ("small", 1, None), ("municipality", 1, "0518")],
)
def test_plants(plant: str, count: int, place: str | None):
    worse = planted(load_profile("haaglanden"), plant=plant, until=UNTIL)
    assert len(worse) == count
    assert {w.municipality for w in worse} <= {place}


def _months_late(row: dict[str, str]) -> int:
    sent, care = (date.fromisoformat(row[name]) for name in ("dagtekening", "begindatum"))
    return (sent.year - care.year) * 12 + sent.month - care.month


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))
