"""An edition as a document that others take over: DOCX, and the letter that goes with it."""

from collections.abc import Iterator, Sequence
from typing import Any

from core.formats import date_long
from core.writing import (
    Block,
    Bullets,
    Facts,
    Heading,
    LetterHead,
    Paragraph,
    Table,
)
from core.writing import Written as Document

from . import passages
from .content import EditionContent, JudgedTogether, SegmentChapter
from .passages import Written
from .points import Figure
from .view import euros, figure_row, money


def as_document(written: Written, edition: Any) -> Document:
    """The whole edition without its charts: headings, texts and tables."""
    content = written.content
    return Document(
        title=content.title,
        subtitle=f"{content.municipality or content.region}, {content.half_year_title}",
        reference=_reference(edition),
        author=content.organisation,
        day=content.made_on,
        blocks=tuple(_chapters(written)),
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
        blocks=tuple(_letter(written, where)),
    )


def _letter(written: Written, where: str) -> Iterator[Block]:
    content = written.content
    yield Paragraph(
        f"Hierbij ontvangt u de {content.title.lower()} over het {content.half_year_title}. U "
        f"leest daarin hoe het gaat met de jeugdhulp in {where} en wat die kost."
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


def _chapters(written: Written) -> Iterator[Block]:
    content, authored = written.content, written.authored
    yield Heading("Samenvatting")
    yield from _text(authored.get(passages.FOREWORD))
    yield Bullets([line.text for line in content.summary])
    yield from _titled("Wat we de vorige keer beloofden", authored.get(passages.PROMISED))
    yield from _titled("Eerdere vragen van de raad", authored.get(passages.ANSWERED))
    yield _figures("Kerncijfers", content.key_figures)
    for segment in content.segments:
        yield from _segment(segment, written)
    yield Heading("In-, door- en uitstroom")
    yield _figures("Omvang en stroom", content.flow)
    yield from _optional("Wachten", content.waiting)
    yield Heading("Uitkomst en transformatie")
    yield from _optional("Uitkomst van de hulp", content.outcome)
    yield from _optional("Transformatie", content.transformation)
    yield from _money(content, authored)
    yield Heading("Wat deze cijfers niet zeggen")
    yield Bullets(content.limits)
    yield Heading("Begrippen en bronnen")
    yield Facts([(item.name, item.text) for item in content.definitions])


def _segment(segment: SegmentChapter, written: Written) -> Iterator[Block]:
    yield Heading(segment.name)
    yield Paragraph(segment.definition, lead=True)
    yield from _text(segment.takes_part)
    for goal in segment.goals:
        yield Heading(f"Doel {goal.number}: {goal.text}", 2)
        if goal.figures:
            yield _figures(f"Indicatoren bij doel {goal.number}", goal.figures)
        elif goal.no_figure:
            yield Paragraph(goal.no_figure, note=True)
    if segment.sentences:
        yield Heading("Wat betekent dat?", 2)
        yield Bullets(segment.sentences)
    if segment.judgement is not None:
        yield from _judged(segment.judgement)
    for key, title in ((passages.READING, "Duiding"), (passages.ACTION, "Wat we doen")):
        yield from _titled(title, written.authored.get(passages.key_of(segment, key)), 2)
    if segment.tasks:
        yield Heading("Waar we aan werken", 2)
        yield Bullets(segment.tasks)


def _judged(judgement: JudgedTogether) -> Iterator[Block]:
    """The verdicts with their reasons, and who does what by when."""
    yield Heading("Oordeel van de partijen", 2)
    yield Paragraph(judgement.meaning)
    yield Table(
        columns=("Oordeel", "Waarover", "Waarom"),
        rows=[(line.verdict, "; ".join(names), line.reason) for line, names in judgement.alike],
        widths=(0.18, 0.47, 0.35),
        caption=f"Vastgesteld op {date_long(judgement.concluded_on)}",
        row_headers=True,
    )
    if judgement.decided:
        yield Table(
            columns=("Wat we doen", "Wie", "Uiterlijk"),
            rows=[(d.what, d.who, date_long(d.due_on)) for d in judgement.decided],
            widths=(0.55, 0.25, 0.2),
            caption="Afgesproken",
            row_headers=True,
        )


def _money(content: EditionContent, authored: dict[str, str]) -> Iterator[Block]:
    yield Heading("Geld")
    for sentence in content.money.sentences:
        yield Paragraph(sentence)
    yield from _text(authored.get(f"geld-{passages.READING}"))
    rows = [*content.money.rows, *([content.money.total] if content.money.total else [])]
    if rows:
        yield Table(
            columns=("", "Gedeclareerd", "Verwacht", "Begroting"),
            rows=[(r.name, money(r.spend), money(r.completed), euros(r.budget)) for r in rows],
            caption="Kosten en begroting van het halfjaar",
            numeric=(1, 2, 3),
            row_headers=True,
        )
    if content.money.known:
        yield Table(
            columns=("", *(str(line.year) for line in content.money.years)),
            rows=[(one.name, *map(euros, one.amounts)) for one in content.money.known],
            caption="Wat we al weten: besluiten die later ingaan en in de prognose zitten",
            numeric=tuple(range(1, len(content.money.years) + 1)),
            row_headers=True,
        )
    if content.money.turning_point:
        yield Paragraph(content.money.turning_point)


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


def _optional(caption: str, figures: Sequence[Figure]) -> Iterator[Block]:
    if figures:
        yield _figures(caption, figures)


def _text(text: str | None) -> Iterator[Block]:
    if text:
        yield Paragraph(text)


def _titled(title: str, text: str | None, level: int = 2) -> Iterator[Block]:
    if text:
        yield Heading(title, level)
        yield Paragraph(text)


def _reference(edition: Any) -> str:
    mark = (edition.final_checksum or edition.checksum)[:12]
    return (
        f"versie {edition.version}, controlegetal {mark}, cijfers van {date_long(edition.known_on)}"
    )
