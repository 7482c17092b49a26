"""Letters about ceilings: written from the signal, kept as sent."""

from collections.abc import Iterable
from typing import Any

from core import clock
from core.documents.domain import store
from core.formats import date_long, euro, percent
from core.writing import (
    DOCX,
    PDF,
    Block,
    Facts,
    Heading,
    LetterHead,
    Paragraph,
    Written,
    to_docx,
    to_pdf,
)

from ..enums.ceilings import CeilingAnswer, CeilingLetterKind
from ..models import CeilingLetter, CeilingSignal


def send_letter(
    *, signal: CeilingSignal, kind: CeilingLetterKind, by: Any, text: str = ""
) -> CeilingLetter:
    """Write a letter and keep it. Effects: a Document with the PDF and the DOCX as versions."""
    written = letter_of(signal, kind, text)
    name = f"plafond-{signal.cap.contract.number}-{signal.cap.year}-{kind}".lower()
    pdf = store(
        title=written.title, content=to_pdf(written), file_name=f"{name}.pdf", content_type=PDF,
        by=by, tenant_id=signal.cap.contract.region_id,
    )  # fmt: skip
    docx = store(
        title=written.title, content=to_docx(written), file_name=f"{name}.docx", content_type=DOCX,
        by=by, document=pdf.document,
    )  # fmt: skip
    return CeilingLetter.objects.create(
        signal=signal, kind=kind, document=pdf.document, pdf=pdf, docx=docx, sent_on=clock.today()
    )


def letter_of(signal: CeilingSignal, kind: CeilingLetterKind, text: str) -> Written:
    contract = signal.cap.contract
    provider, sender = contract.provider, contract.region.organisation.name
    contact = provider.contacts.first()
    return Written(
        title=f"{kind.label.capitalize()}: {signal}",
        reference=f"P-{contract.number}-{signal.cap.year}",
        author=contract.region.name,
        day=clock.today(),
        blocks=tuple(_body(signal, kind, text)),
        letter=LetterHead(
            sender=(sender,),
            addressee=[provider.name, *([f"t.a.v. {contact.name}"] if contact else [])],
            salutation="Geachte heer, mevrouw,",
            signatory=(sender,),
        ),
    )


def _body(signal: CeilingSignal, kind: CeilingLetterKind, text: str) -> Iterable[Block]:
    if signal.fictitious:
        yield Paragraph("Deze brief is fictief en hoort bij een demonstratie.", note=True)
    if kind == CeilingLetterKind.INVITATION:
        yield from _invitation(signal, text)
    else:
        yield from _decision(signal)
    yield Paragraph("Crisishulp telt niet mee voor het plafond en wordt altijd betaald.")


def _invitation(signal: CeilingSignal, text: str) -> Iterable[Block]:
    cap = signal.cap
    yield Paragraph(
        f"Van het budgetplafond voor {cap.year} in contract {cap.contract.number} is "
        f"{percent(signal.share, 0)} gebruikt. Bij {percent(cap.signal_share, 0)} spreken wij "
        f"elkaar binnen twee weken. Wij nodigen u uit voor dat gesprek op "
        f"{date_long(signal.talk_on)}."
    )
    if text.strip():
        yield Paragraph(text)
    yield _figures(signal)
    yield Heading("Wat wij willen bespreken")
    yield Paragraph(
        "Neem mee hoeveel jeugdigen nu hulp krijgen, wie er wachten, en wat u tot het einde van "
        "het jaar verwacht. Binnen twee weken na het gesprek krijgt u ons besluit."
    )


def _decision(signal: CeilingSignal) -> Iterable[Block]:
    yield Paragraph(
        f"Op {date_long(signal.talk_on)} spraken wij elkaar over het budgetplafond voor "
        f"{signal.cap.year} in contract {signal.cap.contract.number}. Ons besluit: "
        f"{CeilingAnswer(signal.answer).label}."
    )
    yield Heading("Waarom")
    yield Paragraph(signal.answer_text)
    if signal.answer == CeilingAnswer.RAISE:
        yield Paragraph(
            "Het nieuwe bedrag leggen wij vast in een herziening van het contract, die wij u "
            "apart aanbieden."
        )
    yield _figures(signal)


def _figures(signal: CeilingSignal) -> Facts:
    rows = [
        ("Plafond", euro(signal.cap.amount)),
        ("Gebruikt", f"{euro(signal.used)} (stand van {date_long(signal.figures_on)})"),
    ]
    if signal.expected is not None:
        rows.append(("Verwacht in dit jaar", euro(signal.expected)))
    if signal.reached_on is not None:
        rows.append(("Plafond naar verwachting bereikt", date_long(signal.reached_on)))
    return Facts(rows)
