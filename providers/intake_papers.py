"""Documents of providers as an office lists them, and to which of them a loose file belongs."""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta

from core.intake.cells import choice, loose_day, text
from core.intake.modelrows import Ledger, Row
from core.intake.tables import TableColumn, TableForm

from .enums import DocumentKind
from .intake_matching import AGB, KVK, filled, known_provider
from .models import Provider, ProviderDocument

# As offices call them, beside the words of the site.
_AS_CALLED = {
    "kvk": "trade_extract", "uittreksel": "trade_extract", "certificaat": "quality",
    "keurmerk": "quality", "kwaliteit": "quality", "wtza": "admission", "polis": "insurance",
    "verzekering": "insurance", "jaarrekening": "accounts", "vog": "conduct", "overig": "other",
}  # fmt: skip
# Words in the name of a file that say what it is.
_IN_NAMES = _AS_CALLED | {
    "iso": "quality", "hkz": "quality", "jaarverslag": "accounts", "verklaring gedrag": "conduct",
}  # fmt: skip
# Words of at least so many letters tell documents apart, but for those that many have.
_LENGTH = 5
_COMMON = {"certificaat", "document", "rapport", "verslag", "versie", "getekend", "definitief"}
PAPERS = TableForm(
    "paper",
    (
        AGB,
        KVK,
        TableColumn(
            "titel", "title", text(200, example="ISO 9001"),
            also=("document", "naam", "omschrijving", "naam document"),
        ),
        TableColumn(
            "soort", "kind",
            replace(
                choice(
                    {label: value for value, label in DocumentKind.choices} | _AS_CALLED,
                    example="kwaliteitscertificaat",
                ),
                expects=f"een van: {', '.join(DocumentKind.labels)}",
            ),
            also=("type", "soort document", "documentsoort"),
        ),
        TableColumn(
            "geldig_van", "valid_from", loose_day(), required=False,
            also=("begindatum", "vanaf", "afgegeven op", "geldig vanaf", "datum"),
        ),
        TableColumn(
            "geldig_tot", "last_day", loose_day(example="2027-12-31"), required=False,
            help="laatste dag; leeg: geen einde",
            also=(
                "einddatum", "t/m", "tot en met", "verloopt op", "geldig t/m", "geldig tot en met",
            ),
        ),
        TableColumn(
            "bestand", "file_name", text(200, example="iso-9001.pdf"), required=False,
            help="naam van het bestand dat u meelevert",
            also=("bestandsnaam", "naam bestand", "file", "pdf"),
        ),
    ),
    in_order=(("geldig_van", "geldig_tot"),),
    file_name="documenten",
    others_ignored=True,
)  # fmt: skip


def put_paper(ledger: Ledger, region_id: int, row: Row) -> ProviderDocument:
    """What an office keeps of a document; the file comes beside it, or later."""
    values = filled(row, "valid_from")
    if row["last_day"]:
        values["valid_to"] = row["last_day"] + timedelta(days=1)
    key = {"provider": known_provider(region_id, row), "kind": row["kind"], "title": row["title"]}
    return ledger.put(ProviderDocument, key=key, values=values)


def paper_for(
    provider: Provider, title: str, *, taken: Collection[int | None] = ()
) -> ProviderDocument:
    """The document of a provider that a file named so belongs to; not yet saved when it is new.

    By title; else the only one without a file whose title the name holds, or of which it has a word
    of length. Those in `taken` wait for a file of another name.
    """
    known = [one for one in provider.documents.select_related("document") if one.pk not in taken]
    waiting = [one for one in known if one.document_id is None]
    name, words = _plain(title), _words(title)
    for found in (
        [one for one in known if _plain(one.title) == name],
        [one for one in waiting if (_plain(one.title) or title) in name],
        [one for one in waiting if words & _words(one.title)],
    ):
        if len(found) == 1:
            return found[0]
    return ProviderDocument(provider=provider, kind=_kind_in(title), title=title)


def _kind_in(title: str) -> DocumentKind:
    words = f" {re.sub(r'[^a-z]+', ' ', title.lower())} "
    found = (kind for word, kind in _IN_NAMES.items() if f" {word}" in words)
    return DocumentKind(next(found, DocumentKind.OTHER))


def _plain(title: str) -> str:
    return "".join(c for c in title.casefold() if c.isalnum())


def _words(title: str) -> set[str]:
    words = re.findall(r"[^\W\d_]+", title.casefold())
    return {word for word in words if len(word) >= _LENGTH} - _COMMON
