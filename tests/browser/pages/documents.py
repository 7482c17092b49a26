"""Pages of documents, on those of a contract."""

from typing import Any

from core.documents.domain import store
from core.documents.models import Confidentiality, Document
from tests.browser.world import World
from tests.factories import Made

from . import EVERYBODY, Row
from .contracts import MANAGERS, READERS


def fill(world: World) -> None:
    for made in (world.north, world.south):
        document = Document.objects.create(
            tenant_id=made.region.pk,
            subject="contract",
            subject_id=made.contract.pk,
            title="Verslag kwartaalgesprek",
            confidentiality=Confidentiality.INTERNAL,
        )
        store(
            title=document.title,
            content=b"%PDF-1.7",
            file_name="verslag.pdf",
            content_type="application/pdf",
            document=document,
        )
        world.extra[f"document-{made.region.slug}"] = document.pk


def document(made: Made, world: World) -> dict[str, Any]:
    return {"pk": world.extra[f"document-{made.region.slug}"]}


def version(made: Made, world: World) -> dict[str, Any]:
    return {**document(made, world), "number": 1}


def of_contract(made: Made, world: World) -> dict[str, Any]:
    return {"subject": "contract", "owner": made.contract.pk}


STRANGERS = EVERYBODY - READERS
PAGES = [
    Row("document", READERS, document, 404),
    Row("document-download", READERS, version, 404, file=True),
    Row("document-add", MANAGERS, of_contract, unseen=STRANGERS),
    Row("document-version-add", MANAGERS, document, unseen=STRANGERS),
    Row("document-change", MANAGERS, document, unseen=STRANGERS),
    Row("document-remove", MANAGERS, document, unseen=STRANGERS),
]
