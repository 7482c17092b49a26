"""Counting votes: plain values. Who has not voted has not said yes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ..enums.voting import Majority, Standing, VoteChoice


@dataclass(frozen=True)
class Cast:
    """What one voter said; an empty choice is: nothing yet."""

    voter: str
    choice: str = ""
    decided_on: date | None = None


@dataclass(frozen=True)
class Tally:
    """`needed` yeses of `voters` decide; `missing` are the voters that said nothing yet.

    `decided_on` is the day of the yes that made it enough; None while it is not won.
    """

    voters: int
    needed: int
    yes: int
    no: int
    abstained: int
    missing: tuple[str, ...]
    standing: Standing
    decided_on: date | None


def needed_of(voters: int, majority: str) -> int:
    """How many yeses are enough, out of all who may vote."""
    if majority == Majority.UNANIMOUS:
        return voters
    if majority == Majority.TWO_THIRDS:
        return -(-2 * voters // 3)
    return voters // 2 + 1


def count(votes: Iterable[Cast], majority: str, *, vote_before: date | None, today: date) -> Tally:
    """How a vote stands. Lost: it cannot be won any more, or the last day for voting has passed."""
    cast = list(votes)
    needed = needed_of(len(cast), majority)
    days = sorted(v.decided_on for v in cast if v.choice == VoteChoice.FOR and v.decided_on)
    no = sum(v.choice == VoteChoice.AGAINST for v in cast)
    abstained = sum(v.choice == VoteChoice.ABSTAIN for v in cast)
    won = bool(cast) and len(days) >= needed
    late = vote_before is not None and today > vote_before
    lost = not won and (late or len(cast) - no - abstained < needed)
    return Tally(
        voters=len(cast),
        needed=needed,
        yes=len(days),
        no=no,
        abstained=abstained,
        missing=tuple(v.voter for v in cast if not v.choice),
        standing=Standing.WON if won else Standing.LOST if lost else Standing.UNDECIDED,
        decided_on=days[needed - 1] if won else None,
    )
