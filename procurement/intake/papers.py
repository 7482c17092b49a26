"""Documents of providers and contracts: a list, the files themselves, or both at once.

A file finds its owner by the list that comes with it, or by an AGB code, KvK number or contract
number in its name or in that of its folder.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from django.db import transaction
from psycopg.sql import SQL

from core.documents.contents import ENDINGS
from core.documents.domain import store
from core.documents.models import Document, DocumentVersion
from core.errors import DomainError
from core.intake.api import IntakeForm, IntakeRun, Merge, Outcome, Reading, Reception, register_form
from core.intake.memory import MemoryStore
from core.intake.modelrows import Ledger, Part, Row, RowRefused, merge_parts, undo_model_rows
from core.intake.records import PLACE, PreviewTable
from core.tasks.api import sync_tasks
from providers.domain.documents import check_file
from providers.intake_papers import PAPERS, paper_for, put_paper
from providers.models import Provider, ProviderCode, ProviderDocument
from regions.intake_forms import may_deliver_setup

from ..models import Contract
from .paperfiles import CONTENT, FILE, PaperFile

_LISTS = (".csv", ".xlsx")
_SHOWN = 100
_CODE = re.compile(r"(?<!\d)\d{8}(?!\d)")
_YEAR = re.compile(r"\d{1,4}")


@dataclass(frozen=True)
class Place:
    """Where a file goes: a document of a provider, or one that hangs on a contract."""

    owner: Provider | Contract
    paper: ProviderDocument | None
    document: Document | None
    title: str

    @property
    def told(self) -> str:
        if self.document is not None:
            return "nieuwe versie"
        listed = self.paper is not None and self.paper.pk is not None
        return "bestand bij wat er al op de lijst staat" if listed else "nieuw document"


@dataclass
class Places:
    """Finds the place of a file in a region by its path, in which folders stand before the name."""

    region_id: int
    listed: dict[str, ProviderDocument] = field(default_factory=dict)

    def of(self, path: str) -> Place:
        """Raises RowRefused when no owner, or more than one, is named."""
        if paper := self.listed.get(_base(path)):
            return Place(paper.provider, paper, paper.document, paper.title)
        for part in reversed(path.split("/")):
            if found := self._owner(part):
                owner, number = found
                return self._place(owner, _title(path.rpartition("/")[2], number))
        raise RowRefused(
            "bestand-zonder-eigenaar", "bestand",
            "De naam van het bestand noemt geen AGB-code, KvK-nummer of contractnummer dat de "
            "regio kent.",
            "Zet zo’n nummer in de naam van het bestand of de map, of lever een lijst mee met de "
            "kolom ‘bestand’.",
        )  # fmt: skip

    def _owner(self, part: str) -> tuple[Provider | Contract, str] | None:
        """Whose number a file or folder carries, and that number."""
        codes = [code for code in _CODE.findall(part) if code in self._providers]
        providers = {self._providers[code].pk for code in codes}
        numbers = [
            number
            for number, row in self._contracts.items()
            if _holds(part, number) and (not providers or row.provider_id in providers)
        ]
        if len(providers) > 1 or len(numbers) > 1:
            raise RowRefused(
                "bestand-van-meer", "bestand",
                "De naam van het bestand noemt meer dan één aanbieder of contract.",
                "Laat één nummer in de naam staan.",
            )  # fmt: skip
        if numbers:
            return self._contracts[numbers[0]], numbers[0]
        return (self._providers[codes[0]], codes[0]) if codes else None

    def _place(self, owner: Provider | Contract, title: str) -> Place:
        if isinstance(owner, Contract):
            kept = Document.objects.filter(subject="contract", subject_id=owner.pk)
            document = kept.filter(tenant_id=self.region_id, title__iexact=title).first()
            return Place(owner, None, document, title)
        paper = paper_for(owner, title, taken={one.pk for one in self.listed.values()})
        return Place(owner, paper, paper.document, paper.title)

    @cached_property
    def _providers(self) -> dict[str, Provider]:
        """By AGB code, and by a KvK number that one provider has."""
        rows = Provider.objects.filter(region=self.region_id)
        by_trade: dict[str, list[Provider]] = {}
        for row in rows:
            by_trade.setdefault(row.chamber_of_commerce_number, []).append(row)
        further = ProviderCode.objects.filter(region=self.region_id).select_related("provider")
        return (
            {number: found[0] for number, found in by_trade.items() if len(found) == 1 and number}
            | {code.agb_code: code.provider for code in further}
            | {row.agb_code: row for row in rows}
        )

    @cached_property
    def _contracts(self) -> dict[str, Contract]:
        """By number. A number that could be a year says nothing in the name of a file."""
        rows = Contract.objects.filter(region=self.region_id).select_related("provider")
        return {row.number: row for row in rows if not _YEAR.fullmatch(row.number)}


def _holds(text: str, number: str) -> bool:
    pattern = rf"(?<![a-z0-9]){re.escape(number)}(?![a-z0-9])"
    return re.search(pattern, text, re.IGNORECASE) is not None


def _title(name: str, number: str) -> str:
    """A file name as a title: without its ending, and without the number that named the owner."""
    stem = name.rpartition(".")[0] or name
    bare = re.sub(re.escape(number), " ", stem, flags=re.IGNORECASE)
    return " ".join(re.split(r"[\s_]+", bare)).strip(" -.,")[:200] or stem[:200]


def _base(path: str) -> str:
    """The name of a file without its folders, in which case does not matter."""
    return path.rpartition("/")[2].casefold()


@dataclass
class _Delivery:
    """One run: what its list says comes first, then each file finds its place."""

    cursor: Any
    merge: Merge
    places: Places

    def put_listed(self, ledger: Ledger, region_id: int, row: Row) -> None:
        paper = put_paper(ledger, region_id, row)
        if row["file_name"]:
            self.places.listed[_base(row["file_name"])] = paper

    def put_file(self, ledger: Ledger, region_id: int, row: Row) -> None:
        place = self.places.of(row["name"])
        kept = place.document.current if place.document else None
        if kept is not None and kept.sha256 == row["sha256"]:
            return
        document = place.document or _new_document(place, region_id)
        version = store(
            title=place.title, content=self._content(row), document=document,
            file_name=row["name"].rpartition("/")[2][-120:], content_type=row["content_type"],
            by=self.merge.run.requested_by,
        )  # fmt: skip
        if place.document is None:
            ledger.note(document)
        ledger.note(version, part_of_known=place.document is not None)
        if place.paper is not None and place.document is None:
            _hang(ledger, place.paper, document)

    def _content(self, row: Row) -> bytes:
        query = SQL("SELECT content FROM {} WHERE file_no = %s").format(
            SQL(self.merge.tables[CONTENT.name])
        )
        self.cursor.execute(query, [row["file_no"]])
        return bytes(self.cursor.fetchone()[0])


def _new_document(place: Place, region_id: int) -> Document:
    document = Document(title=place.title, tenant_id=region_id)
    if isinstance(place.owner, Contract):
        document.subject, document.subject_id = "contract", place.owner.pk
    document.save()
    return document


def _hang(ledger: Ledger, paper: ProviderDocument, document: Document) -> None:
    if paper.pk is not None:
        ledger.change(paper, document=document)
        return
    key = {"provider": paper.provider, "kind": paper.kind, "title": paper.title}
    ledger.put(ProviderDocument, key=key, values={"document": document})


def _merge(cursor: Any, merge: Merge) -> Outcome:
    work = _Delivery(cursor, merge, Places(merge.run.tenant_id))
    parts = (Part.of(PAPERS, work.put_listed), Part(FILE.name, work.put_file))
    outcome = merge_parts(cursor, merge, parts)
    sync_tasks(merge.run.tenant_id)
    return outcome


def _undo(_cursor: Any, run: IntakeRun) -> int:
    """Effects: the files go from disk too, once all has succeeded."""
    made = _made(run, Document), _made(run, DocumentVersion)
    versions = list(DocumentVersion.objects.filter(pk__in=made[1]))
    newer = DocumentVersion.objects.filter(document__pk__in=made[0]).exclude(pk__in=made[1]).first()
    if newer is not None:
        raise DomainError(
            f"Bij ‘{newer.document}’ is intussen een nieuwere versie gezet. Verwijder dat document "
            "eerst; daarna kunt u de aanlevering ongedaan maken.",
            code="nieuwere-versie",
        )
    undone = undo_model_rows(run)
    for version in versions:
        transaction.on_commit(partial(version.file.storage.delete, str(version.file.name)))
    sync_tasks(run.tenant_id)
    return undone


def _made(run: IntakeRun, model: type[Document] | type[DocumentVersion]) -> list[str]:
    return [s["pk"] for s in run.notes.get("steps", []) if s["model"] == model._meta.label]


def _open_reader(reading: Reading) -> Any:
    if reading.file_name.lower().endswith(_LISTS):
        return PAPERS.open_reader(reading)
    return PaperFile(reading, check=check_file)


def _preview_files(delivery: Reception) -> PreviewTable:
    """To which provider or contract each file goes."""
    assert isinstance(delivery.store, MemoryStore)  # noqa: S101 -- a preview has no other
    places = Places(delivery.tenant_id)
    listed = {_base(row[-1]) for row in delivery.store.rows(PAPERS.record_type_name)}
    rows = []
    for row in delivery.store.rows(FILE.name)[:_SHOWN]:
        name = row[len(PLACE)]
        if _base(name) in listed:
            rows.append([name, "zoals in uw lijst", "", "bestand bij een rij van uw lijst"])
            continue
        try:
            place = places.of(name)
        except RowRefused as refusal:
            rows.append([name, "–", "–", f"wordt geweigerd: {refusal.message}"])
        else:
            rows.append([name, str(place.owner), place.title, place.told])
    headers = ["Bestand", "Bij", "Document", "Wat er gebeurt"]
    return PreviewTable(headers, rows, "Waar de bestanden terechtkomen")


def register() -> None:
    register_form(
        IntakeForm(
            code="documenten",
            title="Documenten van aanbieders en contracten",
            description="Certificaten, polissen, contracten en andere stukken: een lijst met hun "
            "geldigheid, de bestanden zelf (ook in een zip), of beide tegelijk. Een bestand vindt "
            "zijn plaats door de lijst, of door een AGB-code, KvK-nummer of contractnummer in de "
            "naam van het bestand of de map.",
            record_types=(PAPERS.record_type, FILE, CONTENT),
            open_reader=_open_reader,
            merge=_merge,
            undo=_undo,
            may_use=may_deliver_setup,
            accepts=(*_LISTS, ".zip", *(e for e in ENDINGS if e not in _LISTS)),
            table=PAPERS,
            preview_more=_preview_files,
        )
    )
