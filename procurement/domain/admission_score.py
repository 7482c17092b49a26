"""Whether the judgements of an admission allow a decision: plain values in, a verdict out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

# Scores further apart than this deserve a conversation between the assessors.
APART = 3
EYES = 2


@dataclass(frozen=True)
class Need:
    """A requirement by its key: whether it knocks out, and the least mean score."""

    key: int
    code: str
    knock_out: bool
    least: int


@dataclass(frozen=True)
class Verdict:
    """`unjudged` lacks two people; `failed` scores too low, `knocked_out` of them decide alone.

    `apart` are requirements on which the assessors differ much. Lists hold codes.
    """

    means: Mapping[int, Decimal]
    unjudged: tuple[str, ...]
    failed: tuple[str, ...]
    knocked_out: tuple[str, ...]
    apart: tuple[str, ...]
    assessors: int

    @property
    def complete(self) -> bool:
        return not self.unjudged and self.assessors >= EYES

    @property
    def passes(self) -> bool:
        return self.complete and not self.failed


def verdict_of(needs: Iterable[Need], scores: Iterable[tuple[int, int, int]]) -> Verdict:
    """`scores` are (requirement, assessor, score); one score per person and requirement.

    A requirement passes when its mean score is at least the least score; a knock-out requirement
    only when every assessor gives that.
    """
    given: dict[int, dict[int, int]] = defaultdict(dict)
    for key, assessor, score in scores:
        given[key][assessor] = score
    wanted = list(needs)
    means = {n.key: _mean(list(given[n.key].values())) for n in wanted if given[n.key]}
    failed = [n for n in wanted if given[n.key] and not _passes(n, given[n.key], means[n.key])]
    return Verdict(
        means=means,
        unjudged=tuple(n.code for n in wanted if len(given[n.key]) < EYES),
        failed=tuple(n.code for n in failed),
        knocked_out=tuple(n.code for n in failed if n.knock_out),
        apart=tuple(n.code for n in wanted if _apart(list(given[n.key].values()))),
        assessors=len({person for by_person in given.values() for person in by_person}),
    )


def _passes(need: Need, scores: Mapping[int, int], mean: Decimal) -> bool:
    return min(scores.values()) >= need.least if need.knock_out else mean >= need.least


def _mean(scores: list[int]) -> Decimal:
    return (Decimal(sum(scores)) / len(scores)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _apart(scores: list[int]) -> bool:
    return bool(scores) and max(scores) - min(scores) > APART
