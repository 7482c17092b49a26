"""What goes on paper in a case: letters, the plan, and the whole case as one file."""

import io
import json
import zipfile
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from core import clock
from core.documents.domain import store
from core.documents.models import Confidentiality, DocumentVersion
from core.errors import DomainError
from core.formats import date_long, date_short
from core.writing import (
    DOCX,
    PDF,
    Block,
    Facts,
    Heading,
    LetterHead,
    Paragraph,
    Table,
    Written,
    to_docx,
    to_pdf,
)

from ...enums.cases import CaseState
from ...models import Case, ImprovementPlan, Letter, PhaseOutPlan
from ...queries.case_figures import followed
from ...queries.cases import due_of, who_moves
from ...queries.timeline import timeline
from ...rules.cases import check_can_manage_cases

WHOM = ("Wie", "Wat", "Hoe", "Wanneer", "Waaraan zien we dat")
WIDTHS = (2, 4, 4, 2, 4)


def proposed_letter(case: Case) -> tuple[str, str]:
    """Subject and text of the letter that goes with the present step, to be worked on."""
    due = due_of(case)
    until = date_long(due) if due else ""
    subject, text = LETTERS.get(CaseState(case.state), ("Zaak {number}", "Betreft: {title}."))
    words = {"number": case.number, "title": case.title, "until": until, "round": case.round}
    return subject.format(**words), text.format(**words)


LETTERS = {
    CaseState.SIGNALLED: (
        "Signaal over {title}",
        "Wij kregen een of meer signalen over {title}. Wij bekijken die en laten u weten of wij "
        "daarover met u in gesprek willen.",
    ),
    CaseState.IN_DIALOGUE: (
        "Uitnodiging voor een gesprek: {title}",
        "Wij nodigen u uit voor een gesprek over {title}.\n\nIn dat gesprek bespreken wij wat er "
        "aan de hand is en maken wij afspraken over verbetering, met een planning. Wij willen de "
        "afspraken uiterlijk {until} vastleggen.",
    ),
    CaseState.PLAN_ASKED: (
        "Verzoek om een verbeterplan: {title}",
        "Na ons gesprek over {title} vragen wij u een verbeterplan te schrijven. Zet daarin per "
        "maatregel wie wat doet, hoe, en wanneer het klaar is, en waaraan u en wij dat zien.\n\n"
        "Dien het plan uiterlijk {until} in. U doet dat in uw eigen omgeving op de site.",
    ),
    CaseState.PLAN_SUBMITTED: (
        "Ontvangst van uw verbeterplan: {title}",
        "Wij hebben uw verbeterplan ontvangen. Uiterlijk {until} laten wij weten of wij het "
        "bindend maken of u om een aanpassing vragen.",
    ),
    CaseState.MONITORING: (
        "Uw verbeterplan is bindend: {title}",
        "Uw verbeterplan is bindend. De maatregelen en data uit het plan gelden als afspraak "
        "tussen u en de regio. Wij volgen de voortgang en bespreken die regelmatig met u. Op "
        "{until} beginnen wij met de beoordeling.",
    ),
    CaseState.ASSESSING: (
        "Beoordeling van de verbeteringen: {title}",
        "Wij beoordelen nu per afspraak of het resultaat is behaald. Uiterlijk {until} hoort u "
        "onze conclusie.",
    ),
    CaseState.SUPERVISION: (
        "Inzet van toezicht en handhaving: {title}",
        "Wij hebben zorgen over de rechtmatigheid van de hulp. Daarom hebben wij toezicht en "
        "handhaving ingeschakeld. U hoort van de toezichthouder hoe het onderzoek verloopt.",
    ),
    CaseState.DISSOLUTION_PROPOSED: (
        "Voorgenomen voorstel tot beëindiging van het contract: {title}",
        "De afgesproken verbeteringen zijn niet bereikt. Wij stellen de colleges voor het contract "
        "te beëindigen. U kunt daarop reageren voordat de colleges besluiten.",
    ),
    CaseState.PHASING_OUT: (
        "Geleidelijke uitfasering: {title}",
        "De regio heeft besloten de hulp die u geeft geleidelijk bij andere aanbieders onder te "
        "brengen. Wij spreken met u af hoe dat per jeugdige zorgvuldig gebeurt.",
    ),
    CaseState.CLOSED: (
        "Afronding van zaak {number}: {title}",
        "Wij hebben de zaak over {title} afgerond. Dank voor uw medewerking.",
    ),
}


