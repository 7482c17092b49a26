"""Widths of glyphs in the file as the embedded fonts themselves give them.

Of a variable font the layout measures a weight between its masters a few thousandths of an em
otherwise than the font that is embedded. PDF/A (ISO 19005-2, 6.2.11.5) and PDF/UA (ISO 14289-1,
7.21.5) ask for the same width in both, to within one thousandth.
"""

from io import BytesIO
from typing import Any

import pydyf
from fontTools.ttLib import TTFont


def true_widths(document: Any, pdf: Any) -> None:
    """A finisher of WeasyPrint: write the widths of embedded TrueType fonts anew."""
    for font in pdf.objects:
        if isinstance(font, dict) and font.get("Subtype") == "/CIDFontType2":
            program = _program(pdf, font)
            if program is not None:
                font["W"] = pydyf.Array(_widths(font["W"], program))


def _program(pdf: Any, font: Any) -> TTFont | None:
    descriptor = _at(pdf, font["FontDescriptor"])
    if "FontFile2" not in descriptor:
        return None
    stream = _at(pdf, descriptor["FontFile2"])
    return TTFont(BytesIO(b"".join(stream.stream)), lazy=True)


def _at(pdf: Any, reference: Any) -> Any:
    number = (reference.decode() if isinstance(reference, bytes) else str(reference)).split()[0]
    return pdf.objects[int(number)]


def _widths(stated: Any, program: TTFont) -> list[Any]:
    """`stated` is as in a CID font: the first glyph, and an array of widths from there."""
    advances = [program["hmtx"][name][0] for name in program.getGlyphOrder()]
    unit = 1000 / program["head"].unitsPerEm
    written: list[Any] = []
    for first, run in zip(stated[::2], stated[1::2], strict=True):
        written += [
            first,
            pydyf.Array(
                advances[first + step] * unit if first + step < len(advances) else width
                for step, width in enumerate(run)
            ),
        ]
    return written
