"""What a document consists of: plain values, no layout."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def printable(text: object) -> str:
    """The text without what XML cannot hold, its line ends all alike."""
    return UNPRINTABLE.sub("", str(text).replace("\r\n", "\n").replace("\r", "\n"))


@dataclass(frozen=True)
class Heading:
    """Level 1 stands directly under the title of the document; at most 3."""

    text: str
    level: int = 1

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3):
            raise ValueError(f"a heading of level {self.level}")


@dataclass(frozen=True)
class Paragraph:
    """An empty line inside the text begins a new paragraph; a single line end is kept.

    `lead` is the opening in larger type, `note` a remark in smaller type.
    """

    text: str
    lead: bool = False
    note: bool = False

    @property
    def parts(self) -> list[str]:
        text = printable(self.text).strip()
        return [part.strip("\n") for part in re.split(r"\n\s*\n", text)] if text else []


@dataclass(frozen=True)
class Bullets:
    """`below` are the points under an item, by the place of that item (from 0). A numbered list
    begins at `first`; the items of a `bare` one hold their own mark.
    """

    items: Sequence[str]
    numbered: bool = False
    first: int = 1
    bare: bool = False
    below: Mapping[int, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """`widths` are shares of the page, one per column. `numeric` are the columns (from 0) that
    stand to the right. The first column heads its row when `row_headers` says so.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[object]]
    widths: Sequence[float] | None = None
    caption: str = ""
    numeric: Sequence[int] = ()
    row_headers: bool = False

    def __post_init__(self) -> None:
        wide = len(self.columns)
        if wrong := next((row for row in self.rows if len(row) != wide), None):
            raise ValueError(f"a row of {len(wrong)} cells under {wide} headers")
        if self.widths is not None and len(self.widths) != wide:
            raise ValueError(f"{len(self.widths)} widths for {wide} columns")


@dataclass(frozen=True)
class Facts:
    """Terms with their values, two columns without a header."""

    items: Sequence[tuple[str, object]]


@dataclass(frozen=True)
class PageBreak:
    pass


Block = Heading | Paragraph | Bullets | Table | Facts | PageBreak


@dataclass(frozen=True)
class LetterHead:
    """What makes a document a letter; every part may be left out.

    `sender`, `addressee` and `signatory` are lines. The document's title is the subject.
    """

    sender: Sequence[str] = ()
    addressee: Sequence[str] = ()
    place: str = ""
    your_reference: str = ""
    salutation: str = ""
    closing: str = "Met vriendelijke groet,"
    signatory: Sequence[str] = ()
    enclosures: Sequence[str] = ()


@dataclass(frozen=True)
class Written:
    """A document. `reference` is ours (kenmerk), `day` is the date on it and in the file,
    `author` the organisation that it comes from.
    """

    title: str
    subtitle: str = ""
    reference: str = ""
    blocks: Sequence[Block] = field(default=())
    author: str = ""
    day: date | None = None
    letter: LetterHead | None = None
    landscape: bool = False
