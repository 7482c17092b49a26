"""Documents on the page of their owner: kept by who keeps the owner, read by who may see it."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core.documents.contents import DOCX, JPEG, ODT, PDF, PNG, TEXT, XLSX, kind_of
from core.documents.models import Confidentiality, Document
from core.errors import DomainError
from core.exports import Sheet, write_xlsx
from regions.enums import Role
from tests.factories import a_region, user_with, with_users

pytestmark = pytest.mark.django_db

A_PDF = b"%PDF-1.7\n1 0 obj\n"


def zipped(**parts: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return kept.getvalue()


WORD = zipped(**{"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})
KEPT = [
    ("plan.pdf", A_PDF, PDF),
    ("brief.docx", WORD, DOCX),
    ("nota.odt", zipped(mimetype="application/vnd.oasis.opendocument.text"), ODT),
    ("foto.png", b"\x89PNG\r\n\x1a\n....", PNG),
    ("foto.JPEG", b"\xff\xd8\xff\xe0...", JPEG),
    ("lijst.csv", "naam;plaats\nZoë;Alkmaar\n".encode(), TEXT),
]
REFUSED = [
    ("plan.pdf", b"<html><script>alert(1)</script>"),
    ("plan.txt", b"  <svg xmlns='http://www.w3.org/2000/svg'/>"),
    ("plan.docx", A_PDF),
    ("plan.exe", b"MZ\x90\x00"),
    ("plan.txt", b"MZ\x90\x00"),
    ("plan.docx", zipped(**{"los.txt": "geen Word"})),
    ("plan.docx", b"PK\x03\x04 afgebroken"),
    ("plan.docx", zipped(**{"[Content_Types].xml": "", "word/document.xml": "",
                            "word/vbaProject.bin": ""})),
    ("leeg.pdf", b""),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "kind"), KEPT, ids=[name for name, *_ in KEPT])
def test_the_content_tells_what_a_file_is(name, content, kind):
    assert kind_of(io.BytesIO(content), name) == kind


def test_a_workbook_of_our_own_is_excel():
    kept = io.BytesIO()
    write_xlsx(kept, [Sheet(title="Blad", columns=[], rows=[])])
    assert kind_of(kept, "blad.xlsx") == XLSX


@pytest.mark.parametrize(("name", "content"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_not_what_its_name_says_is_refused(name, content):
    with pytest.raises(DomainError):
        kind_of(io.BytesIO(content), name)


@pytest.fixture
def made():
    return with_users(a_region())


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def manager(made):
    return signed_in(made.users[Role.CONTRACT_MANAGER])


def add(client, made, *, content=A_PDF, name="verslag.pdf", **fields):
    words = {"region": made.region.slug, "subject": "contract", "owner": made.contract.pk}
    data = {"title": "Verslag", "confidentiality": Confidentiality.INTERNAL} | fields
    data["file"] = SimpleUploadedFile(name, content, content_type="text/html")
    return client.post(reverse("document-add", kwargs=words), data)


def page(name, made, document, **words):
    return reverse(name, kwargs={"region": made.region.slug, "pk": document.pk, **words})


def test_a_document_is_kept_shown_and_fetched(made, manager):
    answered = add(manager, made, name="../../etc/Verslag april.pdf")
    document = Document.objects.get()
    assert answered.url == page("document", made, document)
    assert "Verslag" in manager.get(answered.url).content.decode()
    contract = reverse("contract", args=[made.region.slug, made.contract.pk])
    assert "Verslag april.pdf" in manager.get(contract).content.decode()
    file = manager.get(page("document-download", made, document, number=1))
    assert b"".join(file.streaming_content) == A_PDF
    assert file["Content-Type"] == "application/pdf"
    assert file["Content-Disposition"] == 'attachment; filename="Verslag april.pdf"'
    assert "sandbox" in file["Content-Security-Policy"]
    assert "Verslag" not in document.current.file.name


def test_a_new_version_leaves_the_old_one(made, manager):
    add(manager, made)
    document = Document.objects.get()
    second = SimpleUploadedFile("verslag.docx", WORD)
    manager.post(page("document-version-add", made, document), {"file": second})
    first, newest = (
        b"".join(manager.get(page("document-download", made, document, number=n)).streaming_content)
        for n in (1, 2)
    )
    assert (first, newest) == (A_PDF, WORD)


def test_the_form_says_what_is_wrong_and_keeps_nothing(made, manager):
    answered = add(manager, made, content=b"<html>", name="plan.pdf")
    assert answered.status_code == 422
    assert "kan hier niet worden bewaard" in answered.content.decode()
    assert not Document.objects.exists()


def test_a_file_above_the_limit_is_refused_and_not_read_to_the_end(made, manager, settings):
    settings.DOCUMENT_MAX_BYTES = 100_000
    answered = add(manager, made, content=A_PDF + b"x" * 2_000_000)
    assert "groter dan 100" in answered.content.decode()
    held = answered.context["form"].files["file"].size
    assert 100_000 < held < 300_000
    assert not Document.objects.exists()


def test_a_removed_document_takes_its_files_along(
    made, manager, django_capture_on_commit_callbacks
):
    add(manager, made)
    document = Document.objects.get()
    storage, name = document.current.file.storage, document.current.file.name
    with django_capture_on_commit_callbacks(execute=True):
        manager.post(page("document-remove", made, document))
    assert not Document.objects.exists()
    assert not storage.exists(name)


@pytest.mark.parametrize("role", [Role.EXECUTIVE, Role.PROVIDER])
def test_who_may_only_read_the_owner_may_only_read(made, manager, role):
    add(manager, made)
    document = Document.objects.get()
    reader = signed_in(made.users[role])
    assert reader.get(page("document-download", made, document, number=1)).status_code == 200
    for name in ("document-version-add", "document-change", "document-remove"):
        assert reader.get(page(name, made, document)).status_code == 403
    assert add(reader, made).status_code == 403


@pytest.mark.parametrize("role", [Role.EXECUTIVE, Role.PROVIDER])
def test_what_is_confidential_exists_for_staff_only(made, manager, role):
    add(manager, made, confidentiality=Confidentiality.CONFIDENTIAL)
    document = Document.objects.get()
    reader = signed_in(made.users[role])
    assert reader.get(page("document", made, document)).status_code == 404
    assert reader.get(page("document-download", made, document, number=1)).status_code == 404
    contract = reader.get(reverse("contract", args=[made.region.slug, made.contract.pk]))
    assert "Verslag" not in contract.content.decode()


def test_who_may_not_see_the_owner_sees_no_document(made, manager):
    add(manager, made)
    document = Document.objects.get()
    council = signed_in(made.users[Role.COUNCIL_MEMBER])
    assert council.get(page("document", made, document)).status_code == 404
    elsewhere = a_region(slug="zuid", name="Regio Zuid")
    stranger = signed_in(user_with(Role.CONTRACT_MANAGER, elsewhere.region))
    mixed = reverse("document", kwargs={"region": "zuid", "pk": document.pk})
    assert stranger.get(mixed).status_code == 404


def test_a_file_that_is_not_there_is_said_in_dutch(made, manager):
    add(manager, made)
    document = Document.objects.get()
    document.current.file.storage.delete(document.current.file.name)
    answered = manager.get(page("document-download", made, document, number=1))
    assert answered.status_code == 409
    assert "niet gevonden op deze server" in answered.content.decode()
