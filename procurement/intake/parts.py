"""Phases and products of contracts, and admissions, as tables."""

from datetime import timedelta
from typing import Any

from core.intake.cells import choice, loose_day, text, whole
from core.intake.modelrows import Ledger, Row, RowRefused, model_rows_form
from core.intake.registry import register_form
from core.intake.tables import TableColumn, TableForm
from providers.intake_matching import AGB, KVK, known_provider
from regions.intake_forms import FICTITIOUS, is_fictitious, may_deliver_setup
from segments.models import Product

from ..enums.admission import AdmissionState
from ..enums.contracts import PhaseKind
from ..models import Admission, Contract, ContractPhase, ContractProduct

ONE_DAY = timedelta(days=1)
_NUMBER = TableColumn(
    "contractnummer", "contract_number", text(40, example="2025-001"),
    also=("contract", "contractnr", "contract nr.", "nummer contract", "overeenkomstnummer"),
)  # fmt: skip
_PRODUCT = TableColumn(
    "productcode", "product_code", text(5, example="45A48"), also=("product", "code", "prod.code")
)
_FROM = TableColumn(
    "begindatum", "start_date", loose_day(example="2025-01-01"),
    also=("ingangsdatum", "vanaf", "start", "startdatum", "geldig van", "begin"),
)  # fmt: skip
_UNTIL: dict[str, Any] = {
    "help": "laatste dag",
    "also": ("t/m", "tot en met", "eind", "einde", "geldig tot", "expiratiedatum", "loopt tot"),
}

_PHASES = TableForm(
    "phase",
    (
        _NUMBER,
        TableColumn("fase", "number", whole(0, 99, example="1"), also=("fasenummer", "nr")),
        TableColumn("naam", "name", text(160, example="Ontwikkelen"), required=False),
        TableColumn(
            "soort", "kind", choice({label: value for value, label in PhaseKind.choices}),
            required=False,
        ),
        _FROM,
        TableColumn("einddatum", "last_day", loose_day(), **_UNTIL),
    ),
    in_order=(("begindatum", "einddatum"),),
    file_name="contractfasen",
    others_ignored=True,
)  # fmt: skip

_CONTRACT_PRODUCTS = TableForm(
    "contractproduct",
    (
        _NUMBER,
        _PRODUCT,
        _FROM,
        TableColumn("einddatum", "last_day", loose_day(), required=False, **_UNTIL),
    ),
    in_order=(("begindatum", "einddatum"),),
    file_name="contractproducten",
    others_ignored=True,
)

_KNOWN_STATES = {
    AdmissionState(value).label: value for value in ("admitted", "refused", "withdrawn", "lapsed")
}
_ADMISSIONS = TableForm(
    "admission",
    (
        AGB,
        KVK,
        _PRODUCT,
        TableColumn("stand", "state", choice(_KNOWN_STATES), also=("status", "besluit")),
        TableColumn("besluitdatum", "decided_on", loose_day(), also=("datum besluit",)),
        TableColumn("geldig_tot", "last_day", loose_day(), required=False, help="laatste dag"),
        FICTITIOUS,
    ),
    in_order=(("besluitdatum", "geldig_tot"),),
    file_name="toelatingen",
    others_ignored=True,
)


def _contract(region_id: int, number: str) -> Contract:
    found = Contract.objects.filter(region_id=region_id, number=number).first()
    if found is None:
        raise RowRefused(
            "contract-onbekend", "contractnummer",
            "De regio kent geen contract met dit nummer.", "Lever eerst het contract aan.",
        )  # fmt: skip
    return found


def _product(region_id: int, code: str) -> Product:
    found = Product.objects.filter(region_id=region_id, code=code).first()
    if found is None:
        raise RowRefused(
            "product-onbekend", "productcode", "De regio kent geen product met deze code.",
            "Lever eerst de producten aan.",
        )  # fmt: skip
    return found


def _put_phase(ledger: Ledger, region_id: int, row: Row) -> None:
    contract = _contract(region_id, row["contract_number"])
    end = row["last_day"] + ONE_DAY
    too_late = contract.end_date is not None and end > contract.end_date
    if row["start_date"] < contract.start_date or too_late:
        raise RowRefused(
            "fase-buiten-looptijd", "begindatum", "De fase valt niet binnen de looptijd.",
            "Verbeter de fase, of lever het contract met een andere looptijd aan.",
        )  # fmt: skip
    ledger.put(
        ContractPhase,
        key={"contract": contract, "number": row["number"]},
        values={
            "name": row["name"] or "",
            "kind": row["kind"] or PhaseKind.TERM,
            "start_date": row["start_date"],
            "end_date": end,
        },
    )


def _put_contract_product(ledger: Ledger, region_id: int, row: Row) -> None:
    ledger.put(
        ContractProduct,
        key={
            "contract": _contract(region_id, row["contract_number"]),
            "product": _product(region_id, row["product_code"]),
            "valid_from": row["start_date"],
        },
        values={"valid_to": row["last_day"] + ONE_DAY if row["last_day"] else None},
    )


def _put_admission(ledger: Ledger, region_id: int, row: Row) -> None:
    """Admissions that were decided before: they are known by provider, product and day."""
    key = {
        "region_id": region_id,
        "provider": known_provider(region_id, row),
        "product": _product(region_id, row["product_code"]),
        "decided_on": row["decided_on"],
    }
    known = Admission.objects.filter(**key).first()
    if known is not None and known.state != row["state"]:
        raise RowRefused(
            "toelating-staat-anders", "stand",
            f"Deze toelating is hier {known.get_state_display()}.",
            "Zet de stap op de pagina van de toelating.",
        )  # fmt: skip
    ledger.put(
        Admission,
        key=key,
        values={"valid_to": row["last_day"] + ONE_DAY if row["last_day"] else None},
        once={"state": row["state"], "fictitious": is_fictitious(region_id, row["fictitious"])},
    )


def register() -> None:
    for code, title, description, table, put in (
        ("contractfasen", "Fasen van contracten", "De fasen waarin een contract loopt.", _PHASES,
         _put_phase),
        ("contractproducten", "Producten in contracten",
         "Welke producten onder een contract vallen, en vanaf wanneer.", _CONTRACT_PRODUCTS,
         _put_contract_product),
        ("toelatingen", "Toelatingen", "Toelatingen waarover al is beslist.", _ADMISSIONS,
         _put_admission),
    ):  # fmt: skip
        register_form(
            model_rows_form(
                code=code, title=title, description=description, table=table, put_row=put,
                may_use=may_deliver_setup,
            )
        )  # fmt: skip
