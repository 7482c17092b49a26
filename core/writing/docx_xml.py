"""Pieces of WordprocessingML that python-docx has no words for."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def element(tag: str, **attributes: str) -> Any:
    """`element("w:shd", fill="0F4C75")`: the attributes are in the namespace of the tag."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def page_fields(paragraph: Any) -> None:
    """'Pagina 1 van 3', counted by the word processor."""
    paragraph.add_run("Pagina ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" van ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Any, code: str) -> None:
    for kind in ("begin", "instruction", "separate", "shown", "end"):
        run = paragraph.add_run()
        if kind == "instruction":
            instruction = element("w:instrText")
            instruction.text = code
            run._r.append(instruction)
        elif kind == "shown":
            run.text = "1"
        else:
            run._r.append(element("w:fldChar", fldCharType=kind))
