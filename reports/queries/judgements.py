"""What the parties judged of each segment, as an edition freezes it."""

from core.periods import HalfYear
from monitoring.queries.judgements import SegmentJudgement, for_edition
from regions.models import Region
from segments.models import SegmentScheme

from ..domain.judged import DecidedLine, JudgedLine, JudgedTogether

# The tones of the desk in those of a statement.
TONES = {"good": "good", "bad": "bad", "attention": "note"}


def judgements(
    region: Region, half: HalfYear, scheme: SegmentScheme, *, for_councils: bool
) -> dict[str, JudgedTogether]:
    """By code of segment; councils get no verdict on what is protected."""
    found = for_edition(region, half, scheme, for_councils=for_councils)
    return {code: _together(one) for code, one in found.items()}


def _together(one: SegmentJudgement) -> JudgedTogether:
    return JudgedTogether(
        concluded_on=one.concluded_on,
        meaning=one.meaning,
        heard=one.heard,
        judged=tuple(
            JudgedLine(j.name, j.verdict, TONES.get(j.tone, "plain"), j.reason) for j in one.judged
        ),
        decided=tuple(DecidedLine(d.what, d.who, d.due_on) for d in one.decided),
    )
