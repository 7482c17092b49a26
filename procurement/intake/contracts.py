"""Providers with their contracts, and tariffs, as tables."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from core import clock
from core.intake.cells import choice, euros, loose_day, text, whole
from core.intake.modelrows import Ledger, Row, RowRefused, model_rows_form
from core.intake.registry import register_form
from core.intake.tables import TableColumn, TableForm
from core.money import from_cents
from providers.enums import ProviderKind
from providers.intake_matching import AGB, KVK, filled, find_provider
from providers.models import Provider, ProviderCode
from regions.enums import OrganisationKind
from regions.intake_forms import FICTITIOUS, is_fictitious, may_deliver_setup
from regions.models import Organisation
from segments.intake_cells import UNIT

from ..enums.contracts import ContractKind
from ..models import Contract, Tariff

_CONTRACT_NUMBER = TableColumn(
    "contractnummer",
    "contract_number",
    text(40, example="2025-001"),
    required=False,
    also=("contract", "contractnr", "contract nr.", "overeenkomstnummer"),
)

_PROVIDERS = TableForm(
    "provider",
    (
        AGB,
        TableColumn(
            "naam",
            "name",
            text(160, example="Aanbieder 11"),
            also=("aanbieder", "naam aanbieder", "organisatie", "instelling", "zorgaanbieder"),
        ),
        KVK,
        TableColumn("rechtsvorm", "legal_form", text(60, example="stichting"), required=False),
        TableColumn(
            "soort_aanbieder",
            "provider_kind",
            choice({label: value for value, label in ProviderKind.choices}),
            required=False,
            also=("type aanbieder",),
        ),
        _CONTRACT_NUMBER,
        TableColumn(
            "soort_contract",
            "kind",
            choice({label: value for value, label in ContractKind.choices}),
            required=False,
        ),
        TableColumn(
            "begindatum",
            "start_date",
            loose_day(example="2025-01-01"),
            required=False,
            also=("ingangsdatum", "startdatum", "start", "contract vanaf", "ingang contract"),
        ),
        TableColumn(
            "einddatum",
            "last_day",
            loose_day(),
            required=False,
            help="laatste dag; leeg: geen einde",
            also=("expiratiedatum", "einde contract", "loopt tot", "t/m", "tot en met"),
        ),
        FICTITIOUS,
    ),
    in_order=(("begindatum", "einddatum"),),
    file_name="aanbieders",
    others_ignored=True,
)

_TARIFFS = TableForm(
    "tariff",
    (
        TableColumn(
            "productcode", "product_code", text(5, example="45A48"),
            also=("product", "code", "prod.code"),
        ),
        TableColumn("eenheid", "unit", UNIT, help="WJ756", also=("per", "tarief per", "unit")),
        TableColumn(
            "geldig_van", "valid_from", loose_day(example="2025-01-01"),
            also=("begindatum", "ingangsdatum", "vanaf", "geldig vanaf", "per datum"),
        ),
        TableColumn(
            "geldig_tot", "last_day", loose_day(), required=False,
            help="laatste dag; leeg: geen einde",
            also=("einddatum", "t/m", "tot en met", "geldig t/m", "geldig tot en met"),
        ),
        TableColumn(
            "tarief", "amount", euros(example="1,20"), required=False, help="in euro's",
            also=("prijs", "bedrag", "tarief in euro", "tarief (€)"),
        ),
        TableColumn(
            "tarief_cent",
            "amount_cents",
            whole(0, 99_999_999, example="120"),
            required=False,
            help="of in hele centen; vul een van beide in",
        ),
        _CONTRACT_NUMBER,
        FICTITIOUS,
    ),
    in_order=(("geldig_van", "geldig_tot"),),
    file_name="tarieven",
    others_ignored=True,
)  # fmt: skip


def _put_provider(ledger: Ledger, region_id: int, row: Row) -> None:
    """Known by AGB code or KvK number; a further AGB code of a known provider is added to it."""
    known = find_provider(region_id, row)
    values = filled(row, "name", "chamber_of_commerce_number", "legal_form")
    if row["provider_kind"]:
        values["kind"] = row["provider_kind"]
    if known is not None:
        ledger.change(known, **values)
        _put_code(ledger, known, row)
    else:
        known = _new_provider(ledger, region_id, row, values)
    if row["contract_number"]:
        _put_contract(ledger, region_id, known, row)


def _new_provider(ledger: Ledger, region_id: int, row: Row, values: dict[str, Any]) -> Provider:
    if not row["agb_code"]:
        raise RowRefused(
            "agb-ontbreekt",
            "agb",
            "De regio kent deze aanbieder nog niet, en de rij heeft geen AGB-code.",
            "Vul de AGB-code in; berichten noemen de aanbieder daarmee.",
        )
    return ledger.put(
        Provider,
        key={"region_id": region_id, "agb_code": row["agb_code"]},
        values=values,
        once={
            "organisation": _organisation(ledger, row["name"]),
            "fictitious": is_fictitious(region_id, row["fictitious"]),
        },
    )


def _put_code(ledger: Ledger, known: Provider, row: Row) -> None:
    agb = row["agb_code"]
    if agb and agb != known.agb_code and not known.codes.filter(agb_code=agb).exists():
        since = row["start_date"] or clock.today()
        key = {"provider": known, "agb_code": agb}
        ledger.put(ProviderCode, key=key, values={"region": known.region, "valid_from": since})


def _organisation(ledger: Ledger, name: str) -> Organisation:
    """A party may be a provider in several regions."""
    return ledger.put(
        Organisation, key={"kind": OrganisationKind.PROVIDER, "name": name}, values={}
    )


def _put_contract(ledger: Ledger, region_id: int, provider: Provider, row: Row) -> None:
    if row["start_date"] is None:
        raise RowRefused(
            "contract-zonder-begin",
            "begindatum",
            "Het contract heeft geen begindatum.",
            "Vul de eerste dag van het contract in.",
        )
    ledger.put(
        Contract,
        key={"region_id": region_id, "number": row["contract_number"]},
        values={
            "provider": provider,
            "kind": row["kind"] or ContractKind.FRAMEWORK,
            "start_date": row["start_date"],
            "end_date": row["last_day"] + timedelta(days=1) if row["last_day"] else None,
        },
        once={"fictitious": is_fictitious(region_id, row["fictitious"])},
    )


def _put_tariff(ledger: Ledger, region_id: int, row: Row) -> None:
    key: dict[str, Any] = {
        "region_id": region_id,
        "contract": _contract_of(region_id, row["contract_number"]),
        "product_code": row["product_code"],
        "unit": row["unit"],
    }
    earlier = Tariff.objects.filter(
        **key, valid_from__lt=row["valid_from"], valid_to__isnull=True
    ).first()
    if earlier:  # an open tariff ends where the next one begins
        ledger.change(earlier, valid_to=row["valid_from"])
    ledger.put(
        Tariff,
        key={**key, "valid_from": row["valid_from"]},
        values={
            "amount": _amount(row),
            "valid_to": row["last_day"] + timedelta(days=1) if row["last_day"] else None,
        },
        once={
            "intake_run": ledger.run,
            "fictitious": is_fictitious(region_id, row["fictitious"]),
        },
    )


def _contract_of(region_id: int, number: str | None) -> Contract | None:
    if not number:
        return None
    found = Contract.objects.filter(region_id=region_id, number=number).first()
    if found is None:
        raise RowRefused(
            "contract-onbekend",
            "contractnummer",
            "De regio kent geen contract met dit nummer.",
            "Lever eerst het contract aan, of laat de kolom leeg voor een tarief dat voor alle "
            "aanbieders geldt.",
        )
    return found


def _amount(row: Row) -> Decimal:
    if (row["amount"] is None) == (row["amount_cents"] is None):
        raise RowRefused(
            "tarief-onduidelijk",
            "tarief",
            "Er staat geen tarief, of zowel een bedrag in euro's als in centen.",
            "Vul één van beide kolommen in.",
        )
    return row["amount"] if row["amount"] is not None else from_cents(row["amount_cents"])


def register() -> None:
    register_form(
        model_rows_form(
            code="aanbieders",
            title="Aanbieders en contracten",
            description="Aanbieders met hun AGB-code, en desgewenst hun contract.",
            table=_PROVIDERS,
            put_row=_put_provider,
            may_use=may_deliver_setup,
        )
    )
    register_form(
        model_rows_form(
            code="tarieven",
            title="Tarieven",
            description="Tarieven per product, eenheid en periode, voor de regio of een contract.",
            table=_TARIFFS,
            put_row=_put_tariff,
            may_use=may_deliver_setup,
        )
    )
