"""The page of an edition as blocks of a text: what it says, in its order, for a word processor.

Read from the same templates as page and PDF, so that a chapter is written once. A chart becomes the
table of its figures.
"""

from collections.abc import Iterator
from typing import Any

from lxml import html

from core.writing import Block, Bullets, Facts, Heading, Paragraph, Table

HEADINGS = {"h2": 1, "h3": 2, "h4": 3}
# How wide a column is beside others: names, numbers, margins, words.
WIDE = {"": 2.2, "ed-number": 1.3, "ed-marge": 1.8, "ed-target": 1.5}
OPEN_TEXT, BESIDE_MANY = 3.0, 1.5
MANY_COLUMNS = 5
# Of a longer chart, month by month, the figures are in the workbook.
LONGEST_CHART = 40


def blocks_of(page: str) -> list[Block]:
    return list(_inside(html.fragment_fromstring(page, create_parent="div")))


def _inside(parent: Any) -> Iterator[Block]:
    for element in parent.iterchildren("*"):
        yield from _block(element)


def _block(element: Any) -> Iterator[Block]:
    classes = element.get("class", "").split()
    match element.tag:
        case "h2" | "h3" | "h4":
            yield Heading(_text(element), HEADINGS[element.tag])
        case "p":
            note = "ed-note" in classes or "ed-colophon" in classes
            yield Paragraph(_text(element), lead="ed-lead" in classes, note=note)
        case "ul" | "ol" if "ed-cards" in classes:
            yield _cards(element)
        case "ul" | "ol":
            yield Bullets([_text(item) for item in element.iterchildren("li")])
        case "dl":
            yield Facts(list(zip(_texts(element, "dt"), _texts(element, "dd"), strict=True)))
        case "table":
            yield from _tables(element)
        case "figure":
            yield from _chart(element)
        case "svg" | "figcaption":
            return
        case _:
            yield from _inside(element)


def _chart(element: Any) -> Iterator[Block]:
    for block in _inside(element):
        if isinstance(block, Table) and len(block.rows) > LONGEST_CHART:
            yield Paragraph(f"{block.caption}: zie het Excelbestand.", note=True)
        else:
            yield block


def _cards(element: Any) -> Table:
    """The figures on top, one line each."""
    rows = [
        (
            _text(item.find_class("ed-card__name")[0]).rstrip(":"),
            _text(item.find_class("ed-card__value")[0]),
            _text(item.find_class("ed-card__note")[0]).partition(": ")[2],
        )
        for item in element.iterchildren("li")
    ]
    return Table(
        columns=("Cijfer", "Nu", "Een jaar eerder"),
        rows=rows,
        widths=(3, 1.2, 1.2),
        caption="Kerncijfers",
        numeric=(1, 2),
        row_headers=True,
    )


def _tables(table: Any) -> Iterator[Block]:
    """One table, or one per goal with the goal as its heading."""
    head = table.xpath("./thead/tr/*")
    caption = "".join(_text(one) for one in table.iterchildren("caption"))
    for body in table.iterchildren("tbody"):
        rows = [list(row.iterchildren("th", "td")) for row in body.iterchildren("tr")]
        if rows and rows[0][0].get("scope") == "rowgroup":
            title, *remarks = [_text(part) for part in _parts(rows.pop(0)[0])]
            yield Heading(title, 3)
            for remark in remarks:
                yield Paragraph(remark, note=True)
            caption = ""
        if rows:
            yield _table(head, rows, caption)


def _parts(goal: Any) -> list[Any]:
    """The goal itself, and each line below it as an element of its own."""
    below = goal.find_class("ed-subgoal")
    for element in below:
        element.drop_tree()
    return [goal, *below]


def _table(head: list[Any], rows: list[list[Any]], caption: str) -> Table:
    classes = [cell.get("class", "") for cell in head]
    body = [cell.get("class", "") for cell in rows[0]]
    numeric = [n for n, name in enumerate(body) if "ed-number" in name]
    words = BESIDE_MANY if len(head) > MANY_COLUMNS else OPEN_TEXT
    widths = [_wide(place, f"{name} {body[place]}", words) for place, name in enumerate(classes)]
    return Table(
        columns=[_text(cell) for cell in head],
        rows=[[_text(cell) for cell in row] for row in rows],
        widths=widths,
        caption=caption,
        numeric=numeric,
        row_headers=True,
    )


def _wide(place: int, classes: str, words: float) -> float:
    if place == 0:
        return WIDE[""]
    return next((wide for name, wide in WIDE.items() if name and name in classes), words)


def _texts(element: Any, tag: str) -> list[str]:
    return [_text(one) for one in element.iterchildren(tag)]


def _text(element: Any) -> str:
    """The words as they read; parts that stand on a line of their own keep it."""
    parts: list[str] = []
    _collect(element, parts)
    lines = ("".join(parts)).split("\0")
    return "\n".join(filter(None, (" ".join(line.split()) for line in lines)))


OWN_LINE = {"p", "li", "ul", "br", "div"}


def _collect(element: Any, parts: list[str]) -> None:
    own = element.tag in OWN_LINE
    parts.append("\0" if own else "")
    parts.append(element.text or "")
    if "ed-mark" in element.get("class", "").split():
        parts.append(": ")
    for child in element.iterchildren():
        if isinstance(child.tag, str):
            _collect(child, parts)
        parts.append(child.tail or "")
    parts.append("\0" if own else "")
