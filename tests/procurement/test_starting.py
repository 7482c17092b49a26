"""An office's own list comes in as it is: messy, matched on AGB and KvK, and back out again."""

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase
from openpyxl import Workbook

from core.documents.models import Document, DocumentVersion
from core.errors import DomainError
from core.intake import api as intake
from core.intake.domain import undo_run
from core.intake.models import Rejection
from procurement.models import Admission, Contract, ContractPhase, ContractProduct, Tariff
from procurement.queries.starting import stages_of
from providers.deadlines import documents
from providers.models import BusinessYear, Provider, ProviderContact, ProviderDocument
from regions.enums import Role
from segments.models import Product, ProductPlacement, SegmentScheme
from tests.factories import ContractFactory, Made, a_region, with_users
from tests.golden_region import deliver_files

pytestmark = pytest.mark.django_db

HEADS = [
    "Expiratiedatum", "Naam aanbieder", "KvK-nr.", "AGB-code", "Opmerking", "Contract nr.",
    "Ingangsdatum", "Telefoonlijst",
]  # fmt: skip
ROWS = [
    # A date cell, a KvK with blanks, an AGB that lost its zero, a column nobody knows.
    [datetime(2030, 12, 31), "Stichting De Brug", "12 34 56 78", 1234567, "bellen!", "C-1",
     datetime(2023, 1, 1), None],
    # The number that a spreadsheet keeps for 1 January 2025, a KvK that lost its zero, a short day.
    ["31-12-26", "Praktijk Één", 1234567, "22.001.002", None, "C-2", 45658, "x"],
    # The same firm once more under another AGB code: a further code, not a second provider.
    [None, "De Brug", "12345678", "87654321", None, None, None, None],
    # Neither code is known and there is no AGB code to know it by.
    [None, "Onbekend", "99999999", None, None, None, None, None],
    # An AGB code of letters.
    [None, "Fout", None, "AB123456", None, None, None, None],
]  # fmt: skip


def sheet(heads: list, rows: list) -> tuple[str, io.BytesIO]:
    book = Workbook()
    for row in ([], heads, *rows):  # offices leave the first row empty
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return "lijst.xlsx", io.BytesIO(out.getvalue())


@pytest.fixture
def made(settings, tmp_path) -> Made:
    settings.INTAKE_SPOOL_DIR = tmp_path / "spool"
    settings.CLOCK_TODAY = "2026-05-11"
    return with_users(a_region())


def take_in(made: Made, form: str, heads: list, rows: list) -> intake.IntakeRun:
    return deliver_files(made.region, form, [sheet(heads, rows)])


def ends(run: intake.IntakeRun) -> tuple[int, ...]:
    counts = (run.accepted, run.changed, run.unchanged, run.waiting, run.rejected)
    assert sum(counts) == run.offered
    return counts


def test_a_messy_list_is_understood_and_accounted_for(made: Made) -> None:
    run = take_in(made, "aanbieders", HEADS, ROWS)
    assert ends(run) == (3, 0, 0, 0, 2)
    bridge = Provider.objects.get(region=made.region, agb_code="01234567")
    assert (bridge.name, bridge.chamber_of_commerce_number) == ("De Brug", "12345678")
    assert [code.agb_code for code in bridge.codes.all()] == ["87654321"]
    practice = Provider.objects.get(region=made.region, agb_code="22001002")
    assert practice.chamber_of_commerce_number == "01234567"
    terms = Contract.objects.filter(number__in=("C-1", "C-2")).order_by("number")
    assert [(c.start_date, c.end_date) for c in terms] == [
        (date(2023, 1, 1), date(2031, 1, 1)),
        (date(2025, 1, 1), date(2027, 1, 1)),
    ]
    rules = set(Rejection.objects.filter(run=run).values_list("rule", flat=True))
    assert rules == {"agb-ontbreekt", "cel-waarde"}


def test_the_same_list_again_changes_nothing(made: Made) -> None:
    good = [ROWS[0], ROWS[1]]
    take_in(made, "aanbieders", HEADS, good)
    assert ends(take_in(made, "aanbieders", HEADS, good)) == (0, 0, 2, 0, 0)


