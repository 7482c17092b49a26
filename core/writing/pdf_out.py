"""The same document as a tagged PDF."""

from collections.abc import Sequence
from typing import Any

from django.template.loader import render_to_string

from core.pdf import render_pdf
from core.writing.blocks import Block, Bullets, Facts, Heading, Paragraph, Table, Written, printable
from core.writing.docx_letter import heading_facts

PDF = "application/pdf"
# Characters: about half a page in the widest column of three.
LONG_CELL = 1200


def to_pdf(written: Written) -> bytes:
    """The document as tagged PDF. The same document gives the same bytes on one machine."""
    return render_pdf(html_of(written))


def html_of(written: Written) -> str:
    """The page that becomes the PDF; tests read this."""
    return render_to_string(
        "writing/document.html",
        {
            "written": written,
            "letter": written.letter,
            "facts": heading_facts(written),
            "blocks": [_shown(block) for block in written.blocks],
        },
    )


def _shown(block: Block) -> dict[str, Any]:
    """A block as the template draws it."""
    if isinstance(block, Heading):
        return {"kind": f"h{block.level + 1}", "text": printable(block.text)}
    if isinstance(block, Paragraph):
        look = "lead" if block.lead else "note" if block.note else ""
        return {"kind": "p", "parts": block.parts, "look": look}
    if isinstance(block, Bullets):
        return _list(block)
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Facts):
        return {"kind": "dl", "items": [(term, _text(value)) for term, value in block.items]}
    return {"kind": "break"}


def _list(block: Bullets) -> dict[str, Any]:
    items = [
        (printable(item), [printable(point) for point in block.below.get(place, ())])
        for place, item in enumerate(block.items)
    ]
    kind = "ol" if block.numbered else "ul"
    return {"kind": kind, "items": items, "first": block.first, "bare": block.bare}


def _text(value: object) -> str:
    return printable("" if value is None else value)


def _table(block: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "fixed": block.widths is not None,
        "caption": printable(block.caption),
        "head": [
            {"text": printable(text), "number": place in block.numeric, "width": width}
            for place, (text, width) in enumerate(zip(block.columns, _widths(block), strict=True))
        ],
        "rows": [_row(block, row) for row in block.rows],
    }


def _row(block: Table, row: Sequence[object]) -> dict[str, Any]:
    """A long row may go on over the page: kept whole it would leave most of a page empty."""
    cells = [_cell(block, place, value) for place, value in enumerate(row)]
    return {"cells": cells, "long": max(len(cell["text"]) for cell in cells) > LONG_CELL}


def _cell(block: Table, place: int, value: object) -> dict[str, Any]:
    head = place == 0 and block.row_headers
    return {"text": _text(value), "number": place in block.numeric, "head": head}


def _widths(block: Table) -> list[int]:
    """Whole twentieths of the page, for which the style sheet has a class each, together no more
    than the page (by largest remainder); 0 is free."""
    if block.widths is None:
        return [0] * len(block.columns)
    exact = [20 * share / sum(block.widths) for share in block.widths]
    whole = [max(1, int(part)) for part in exact]
    by_rest = sorted(range(len(exact)), key=lambda place: whole[place] - exact[place])
    for place in by_rest[: max(0, 20 - sum(whole))]:
        whole[place] += 1
    return whole
