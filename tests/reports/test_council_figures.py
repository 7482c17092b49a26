from monitoring.domain.council import council_says
from monitoring.enums import Cell
from reports.domain import chapters
from reports.domain.compile import TRENDS


def test_every_figure_that_an_edition_says_is_protected_for_councils():
    says = council_says(goals=())
    whole = {
        *chapters.KEY_FIGURES, *chapters.FLOW, *chapters.WAITING, *chapters.OUTCOME,
        *chapters.TRANSFORMATION, *chapters.QUALITY, *TRENDS, "spend", "spend_completed",
    }  # fmt: skip
    segment = {*chapters.SEGMENT_FIGURES, *chapters.SEGMENT_TRENDS, "spend", "spend_completed"}
    assert whole <= says[Cell.REGION]
    assert whole <= says[Cell.MUNICIPALITY]
    assert segment <= says[Cell.SEGMENT]
    assert segment <= says[Cell.MUNICIPALITY_SEGMENT]
    assert {"client_share", "spend_share"} <= says[Cell.CATEGORY]
    assert {"providers", "top_share_3", "top_share_7", "hhi"} <= says[Cell.SEGMENT]
