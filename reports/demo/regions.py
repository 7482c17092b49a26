"""What each region of the demonstration shows, and on which day."""

from dataclasses import dataclass
from datetime import date

from core.periods import HalfYear


@dataclass(frozen=True)
class DemoRegion:
    """`scheme` is the division in segments that its editions use; `since` its first messages."""

    slug: str
    profile: str
    packs: tuple[str, ...]
    scheme: str
    since: date
    seed: int

    def half_year(self, today: date) -> HalfYear:
        """The last half-year that is over."""
        return HalfYear.of(today).previous()


LIVE = DemoRegion(
    slug="alkmaar",
    profile="alkmaar",
    packs=("alkmaar-2023.yaml",),
    scheme="alkmaar-2023",
    since=date(2023, 1, 1),
    seed=2023,
)
COMING = DemoRegion(
    slug="haaglanden",
    profile="haaglanden",
    packs=("haaglanden-2016.yaml", "haaglanden-2027.yaml"),
    scheme="haaglanden-2027",
    since=date(2024, 1, 1),
    seed=2027,
)
DEMO_REGIONS = (LIVE, COMING)
# What a region decided, without care: the programme plan, its consultation, the council's proposal.
PAPER_REGIONS = {"holland-rijnland": "duin-en-bollenstreek-2021.yaml"}
# Whose council and college one is in the other regions: where the documents let them speak.
COUNCILS = {"haaglanden": "0637", "holland-rijnland": "0575"}
