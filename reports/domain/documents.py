"""An edition as a document that others take over: DOCX, and the letter that goes with it."""

from collections.abc import Iterator, Sequence
from typing import Any

from core.formats import date_long
from core.writing import Block, Bullets, Heading, LetterHead, Paragraph, Table
from core.writing import Written as Document

from . import passages
from .passages import Written
from .points import Figure
from .render import body_html
from .taken_over import blocks_of
from .view import figure_row


def as_document(written: Written, edition: Any) -> Document:
    """The whole edition, with the figures of a chart in its place."""
    content = written.content
    whose = content.provider or content.municipality or content.region
    return Document(
        title=content.title,
        subtitle=f"{whose}, {content.half_year_title}",
        reference=_reference(edition),
        author=content.organisation,
        day=content.made_on,
        blocks=tuple(blocks_of(body_html(written, edition, medium="document"))),
    )


def information_letter(written: Written, edition: Any) -> Document:
    """The letter to the council (raadsinformatiebrief) that introduces the edition."""
    content = written.content
    where = content.municipality or content.region
    return Document(
        title=f"{content.title}, {content.half_year_title}",
        reference=_reference(edition),
        author=content.organisation,
        day=content.made_on,
        letter=LetterHead(
            sender=(content.organisation,),
            addressee=(
                f"De gemeenteraad van {where}" if content.municipality else "De gemeenteraden",
            ),
            salutation="Geachte leden van de raad,",
            signatory=(content.organisation,),
            enclosures=(f"{content.title}, {content.half_year_title}",),
        ),
        blocks=tuple(_letter(written, where, edition)),
    )


def _letter(written: Written, where: str, edition: Any) -> Iterator[Block]:
    content = written.content
    yield Paragraph(
        f"Hierbij ontvangt u de {content.title.lower()} over het {content.half_year_title}. U "
        f"leest daarin hoe het gaat met de jeugdhulp in {where} en wat die kost."
    )
    if edition.corrects_id and edition.correction_reason:
        yield Paragraph(
            f"Dit is een gecorrigeerde versie; zij vervangt de vorige. {edition.correction_reason}"
        )
    yield Heading("Wat u moet weten")
    yield Bullets([line.text for line in content.summary])
    yield _figures("Kerncijfers", content.key_figures)
    for key, title in (
        (passages.PROMISED, "Wat eerder is beloofd"),
        (passages.ANSWERED, "Uw eerdere vragen"),
    ):
        if key in written.authored:
            yield Heading(title)
            yield Paragraph(written.authored[key])
    yield Heading("Vragen")
    yield Paragraph(
        "U kunt bij elk onderdeel van de rapportage op de site een vraag stellen. Vraag en "
        "antwoord zijn daar voor de hele raad te lezen. Kleine aantallen zijn afgeschermd, zodat "
        "niemand te herkennen is."
    )


def _figures(caption: str, figures: Sequence[Figure]) -> Table:
    rows = [figure_row(figure) for figure in figures]
    return Table(
        columns=("Cijfer", "Nu", "Halfjaar eerder", "Jaar eerder", "Marge (95%)"),
        rows=[(r.name, r.now, r.previous, r.year_ago, r.interval or "–") for r in rows],
        widths=(0.34, 0.15, 0.15, 0.15, 0.21),
        caption=caption,
        numeric=(1, 2, 3),
        row_headers=True,
    )


def _reference(edition: Any) -> str:
    mark = (edition.final_checksum or edition.checksum)[:12]
    return (
        f"versie {edition.version}, controlegetal {mark}, cijfers van {date_long(edition.known_on)}"
    )
