"""The registers of contracts and tariffs as people sort and download them."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from core.ui.bulk import BulkAction
from core.ui.registers import Field, Register, last_day

from ..domain.changing import prepare_changes
from ..forms.changing import ChangeForm, given_of
from ..models import Contract
from ..rules.contracts import can_manage_contracts


def _segments(contract: Any) -> str:
    return ", ".join(segment.code for segment in contract.segments.all())


def _prepare(rows: Sequence[Contract], request: Any, values: dict[str, Any]) -> str:
    """Work out a round for the chosen contracts; its page shows old and new."""
    region = request.place.tenant
    run = prepare_changes(region=region, contracts=rows, by=request.user, **given_of(values))
    return reverse("change-round", args=[region.slug, run.pk])


TOGETHER = BulkAction(
    "together",
    "Samen wijzigen",
    form_class=ChangeForm,
    form_arguments=lambda request: {"region": request.place.tenant},
    may=lambda request: can_manage_contracts(request.user, request.place.tenant),
    together=_prepare,
)
CONTRACTS = Register(
    code="contracts",
    title="Contracten",
    sorting={
        "nummer": "number",
        "aanbieder": "provider__sort_name",
        "begin": "start_date",
        "einde": "end_date",
    },
    default="aanbieder",
    actions=(TOGETHER,),
    fields=(
        Field("Nummer", "number"),
        Field("Naam", "name", width=40),
        Field("Aanbieder", "provider.name", width=40),
        Field("AGB-code", "provider.agb_code"),
        Field("Segmenten", _segments),
        Field("Soort", "get_kind_display"),
        Field("Stand", "get_status_display"),
        Field("Begin", "start_date", "Eerste dag van het contract."),
        Field("Laatste dag", last_day("end_date"), "Leeg: zonder einddatum."),
        Field("Fictief", "fictitious", "Verzonnen voor de demonstratie."),
    ),
)
TARIFFS = Register(
    code="tariffs",
    title="Tarieven",
    sorting={"product": "product_code", "tarief": "amount", "begin": "valid_from"},
    default="product",
    fields=(
        Field("Product", "product_code"),
        Field("Eenheid", "unit_name"),
        Field("Tarief", "amount", "Euro per eenheid.", decimals=2),
        Field("Geldig vanaf", "valid_from"),
        Field("Laatste dag", last_day("valid_to"), "Leeg: tot nader bericht."),
        Field("Fictief", "fictitious", "Verzonnen voor de demonstratie."),
    ),
)