@transaction.atomic
def send_letter(
    *, case: Case, subject: str, body: str, by: Any, to_provider: bool = True
) -> Letter:
    """Keep a letter as it goes out, as DOCX and as PDF.

    Effects: two documents. Sending itself is done outside; a letter to the provider stands in
    its portal from now on.
    """
    check_can_manage_cases(by, case.region)
    if not subject.strip() or not body.strip():
        raise DomainError("Geef de brief een onderwerp en een tekst.", code="brief-leeg")
    letter = _kept(case, _letter(case, subject.strip(), body.strip()), body, to_provider, by)
    if to_provider and not case.shared:
        case.shared = True
        case.save(update_fields=["shared"])
    return letter


def _letter(case: Case, subject: str, body: str) -> Written:
    return Written(
        title=subject, reference=case.number, author=case.region.organisation.name,
        day=clock.today(), blocks=(Paragraph(body),),
        letter=LetterHead(
            sender=(case.region.organisation.name,),
            addressee=(case.provider.name,),
            salutation="Geachte heer, mevrouw,",
            signatory=(str(case.manager.name) if case.manager else "", "contractmanagement"),
        ),
    )  # fmt: skip


def _kept(case: Case, written: Written, body: str, to_provider: bool, by: Any) -> Letter:
    name = slugify(f"{case.number} {written.title}")[:80]
    docx, pdf = (
        _store(case, written.title, content, f"{name}.{kind}", content_type, by)
        for content, kind, content_type in (
            (to_docx(written), "docx", DOCX),
            (to_pdf(written), "pdf", PDF),
        )
    )
    return Letter.objects.create(
        case=case, subject=written.title[:160], body=body, to_provider=to_provider, docx=docx,
        pdf=pdf, made_by=by, sent_on=clock.today(),
    )  # fmt: skip


def _store(
    case: Case, title: str, content: bytes, name: str, content_type: str, by: Any
) -> DocumentVersion:
    return store(
        title=title[:200], content=content, file_name=name, content_type=content_type, by=by,
        tenant_id=case.region_id, confidentiality=Confidentiality.CONFIDENTIAL,
    )  # fmt: skip


def keep_bound_plan(plan: ImprovementPlan, *, by: Any) -> Letter:
    """The plan as it became binding, kept among the letters."""
    return _kept(plan.case, plan_document(plan), plan.aim, True, by)


def plan_document(plan: ImprovementPlan) -> Written:
    """The improvement plan as a document."""
    case = plan.case
    rows = [
        (item.who, item.what, item.how, date_short(item.due), item.result)
        for item in plan.items.all()
    ]
    facts = [
        ("Aanbieder", case.provider.name),
        ("Zaak", f"{case.number}, {case.get_theme_display()}"),
        ("Versie", f"{plan.version}, {plan.standing}"),
        ("Ingediend op", date_long(plan.submitted_on) if plan.submitted_on else "nog niet"),
        ("Bindend sinds", date_long(plan.bound_on) if plan.bound_on else "nog niet"),
    ]
    return Written(
        title=f"Verbeterplan {case.provider}",
        subtitle=case.title, reference=case.number, author=case.provider.name,
        day=plan.submitted_on or clock.today(), landscape=True,
        blocks=(
            Facts(facts),
            Heading("Wat is er aan de hand"), Paragraph(plan.analysis),
            Heading("Wat willen wij bereiken"), Paragraph(plan.aim),
            Heading("Maatregelen"),
            Table(WHOM, rows, widths=WIDTHS, caption="Wie doet wat, hoe en wanneer"),
        ),
    )  # fmt: skip


def case_document(case: Case, *, inside: bool) -> Written:
    """The whole case as a report; without `inside` as the provider sees it."""
    return Written(
        title=f"Zaak {case.number}: {case.title}",
        subtitle=case.provider.name, reference=case.number,
        author=case.region.organisation.name, day=clock.today(),
        blocks=(
            Facts(_facts(case)),
            *_actions(case),
            *_indicators(case),
            *_measures(case),
            *_phase_out(case, inside),
            *_timeline(case, inside),
        ),
    )  # fmt: skip


def _facts(case: Case) -> list[tuple[str, object]]:
    due = due_of(case)
    return [
        ("Thema", case.get_theme_display()),
        ("Segment", case.segment or "alle"),
        ("Stap", case.get_state_display()),
        ("Ronde", case.round),
        ("Aan zet", who_moves(case)),
        ("Uiterlijk", date_long(due) if due else "–"),
        ("Begonnen op", date_long(case.opened_on)),
        ("Gesloten op", date_long(case.closed_on) if case.closed_on else "–"),
        ("Uitkomst", case.get_outcome_display() or "–"),
        ("Procesafspraken", f"versie {case.process.version}"),
    ]


