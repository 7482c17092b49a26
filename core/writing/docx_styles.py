"""The styles of our documents: one family of type, Dutch as language, sober headings."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from core.writing.docx_xml import element

FONT = "Calibri"
INK = RGBColor(0x1B, 0x27, 0x33)
DARK = RGBColor(0x08, 0x34, 0x3D)
SOFT = RGBColor(0x51, 0x5E, 0x69)
WHITE = RGBColor(0xFF, 0xFF, 0xFF)
HEAD_FILL = "0D4A57"

# Style: size in points, bold, colour, space before and after in points.
LOOKS: dict[str, tuple[float, bool, RGBColor, float, float]] = {
    "Normal": (10.5, False, INK, 0, 6),
    "Title": (24, True, DARK, 0, 4),
    "Subtitle": (13, False, SOFT, 0, 12),
    "Heading 1": (16, True, DARK, 16, 4),
    "Heading 2": (13, True, DARK, 12, 3),
    "Heading 3": (11, True, DARK, 10, 2),
    "Caption": (9.5, True, SOFT, 6, 3),
    "Footer": (8.5, False, SOFT, 0, 0),
    "Lead": (12, False, SOFT, 0, 8),
    "Note": (9.5, False, SOFT, 0, 6),
    "Table Text": (9.5, False, INK, 1, 1),
    "Table Head": (9.5, True, WHITE, 1, 1),
    "Table End": (6, False, INK, 0, 4),
    "Letter Line": (10.5, False, INK, 0, 0),
}
OURS = ("Lead", "Note", "Table Text", "Table Head", "Table End", "Letter Line")


def apply(book: Any) -> None:
    """Give a new document our styles, and Dutch as its language."""
    for name in OURS:
        book.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = book.styles["Normal"]
    for name, look in LOOKS.items():
        _style(book.styles[name], look)
    for name in ("List", "List Bullet", "List Bullet 2", "List Number"):
        book.styles[name].paragraph_format.space_after = Pt(3)
    _language(book)
    _drop_thumbnail(book)


def _style(style: Any, look: tuple[float, bool, RGBColor, float, float]) -> None:
    size, bold, colour, before, after = look
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), bold, False
    font.color.rgb = colour
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.lower().endswith("theme"):
            del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)
    shape = style.paragraph_format
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    shape.keep_with_next = style.name.startswith("Heading") or style.name in ("Caption", "Title")
    for border in style.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def _language(book: Any) -> None:
    for found in book.styles.element.iter(qn("w:lang")):
        for name in ("val", "eastAsia"):
            found.set(qn(f"w:{name}"), "nl-NL")
    settings = book.settings.element
    for found in settings.iter(qn("w:themeFontLang")):
        found.set(qn("w:val"), "nl-NL")


def _drop_thumbnail(book: Any) -> None:
    """The picture of somebody else's first page that the library brings along."""
    related = book.part.package.rels
    for key in [key for key, rel in related.items() if rel.reltype.endswith("/thumbnail")]:
        del related[key]


def new_numbering(book: Any, first: int = 1) -> int:
    """A list of its own that begins at `first`; its number."""
    numbering = book.part.numbering_part.element
    wanted = book.styles["List Number"].element.pPr.numPr.numId.val
    kind = next(n.abstractNumId.val for n in numbering.num_lst if n.numId == wanted)
    made = numbering.add_num(kind)
    made.add_lvlOverride(ilvl=0).append(element("w:startOverride", val=str(first)))
    return int(made.numId)
