"""Contacts and business figures of providers, as tables."""

from core.intake.cells import euros, loose_day, text, whole
from core.intake.modelrows import Ledger, Row, RowRefused, model_rows_form
from core.intake.registry import register_form
from core.intake.tables import TableColumn, TableForm
from regions.intake_forms import FICTITIOUS, is_fictitious, may_deliver_setup

from .intake_matching import AGB, KVK, filled, known_provider
from .models import BusinessYear, ProviderContact, ProviderConversation

_CONTACTS = TableForm(
    "contact",
    (
        AGB,
        KVK,
        TableColumn(
            "naam", "name", text(120, example="Loes Bakker"),
            also=("contactpersoon", "naam contactpersoon", "contact"),
        ),
        TableColumn(
            "functie", "function", text(120, example="accountmanager"), required=False,
            also=("rol", "functie contactpersoon"),
        ),
        TableColumn(
            "email", "email", text(254, example="l.bakker@voorbeeld.nl"), required=False,
            also=("e-mail", "e-mailadres", "emailadres", "mail", "mailadres"),
        ),
        TableColumn(
            "telefoon", "phone", text(30, example="072 123 45 67"), required=False,
            also=("telefoonnummer", "tel", "tel.", "mobiel"),
        ),
    ),
    file_name="contactpersonen",
    others_ignored=True,
)  # fmt: skip

_YEARS = TableForm(
    "businessyear",
    (
        AGB,
        KVK,
        TableColumn("jaar", "year", whole(2000, 2100, example="2024"), also=("boekjaar",)),
        TableColumn("omzet", "revenue", euros(example="1250000"), also=("opbrengsten", "baten")),
        TableColumn(
            "resultaat", "result", euros(negative=True, example="-12500"),
            also=("netto resultaat", "exploitatieresultaat", "winst"),
        ),
        TableColumn("vlottende_activa", "current_assets", euros(), required=False),
        TableColumn(
            "kortlopende_schulden", "current_liabilities", euros(), required=False,
            also=("kort vreemd vermogen",),
        ),
        TableColumn("eigen_vermogen", "equity", euros(negative=True), required=False),
        TableColumn(
            "balanstotaal", "total_assets", euros(), required=False, also=("totaal activa",)
        ),
        TableColumn("bron", "source", text(160, example="jaarverantwoording"), required=False),
        FICTITIOUS,
    ),
    file_name="boekjaren",
    others_ignored=True,
)  # fmt: skip

_TALKS = TableForm(
    "conversation",
    (
        AGB,
        KVK,
        TableColumn(
            "datum", "planned_on", loose_day(example="2026-03-02"), also=("gespreksdatum",)
        ),
        TableColumn(
            "onderwerp", "subject", text(160, example="Kwartaalgesprek"), also=("titel", "gesprek")
        ),
        TableColumn("plaats", "place", text(120), required=False, also=("locatie",)),
    ),
    file_name="gesprekken",
    others_ignored=True,
)


def _put_contact(ledger: Ledger, region_id: int, row: Row) -> None:
    """A contact is known within its provider by e-mail address, else by name."""
    provider = known_provider(region_id, row)
    contacts = ProviderContact.objects.filter(provider=provider)
    by_mail = contacts.filter(email__iexact=row["email"]) if row["email"] else contacts.none()
    found = by_mail.first() or contacts.filter(name__iexact=row["name"]).first()
    values = filled(row, "name", "function", "email", "phone")
    if found is not None:
        ledger.change(found, **values)
    else:
        key = {"provider": provider, "name": values.pop("name")}
        ledger.put(ProviderContact, key=key, values=values)


def _put_year(ledger: Ledger, region_id: int, row: Row) -> None:
    names = (
        "revenue", "result", "current_assets", "current_liabilities", "equity", "total_assets",
        "source",
    )  # fmt: skip
    ledger.put(
        BusinessYear,
        key={"provider": known_provider(region_id, row), "year": row["year"]},
        values=filled(row, *names),
        once={"fictitious": is_fictitious(region_id, row["fictitious"])},
    )


def _put_talk(ledger: Ledger, region_id: int, row: Row) -> None:
    """Conversations that are planned; their reports are written on the page of the provider."""
    provider = known_provider(region_id, row)
    key = {"provider": provider, "planned_on": row["planned_on"], "subject": row["subject"]}
    held = ProviderConversation.objects.filter(**key).exclude(state="planned").exists()
    if held:
        raise RowRefused(
            "gesprek-al-gevoerd", "datum", "Dit gesprek is al gevoerd of niet doorgegaan.",
            "Haal de rij weg.",
        )  # fmt: skip
    ledger.put(ProviderConversation, key=key, values=filled(row, "place"))


def register() -> None:
    for code, title, description, table, put in (
        ("contactpersonen", "Contactpersonen", "Contactpersonen van aanbieders.", _CONTACTS,
         _put_contact),
        ("gesprekken", "Accountgesprekken", "Geplande gesprekken met aanbieders.", _TALKS,
         _put_talk),
        ("boekjaren", "Bedrijfscijfers",
         "Omzet, resultaat en balans van aanbieders per boekjaar; ook de signalen van de NZa.",
         _YEARS, _put_year),
    ):  # fmt: skip
        register_form(
            model_rows_form(
                code=code, title=title, description=description, table=table, put_row=put,
                may_use=may_deliver_setup,
            )
        )  # fmt: skip