def _actions(case: Case) -> list[Block]:
    rows = [
        (
            a.who, a.what, date_short(a.due), a.get_state_display(),
            a.get_judgement_display() or "–",
        )
        for a in case.actions.all()
    ]  # fmt: skip
    if not rows:
        return []
    columns = ("Wie", "Wat", "Wanneer", "Stand", "Resultaat")
    return [Heading("Afspraken en acties"), Table(columns, rows, widths=(2, 5, 2, 2, 2))]


def _indicators(case: Case) -> list[Block]:
    rows = [
        (f.name, f.shown["start"], f.shown["target"], f.shown["newest"], f.agreed)
        for f in followed(case)
    ]
    if not rows:
        return []
    columns = ("Indicator", "Bij begin", "Doel", "Nu", "Afgesproken")
    return [Heading("Cijfers"), Table(columns, rows, widths=(4, 2, 2, 2, 5), numeric=(1, 2, 3))]


def _measures(case: Case) -> list[Block]:
    rows = [
        (str(m), date_short(m.starts_on), date_short(m.ends_on) if m.ends_on else "loopt", m.reason)
        for m in case.measures.all()
    ]
    if not rows:
        return []
    return [Heading("Maatregelen"), Table(("Maatregel", "Vanaf", "Tot", "Reden"), rows)]


def _phase_out(case: Case, inside: bool) -> list[Block]:
    plan = PhaseOutPlan.objects.filter(case=case).first()
    if plan is None:
        return []
    counts = [
        (date_short(s.day), s.planned, "–" if s.counted is None else s.counted)
        for s in plan.steps.all()
    ]
    others = [
        (a.provider.name, a.places, date_short(a.from_day), a.note)
        for a in plan.alternatives.select_related("provider")
        if inside
    ]
    found: list[Block] = [Heading("Geleidelijke uitfasering"), Paragraph(plan.plan)]
    if counts:
        found.append(Table(("Op", "Gepland", "Geteld"), counts, numeric=(1, 2)))
    if others:
        found.append(Table(("Aanbieder", "Jeugdigen", "Vanaf", "Afspraak"), others, numeric=(1,)))
    return found


def _timeline(case: Case, inside: bool) -> list[Block]:
    rows = [
        (date_short(e.day), e.title, e.text, e.who) for e in reversed(timeline(case, inside=inside))
    ]
    columns = ("Dag", "Wat", "Toelichting", "Wie")
    return [Heading("Tijdlijn"), Table(columns, rows, widths=(2, 4, 6, 3))]


def case_zip(case: Case, *, inside: bool) -> bytes:
    """One file with everything: the report, the plans, the letters, the proofs, and the data."""
    packed = io.BytesIO()
    report = case_document(case, inside=inside)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as folder:
        folder.writestr("zaak.pdf", to_pdf(report))
        folder.writestr("zaak.docx", to_docx(report))
        folder.writestr("tijdlijn.json", _as_json(case, inside))
        for plan in case.plans.filter(submitted_on__isnull=False):
            folder.writestr(
                f"verbeterplan-versie-{plan.version}.docx", to_docx(plan_document(plan))
            )
        for name, version in _files(case, inside):
            folder.writestr(name, version.file.read())
    return packed.getvalue()


def _as_json(case: Case, inside: bool) -> str:
    events = [
        {"dag": e.day.isoformat(), "soort": e.kind, "titel": e.title, "tekst": e.text, "wie": e.who}
        for e in reversed(timeline(case, inside=inside))
    ]
    facts = {term: str(value) for term, value in _facts(case)}
    return json.dumps({"zaak": facts, "tijdlijn": events}, ensure_ascii=False, indent=1)


def _files(case: Case, inside: bool) -> list[tuple[str, DocumentVersion]]:
    letters = case.letters.select_related("docx", "pdf")
    if not inside:
        letters = letters.filter(to_provider=True)
    found = [
        (f"brieven/{number:02d}-{version.file_name}", version)
        for number, letter in enumerate(letters, 1)
        for version in (letter.docx, letter.pdf)
    ]
    proofs = [
        entry.proof
        for action in case.actions.prefetch_related("progress__proof")
        for entry in action.progress.all()
        if entry.proof
    ]
    return found + [
        (f"bewijs/{number:02d}-{_safe(proof.file_name)}", proof)
        for number, proof in enumerate(proofs, 1)
    ]


def _safe(name: str) -> str:
    """A name without folders: what a user called a file must not leave the archive's folder."""
    stem, dot, kind = name.rpartition(".")
    return f"{slugify(stem) or 'bestand'}{dot}{slugify(kind)}"
