"""What every chart has: a title, a description, a drawing and a table with the same figures."""

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass

from core.charts.palette import FONT, PAPER
from core.charts.svg import clean, num, rect, tag

WIDE = 640
NARROW = 320
COMPACT_BELOW = 480
ID_PATTERN = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


@dataclass(frozen=True)
class Table:
    """The figures of a chart as text; the first cell of a row is its header."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Drawing:
    """Elements of a chart and the height they take."""

    height: float
    parts: list[str]


@dataclass(frozen=True, kw_only=True)
class Chart(ABC):
    """A chart is data; `svg` draws it for a width, `table` writes it out.

    `description` is the text alternative for who does not see the drawing; left empty, a
    summary of the figures takes its place.
    """

    title: str
    description: str = ""

    @abstractmethod
    def _draw(self, width: int) -> Drawing: ...

    @abstractmethod
    def _summary(self) -> str:
        """One or two Dutch sentences with the figures that matter."""

    @abstractmethod
    def table(self) -> Table: ...

    def svg(self, *, id: str, width: int = WIDE) -> str:
        """The drawing, text at its real size for `width` pixels; the same bytes every time.

        `id` must be unique on the page. Draw a second time for NARROW and let the stylesheet
        choose, so that text on a telephone is not shrunk. ValueError for a bad id or width.
        """
        if not ID_PATTERN.fullmatch(id):
            raise ValueError(f"not an id: {id!r}")
        if not 60 <= width <= 2000:
            raise ValueError(f"width {width} is out of range")
        drawing = self._draw(width)
        height = num(drawing.height)
        return tag(
            "svg",
            tag("title", clean(self.title) or " ", id=f"{id}-title"),
            tag("desc", clean(self.description or self._summary()), id=f"{id}-desc"),
            rect(0, 0, width, drawing.height, fill=PAPER),
            *drawing.parts,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {width} {height}",
            width=width,
            height=drawing.height,
            class_="chart",
            role="img",
            aria_labelledby=f"{id}-title {id}-desc",
            font_family=FONT,
        )