def test_a_whole_delivery_can_be_undone(made: Made) -> None:
    before = set(Provider.objects.values_list("pk", flat=True))
    run = take_in(made, "aanbieders", HEADS, ROWS)
    undo_run(run=run, by=made.users[Role.CONTRACT_MANAGER])
    assert set(Provider.objects.values_list("pk", flat=True)) == before
    assert not Contract.objects.filter(number="C-1").exists()


def test_codes_of_two_providers_in_one_row_are_refused(made: Made) -> None:
    take_in(made, "aanbieders", HEADS, ROWS[:2])
    mixed = [None, "De Brug", "12345678", "22001002", None, None, None, None]
    run = take_in(made, "aanbieders", HEADS, [mixed])
    assert ends(run) == (0, 0, 0, 0, 1)
    assert Rejection.objects.get(run=run).rule == "aanbieder-onduidelijk"


def test_contacts_follow_their_provider_by_kvk(made: Made) -> None:
    take_in(made, "aanbieders", HEADS, ROWS[:1])
    heads = ["KvK", "Contactpersoon", "E-mailadres", "Tel."]
    rows = [
        [12345678, "Loes Bakker", "loes@brug.nl", "072 123"],
        ["12345678", "L. Bakker", "LOES@brug.nl", None],  # the same person, known by e-mail
        ["00000001", "Niemand", None, None],
    ]
    assert ends(take_in(made, "contactpersonen", heads, rows)) == (1, 1, 0, 0, 1)
    person = ProviderContact.objects.get()
    assert (person.name, person.phone) == ("L. Bakker", "072 123")


def test_phases_products_and_admissions_name_their_contract(made: Made) -> None:
    contract = ContractFactory(
        region=made.region, provider=made.provider, number="C-9",
        start_date=date(2023, 1, 1), end_date=date(2031, 1, 1),
    )  # fmt: skip
    phases = take_in(
        made, "contractfasen", ["Contract", "Fase", "Vanaf", "T/m"],
        [["C-9", 1, "1-1-2023", "31-12-2025"], ["C-9", 2, "1-1-26", "31-12-30"],
         ["C-9", 3, "2031-01-01", "2031-12-31"]],
    )  # fmt: skip
    assert ends(phases) == (2, 0, 0, 0, 1)
    ends_on = ContractPhase.objects.filter(contract=contract).values_list("end_date", flat=True)
    assert list(ends_on) == [date(2026, 1, 1), date(2031, 1, 1)]
    bought = take_in(
        made, "contractproducten", ["Contractnummer", "Product", "Start"],
        [["C-9", made.product.code, "2023-01-01"], ["C-9", "99X99", "2023-01-01"]],
    )  # fmt: skip
    assert ends(bought) == (1, 0, 0, 0, 1)
    assert ContractProduct.objects.get(contract=contract).product == made.product
    admitted = take_in(
        made, "toelatingen", ["AGB", "Product", "Status", "Datum besluit"],
        [[made.provider.agb_code, made.product.code, "toegelaten", "1-11-2022"]],
    )  # fmt: skip
    assert ends(admitted) == (1, 0, 0, 0, 0)
    assert Admission.objects.get().state == "admitted"


def test_a_list_of_documents_announces_what_ends_before_its_files_are_there(made: Made) -> None:
    agb = made.provider.agb_code
    titled = [
        ["Peildatum 1 mei 2026"],
        ["AGB-code", "Naam document", "Type", "Verloopt op", "Behandelaar"],
        [agb.lstrip("0"), "ISO 9001", "Certificaat", "31-12-26", "JB"],
        [agb, "Polis beroepsaansprakelijkheid", "polis", "", "JB"],
        ["99999999", "ISO 9001", "Certificaat", "31-12-26", "JB"],
    ]
    run = take_in(made, "documenten", ["Overzicht certificaten"], titled)
    assert ends(run) == (2, 0, 0, 0, 1)
    assert [due.day for due in documents(made.region.pk, date(2027, 1, 1))] == [date(2026, 12, 31)]
    missing = next(one for one in stages_of(made.region) if one.form == "documenten").gaps
    assert [(gap.text, gap.count) for gap in missing] == [("zonder bestand", 2)]


