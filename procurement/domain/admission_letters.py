"""Letters about an admission: written from its data, kept as sent."""

from collections.abc import Iterable
from typing import Any

from core import clock
from core.documents.domain import store
from core.formats import date_long
from core.ui.words import last_day
from core.writing import (
    DOCX,
    PDF,
    Block,
    Bullets,
    Heading,
    LetterHead,
    Paragraph,
    Written,
    to_docx,
    to_pdf,
)

from ..enums.admission import AdmissionState, LetterKind
from ..models import Admission, AdmissionLetter
from .admission_terms import objection_until


def send_letter(*, admission: Admission, kind: LetterKind, by: Any, text: str) -> AdmissionLetter:
    """Write a letter and keep it. Effects: a Document with the PDF and the DOCX as versions."""
    written = letter_of(admission, kind, text)
    name = f"{kind}-{admission.pk}-{clock.today().isoformat()}"
    pdf = store(
        title=written.title, content=to_pdf(written), file_name=f"{name}.pdf", content_type=PDF,
        by=by, tenant_id=admission.region_id,
    )  # fmt: skip
    docx = store(
        title=written.title, content=to_docx(written), file_name=f"{name}.docx", content_type=DOCX,
        by=by, document=pdf.document,
    )  # fmt: skip
    return AdmissionLetter.objects.create(
        admission=admission, kind=kind, document=pdf.document, pdf=pdf, docx=docx,
        sent_on=clock.today(),
    )  # fmt: skip


def letter_of(admission: Admission, kind: LetterKind, text: str) -> Written:
    """The letter as plain values; `text` is the reason that goes with the move."""
    provider, today = admission.provider, clock.today()
    subject = f"{kind.label.capitalize()}: {admission.product}"
    contact = provider.contacts.first()
    addressee = [provider.name, *([f"t.a.v. {contact.name}"] if contact else [])]
    return Written(
        title=subject,
        reference=f"T-{admission.pk}-{admission.round}",
        author=admission.region.name,
        day=today,
        blocks=tuple(_body(admission, kind, text)),
        letter=LetterHead(
            sender=(admission.region.organisation.name,),
            addressee=addressee,
            salutation="Geachte heer, mevrouw,",
            signatory=(admission.region.organisation.name,),
        ),
    )


def _body(admission: Admission, kind: LetterKind, text: str) -> Iterable[Block]:
    if admission.fictitious:
        yield Paragraph("Deze brief is fictief en hoort bij een demonstratie.", note=True)
    match kind:
        case LetterKind.RECEIVED:
            yield from _received(admission)
        case LetterKind.SUPPLEMENT:
            yield from _supplement(admission, text)
        case LetterKind.DECISION:
            yield from _decision(admission, text)
        case LetterKind.LAPSED:
            yield Paragraph(f"Uw toelating voor {admission.product} vervalt vandaag.")
            yield from _reason(text)
            yield from _objecting()
        case LetterKind.OBJECTION:
            yield Paragraph(f"Wij hebben beslist op uw bezwaar over {admission.product}.")
            yield from _reason(text)
            yield Paragraph(
                "Bent u het niet eens met deze beslissing? Dan kunt u binnen zes weken beroep "
                "instellen bij de rechtbank."
            )


def _received(admission: Admission) -> Iterable[Block]:
    yield Paragraph(
        f"Op {date_long(clock.today())} ontvingen wij uw aanvraag om {admission.product} te "
        "leveren. Twee medewerkers beoordelen haar, los van elkaar, op deze eisen:"
    )
    rows = admission.evidence.select_related("requirement")
    yield Bullets([f"{row.requirement.code}: {row.requirement.text}" for row in rows])


def _supplement(admission: Admission, text: str) -> Iterable[Block]:
    yield Paragraph("Uw aanvraag is nog niet volledig. Wij vragen u om deze aanvulling:")
    yield Paragraph(text)
    yield Paragraph(
        f"Wij ontvangen uw aanvulling graag uiterlijk op {date_long(admission.supplement_due)}. "
        "Komt zij niet op tijd, dan beslissen wij op wat er ligt."
    )


def _decision(admission: Admission, text: str) -> Iterable[Block]:
    if admission.state == AdmissionState.REFUSED:
        yield Paragraph(f"Wij laten u niet toe voor {admission.product}.")
        yield from _reason(text)
    elif admission.state == AdmissionState.CONDITIONAL:
        yield Paragraph(
            f"Wij laten u toe voor {admission.product}, onder voorwaarden waaraan u uiterlijk op "
            f"{date_long(admission.conditions_due)} voldoet:"
        )
        yield Paragraph(admission.conditions)
    else:
        yield Paragraph(f"Wij laten u toe voor {admission.product}.")
    if admission.valid_to and admission.state != AdmissionState.REFUSED:
        yield Paragraph(f"De toelating geldt tot en met {last_day(admission.valid_to)}.")
    yield from _objecting()


def _reason(text: str) -> Iterable[Block]:
    if text.strip():
        yield Heading("Waarom")
        yield Paragraph(text)


def _objecting() -> Iterable[Block]:
    until = date_long(objection_until(clock.today()))
    yield Heading("Niet mee eens?")
    yield Paragraph(
        f"U kunt bezwaar maken tot en met {until}. Noem in uw bezwaar uw naam, de datum van deze "
        "brief en waarom u het er niet mee eens bent."
    )
