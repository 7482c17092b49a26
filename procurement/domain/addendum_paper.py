"""The addendum of a revision on paper: what was agreed, what it said and says, and who signs."""

from collections.abc import Iterable
from typing import Any

from django.utils.text import capfirst

from core import clock
from core.formats import date_long
from core.writing import Block, Facts, Heading, Paragraph, Table, Written

from ..enums.contracts import ChangeAction, RevisionState
from ..models import ContractRevision
from ..queries.reading import told_of


def addendum_document(revision: ContractRevision) -> Written:
    contract = revision.contract
    return Written(
        title=f"Addendum {revision.number} bij contract {contract.number}",
        subtitle=revision.title,
        author=str(contract.region.organisation),
        day=clock.today(),
        blocks=tuple(_blocks(revision)),
    )


def _blocks(revision: ContractRevision) -> Iterable[Block]:
    contract = revision.contract
    if contract.fictitious:
        yield Paragraph("Dit addendum is fictief en hoort bij een demonstratie.", note=True)
    yield Facts(
        [
            ("Aanbieder", contract.provider.name),
            ("Opdrachtgever", str(contract.region.organisation)),
            ("Gaat in op", date_long(revision.effective_from)),
            ("Reden", _reason(revision)),
            ("Stand", _standing(revision)),
        ]
    )
    if revision.addendum:
        yield Heading("Wat partijen afspreken")
        yield Paragraph(revision.addendum)
    yield Heading("Wat er verandert")
    for change in revision.changes.all():
        yield from _change(change, revision)
    yield Paragraph("Al het andere in het contract blijft zoals het is.")
    if revision.state in (RevisionState.REFUSED, RevisionState.WITHDRAWN):
        return
    yield Heading("Ondertekening")
    signs = [("Naam", "", ""), ("Plaats en datum", "", ""), ("Handtekening", "", "")]
    parties = ("", f"Namens {contract.region.organisation}", f"Namens {contract.provider.name}")
    yield Table(parties, signs, widths=(1, 2, 2), row_headers=True)


def _reason(revision: ContractRevision) -> str:
    return f"{capfirst(str(revision.get_reason_code_display()))}. {revision.explanation}"


def _standing(revision: ContractRevision) -> str:
    state = str(revision.get_state_display())
    if revision.state == RevisionState.OFFERED and revision.answer_before:
        return f"{state}; antwoord uiterlijk {date_long(revision.answer_before)}"
    return f"{state} op {date_long(revision.answered_on)}" if revision.answered_on else state


def _change(change: Any, revision: ContractRevision) -> Iterable[Block]:
    yield Heading(change.label, level=2)
    if change.action == ChangeAction.END:
        yield Paragraph(f"Vervalt vanaf {date_long(revision.effective_from)}.")
        return
    rows = [
        (capfirst(name), before or "–", after or "–") for name, before, after in told_of(change)
    ]
    yield Table(("Afspraak", "Eerst", "Daarna"), rows, widths=(1.4, 2, 2), row_headers=True)
