"""What goes out on paper: response notes, council proposals, plans. One text, DOCX and PDF."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction

from core import clock
from core.documents.domain import store
from core.formats import euro, percent
from core.ui.prose import Part, parts
from core.writing import (
    DOCX,
    PDF,
    Block,
    Bullets,
    Facts,
    Heading,
    Paragraph,
    Table,
    Written,
    to_docx,
    to_pdf,
)
from segments.enums import FundingForm
from segments.models import Segment, SegmentScheme

from ..enums.policy import ChapterKind, Disposition
from ..models import (
    Consultation,
    ConsultationRemark,
    CouncilProposal,
    FundingChoice,
    PlanSection,
    PolicyDocument,
    ProcedureChoice,
)
from ..queries.leaning import told_leaning
from .choosing import Tick, suggestion

FORMS = {"docx": (DOCX, to_docx), "pdf": (PDF, to_pdf)}
# Gives the table of money of a proposal: registered by the floor that keeps budgets.
MoneyTable = Callable[[CouncilProposal], Iterable[Block]]
_money: list[MoneyTable] = []


def register_money(table: MoneyTable) -> None:
    _money.append(table)


def prose_blocks(text: str, level: int = 3) -> list[Block]:
    """A typed text as blocks; `level` is that of the headings inside it."""
    return [_prose_block(part, level) for part in parts(text)]


def _prose_block(part: Part, level: int) -> Block:
    if part.heading:
        return Heading(part.text, min(level, 3))
    if not part.items:
        return Paragraph(part.text)
    return Bullets(
        [item.text for item in part.items],
        numbered=bool(part.first),
        first=part.first or 1,
        bare=part.lettered,
        below={place: item.below for place, item in enumerate(part.items) if item.below},
    )


def response_note(consultation: Consultation, remarks: Iterable[ConsultationRemark]) -> Written:
    """Who said what, and the answer: three columns, as document 004 has them."""
    rows = [(str(r.partner), r.remark, _answer(r)) for r in remarks]
    counts = _counts(consultation)
    blocks: list[Block] = [*prose_blocks(consultation.introduction)]
    if counts:
        blocks.append(Facts(counts))
    columns = ("Organisatie", "Opmerking", consultation.answered_by or "Reactie")
    blocks.append(Table(columns, rows, widths=(1.1, 2.8, 2.1), caption="", row_headers=True))
    blocks += prose_blocks(consultation.closing)
    return Written(
        title=consultation.title,
        subtitle=f"Bij: {consultation.plan.title}",
        reference=f"Versie {consultation.version}" if consultation.version else "",
        author=str(consultation.plan.region.organisation),
        day=consultation.plan.dated,
        blocks=tuple(blocks),
    )


def _answer(remark: ConsultationRemark) -> str:
    said = remark.response or "Er is geen reactie gegeven."
    done = f"Afhandeling: {remark.get_disposition_display()}" if remark.disposition else ""
    where = remark.processed_where or (
        f"zie {remark.processed_in}" if remark.processed_in_id else ""
    )
    tail = "; ".join(filter(None, (done, where)))
    return f"{said}\n\n{tail}." if tail else said


def _counts(consultation: Consultation) -> list[tuple[str, object]]:
    found = list(consultation.remarks.values_list("disposition", flat=True))
    pairs: list[tuple[str, object]] = [("Opmerkingen", len(found))]
    pairs += [
        (str(one.label).capitalize(), found.count(one)) for one in Disposition if one in found
    ]
    return pairs if found else []


def council_proposal(proposal: CouncilProposal) -> Written:
    """A proposal with its standard chapters (document 000), the money from the data."""
    head = [
        ("Aan", "de gemeenteraad"),
        ("Van", proposal.sender),
        ("Datum", f"{proposal.dated:%d-%m-%Y}" if proposal.dated else "nog in te vullen"),
        ("Portefeuillehouder", proposal.portfolio_holder),
        ("Programma", proposal.programme),
        ("Zaaknummer", proposal.case_number),
    ]
    blocks: list[Block] = [Facts([pair for pair in head if pair[1]])]
    chapters = list(proposal.chapters.all())
    for kind in ChapterKind:
        of_kind = [c for c in chapters if c.kind == kind]
        if kind == ChapterKind.REASON and proposal.decisions:
            blocks += _decisions(proposal)
        if of_kind or kind == ChapterKind.MONEY:
            blocks += _chapter(proposal, kind, of_kind)
    if proposal.attachments:
        blocks += [Heading("Bijlage(n)"), Bullets(proposal.attachments, numbered=True)]
    if proposal.signatories:
        blocks.append(Paragraph("Hoogachtend,"))
        blocks += [Paragraph(line) for line in proposal.signatories]
    return Written(
        title="Raadsvoorstel",
        subtitle=proposal.title,
        reference=proposal.case_number,
        author=f"Gemeente {proposal.municipality}",
        day=proposal.dated,
        blocks=tuple(blocks),
    )


def _decisions(proposal: CouncilProposal) -> list[Block]:
    return [Heading("Voorgesteld besluit"), Bullets(proposal.decisions, numbered=True)]


def _chapter(proposal: CouncilProposal, kind: ChapterKind, rows: Iterable[Any]) -> list[Block]:
    blocks: list[Block] = [Heading(str(kind.label))]
    for row in rows:
        if row.heading:
            blocks.append(Heading(f"{row.number} {row.heading}".strip(), 2))
        blocks += prose_blocks(row.text)
    if kind == ChapterKind.MONEY:
        money = [block for table in _money for block in table(proposal)]
        if not money and len(blocks) == 1:
            return []
        blocks += money
    return blocks


def plan_text(plan: PolicyDocument, sections: Iterable[PlanSection]) -> Written:
    """A plan as it stands, to read or to send."""
    blocks: list[Block] = [Paragraph(plan.summary, lead=True)] if plan.summary else []
    for section in sections:
        blocks.append(Heading(str(section), min(section.depth, 3)))
        blocks += prose_blocks(section.text, section.depth + 1)
    return Written(
        title=plan.title,
        subtitle=str(plan.get_kind_display()).capitalize(),
        reference=f"Versie {plan.version}",
        author=str(plan.region.organisation),
        day=plan.dated,
        blocks=tuple(blocks),
    )


def as_file(written: Written, form: str) -> tuple[bytes, str]:
    """The bytes and content type of a document in one of FORMS."""
    content_type, make = FORMS[form]
    return make(written), content_type


@transaction.atomic
def keep_as_sent(proposal: CouncilProposal) -> None:
    """Store the proposal as it goes to the council: DOCX and PDF, versions of one document.

    Effects: a document with two versions, named by the proposal.
    """
    written, document = council_proposal(proposal), proposal.kept
    for form in FORMS:
        content, content_type = as_file(written, form)
        version = store(
            title=str(proposal), content=content, content_type=content_type,
            file_name=f"raadsvoorstel-{clock.today():%Y%m%d}.{form}",
            tenant_id=proposal.region_id, document=document,
        )  # fmt: skip
        document = version.document
    CouncilProposal.objects.filter(pk=proposal.pk).update(kept=document)


def justification(scheme: SegmentScheme) -> Written:
    """Why each segment gets its funding form and procedure, in writing (domain.md 3.7)."""
    blocks: list[Block] = [Paragraph(scheme.description, lead=True)] if scheme.description else []
    for excluded in scheme.excluded_forms.all():
        blocks.append(Paragraph(f"Niet meegewogen: {excluded}. {excluded.reason}"))
    for segment in scheme.segments.all():
        blocks.append(Heading(str(segment)))
        blocks += _reasons(segment)
    return Written(
        title="Verantwoording van de keuzes",
        subtitle=scheme.name,
        author=str(scheme.region.organisation),
        day=clock.today(),
        blocks=tuple(blocks),
    )


def _reasons(segment: Segment) -> list[Block]:
    blocks = _tested(segment)
    if facts := [fact.text for fact in segment.market_facts.all()]:
        blocks += [Heading("De markt", 2), Bullets(facts)]
    blocks += _chosen("Bekostiging", getattr(segment, "funding_choice", None))
    blocks += _chosen("Procedure", getattr(segment, "procedure_choice", None))
    return blocks or [Paragraph("Voor dit segment is nog niets afgewogen.", note=True)]


def _tested(segment: Segment) -> list[Block]:
    rows = [
        (
            str(a.criterion),
            a.criterion.get_favours_display(),
            "ja" if a.applies else "nee",
            a.reason,
        )
        for a in segment.assessments.select_related("criterion").order_by("criterion__order")
    ]
    if not rows:
        return []
    # A column without a word in it says nothing.
    filled = 4 if any(row[3] for row in rows) else 3
    columns = ("Criterium", "Pleit voor", "Van toepassing", "Waarom")[:filled]
    widths = (3.0, 2.0, 1.4, 3.0)[:filled]
    cells = [row[:filled] for row in rows]
    return [
        Table(columns, cells, widths=widths, caption="Toetsing"),
        Paragraph(_suggested(segment), note=True),
    ]


def _chosen(label: str, choice: FundingChoice | ProcedureChoice | None) -> list[Block]:
    """A choice with what was weighed and why; nothing when nobody chose."""
    if choice is None:
        return []
    said, state = str(choice).split(": ", 1)[1], str(choice.get_state_display())
    blocks: list[Block] = [Heading(f"{label}: {said}{f' ({state})' if state != said else ''}", 2)]
    if isinstance(choice, FundingChoice):
        return [*blocks, *prose_blocks(choice.explanation), *_parts(choice)]
    blocks += prose_blocks(choice.considerations)
    blocks += prose_blocks(choice.explanation)
    blocks += _weighed(choice.segment)
    if choice.fallback:
        blocks.append(Paragraph(f"Uitwijken: {choice.fallback}", note=True))
    return blocks


def _parts(choice: FundingChoice) -> list[Block]:
    """The parts of the segment that get a form of their own."""
    rows = [
        (
            part.name,
            str(part.get_form_display() or "nog open"),
            _size(part.share, part.amount),
            part.reason,
        )
        for part in choice.parts.all()
    ]
    if not rows:
        return []
    columns = ("Onderdeel", "Vorm", "Omvang", "Waarom")
    return [Table(columns, rows, widths=(2.2, 1.6, 1.6, 3.4), caption="Onderdelen")]


def _size(share: Decimal | None, amount: Decimal | None) -> str:
    told = (
        f"{percent(share, 0)} van het budget" if share is not None else "",
        f"{euro(amount, 0)} per jaar" if amount is not None else "",
    )
    return ", ".join(filter(None, told)) or "niet vermeld"


def _suggested(segment: Segment) -> str:
    """What the ticks suggest; people decide."""
    found = suggestion(
        Tick(a.criterion.favours, a.applies)
        for a in segment.assessments.select_related("criterion")
    )
    if not found.counts:
        return "Dit segment is nog niet aan criteria getoetst."
    counts = "; ".join(
        f"{FundingForm(form).label} {yes} van {total}" for form, yes, total in found.counts
    )
    told = FundingForm(found.form).label if found.form else "geen duidelijke richting"
    return f"De toetsing suggereert: {told} ({counts}). De keuze is aan mensen; zie hieronder."


def _weighed(segment: Segment) -> list[Block]:
    rows = [
        (w.criterion.text, str(w.criterion.weight), w.finding, str(w.get_favours_display() or "–"))
        for w in segment.weighings.select_related("criterion")
    ]
    if not rows:
        return []
    columns = ("Criterium", "Gewicht", "Bevinding", "Pleit voor")
    told = f"{told_leaning(segment).sentence} De keuze is aan mensen."
    return [
        Table(columns, rows, widths=(3.0, 1.0, 3.0, 1.8), caption="Weging"),
        Paragraph(told, note=True),
    ]