def test_an_office_writes_its_tariffs_with_words_and_signs(made: Made) -> None:
    heads = ["Product", "Prijs", "Per", "Ingangsdatum", "Opmerking"]
    rows = [["45A48", "€ 92,40", "uur", "1-1-26", "nieuw"], ["45A48", "1,54", "1", "1-1-26", ""]]
    assert ends(take_in(made, "tarieven", heads, rows)) == (2, 0, 0, 0, 0)
    found = Tariff.objects.filter(product_code="45A48").order_by("unit")
    assert [(t.unit, str(t.amount)) for t in found] == [("01", "1.54"), ("04", "92.40")]


def test_business_figures_come_in_with_losses(made: Made) -> None:
    heads = ["AGB", "Boekjaar", "Omzet", "Netto resultaat"]
    run = take_in(made, "boekjaren", heads, [[made.provider.agb_code, 2024, 1000, "-12,50"]])
    assert ends(run) == (1, 0, 0, 0, 0)
    assert BusinessYear.objects.get().result == Decimal("-12.50")


def test_the_start_page_says_what_is_missing(made: Made) -> None:
    stages = {stage.form: stage for stage in stages_of(made.region)}
    assert stages["aanbieders"].count == 1
    assert [gap.text for gap in stages["aanbieders"].gaps] == ["zonder KvK-nummer"]
    assert [gap.text for gap in stages["contactpersonen"].gaps] == [
        "zonder contactpersoon", "zonder accounthouder",
    ]  # fmt: skip
    assert stages["tarieven"].gaps == ()
    assert not stages["toelatingen"].done


def test_segments_and_products_come_in_as_an_office_lists_them(made: Made) -> None:
    schemes = SegmentScheme.objects.filter(region=made.region)
    assert schemes.count() == 1
    listed = take_in(
        made, "segmenten", ["Nummer", "Naam segment", "Wachttijdnorm", "Beheerder"],
        [["S77", "Wonen en verblijf", 56, "Loes"]],
    )  # fmt: skip
    assert ends(listed) == (1, 0, 0, 0, 0)
    bought = take_in(
        made, "producten",
        ["Code", "Productnaam", "Naam segment", "Declaratie-eenheid", "Hulpvorm CBS",
         "Normale duur (dagen)", "Gericht op", "Opmerking"],
        [["45X77", "Woongroep", "wonen en verblijf", "etmalen", 2, 270, "herstelgericht", "nieuw"],
         ["XX123", "Zonder categorie", None, None, None, None, None, None]],
    )  # fmt: skip
    assert ends(bought) == (1, 0, 0, 0, 1)
    product = Product.objects.get(region=made.region, code="45X77")
    assert (product.category, product.unit, product.care_form) == ("45", "14", "02")
    assert product.normal_duration_days == 270
    place = ProductPlacement.objects.get(product_code="45X77")
    assert (place.segment.code, place.direction) == ("S77", "herstel")
    assert place.valid_from == schemes.get().valid_from


def test_the_preview_says_words_and_days_as_people_do(made: Made, client: Client) -> None:
    client.force_login(made.users[Role.CONTRACT_MANAGER])
    name, file = sheet(
        ["KvK", "Titel", "Soort", "Geldig tot en met"],
        [["12345678", "ISO 9001", "certificaat", "2027-12-31"]],
    )
    page = client.post(
        f"/regio/{made.region.slug}/aanleveren/documenten/controleren/",
        {"bestanden": SimpleUploadedFile(name, file.read())},
    ).content.decode()
    assert "<td>kwaliteitscertificaat</td>" in page
    assert "<td>31-12-2027</td>" in page


PAGES = b"%PDF-1.4\n%%EOF\n"


def zipped(files: dict[str, bytes]) -> tuple[str, io.BytesIO]:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return "stukken.zip", io.BytesIO(out.getvalue())


def an_office(made: Made) -> tuple[dict[str, bytes], tuple[str, io.BytesIO]]:
    """The folders of an office in one zip, and the list that it keeps beside them."""
    Provider.objects.filter(pk=made.provider.pk).update(chamber_of_commerce_number="12345678")
    ContractFactory(region=made.region, provider=made.provider, number="ALK-2026/7")
    ContractFactory(region=made.region, provider=made.provider, number="C-9")
    letter = io.BytesIO()
    with zipfile.ZipFile(letter, "w") as archive:
        archive.writestr("[Content_Types].xml", "")
        archive.writestr("word/document.xml", "")
    files = {
        "12345678 De Brug/ISO 9001.pdf": PAGES,
        f"polis_{made.provider.agb_code}_2026.pdf": PAGES + b"polis",
        "C-9 getekend.docx": letter.getvalue(),
        "SCAN001.PDF": PAGES + b"scan",
        "los.pdf": PAGES,
        f"{made.provider.agb_code} nep.pdf": b"geen pdf",
    }
    lines = (
        "kvk;document;soort;t/m;bestand\n"
        "12345678;HKZ-certificaat;certificaat;31-12-2027;scan001.pdf\n"
        "12345678;Polis beroepsaansprakelijkheid;polis;31-12-2026;\n"
    )
    return files, ("lijst.csv", io.BytesIO(lines.encode()))


def test_a_folder_of_files_finds_its_rows_providers_and_contracts(made: Made) -> None:
    files, listed = an_office(made)
    run = deliver_files(made.region, "documenten", [zipped(files), listed])
    assert ends(run) == (6, 0, 0, 0, 2)
    papers = {row.title: row for row in ProviderDocument.objects.filter(provider=made.provider)}
    assert set(papers) == {"ISO 9001", "HKZ-certificaat", "Polis beroepsaansprakelijkheid"}
    assert {row.document.current.file_name for row in papers.values() if row.document} == {
        "ISO 9001.pdf", "SCAN001.PDF", f"polis_{made.provider.agb_code}_2026.pdf",
    }  # fmt: skip
    assert papers["ISO 9001"].kind == "quality"
    assert papers["HKZ-certificaat"].valid_to == date(2028, 1, 1)
    signed = Document.objects.get(subject="contract")
    assert (signed.title, signed.subject_id) == (
        "getekend", Contract.objects.get(number="C-9").pk,
    )  # fmt: skip
    rules = set(Rejection.objects.filter(run=run).values_list("rule", flat=True))
    assert rules == {"bestand-zonder-eigenaar", "soort-bestand"}


def test_the_same_files_again_and_a_newer_one_and_all_undone(made: Made) -> None:
    files, listed = an_office(made)
    by = made.users[Role.CONTRACT_MANAGER]
    first = deliver_files(made.region, "documenten", [zipped(files), listed])
    kept = DocumentVersion.objects.first()
    newer = {
        "12345678/ISO 9001.pdf": PAGES + b"2026",
        "C-9 getekend.docx": files["C-9 getekend.docx"],
    }
    second = deliver_files(made.region, "documenten", [zipped(newer)])
    assert ends(second) == (0, 1, 1, 0, 0)
    with pytest.raises(DomainError, match="nieuwere versie"):
        undo_run(run=first, by=by)
    undo_run(run=second, by=by)
    with TestCase.captureOnCommitCallbacks(execute=True):
        undo_run(run=first, by=by)
    assert not ProviderDocument.objects.exists()
    assert not DocumentVersion.objects.exists()
    assert not kept.file.storage.exists(kept.file.name)


def test_the_preview_says_where_each_file_goes(made: Made, client: Client) -> None:
    files, (name, listed) = an_office(made)
    zip_name, packed = zipped(files)
    client.force_login(made.users[Role.CONTRACT_MANAGER])
    page = client.post(
        f"/regio/{made.region.slug}/aanleveren/documenten/controleren/",
        {"bestanden": [
            SimpleUploadedFile(name, listed.read()), SimpleUploadedFile(zip_name, packed.read()),
        ]},
    ).content.decode()  # fmt: skip
    assert "bestand bij een rij van uw lijst" in page
    assert "<td>getekend</td><td>nieuw document</td>" in page
    assert "wordt geweigerd: De naam van het bestand noemt geen" in page
    assert not ProviderDocument.objects.exists()
