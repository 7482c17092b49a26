"""Remarks on a plan, as a table: what organisations sent in during a consultation."""

from typing import Any

from django.db.models import Max

from core.intake.cells import choice, prose, text
from core.intake.modelrows import Ledger, Row, RowRefused, model_rows_form
from core.intake.registry import register_form
from core.intake.tables import TableColumn, TableForm
from providers.intake_matching import filled
from regions.enums import PartnerKind
from regions.models import ChainPartner
from regions.queries.access import access_of

from ..enums.policy import EDITORS, Disposition
from ..models import Consultation, ConsultationRemark, PlanSection

REMARKS = "opmerkingen"
_TABLE = TableForm(
    "remark",
    (
        TableColumn("consultatie", "consultation", text(200, example="Concept inkoopstrategie"),
                    help="de titel"),
        TableColumn("organisatie", "organisation", text(160, example="Samenwerkingsverband Noord"),
                    help="een nieuwe organisatie wordt toegevoegd"),
        TableColumn("opmerking", "remark", prose(20_000, example="Graag concreter.")),
        TableColumn("hoofdstuk", "section", text(20, example="3.2"), required=False,
                    help="nummer van het hoofdstuk waarover zij gaat"),
        TableColumn("reactie", "response", prose(20_000), required=False),
        TableColumn("afhandeling", "disposition",
                    choice({str(label): value for value, label in Disposition.choices}),
                    required=False),
        TableColumn("waar_verwerkt", "processed_where", text(300), required=False),
    ),
    file_name="opmerkingen",
)  # fmt: skip


def _put_remark(ledger: Ledger, region_id: int, row: Row) -> None:
    """The same words of the same organisation are one remark: a later table adds the reaction."""
    consultation = _consultation(region_id, row["consultation"])
    partner = ledger.put(
        ChainPartner,
        key={"region_id": region_id, "name": row["organisation"]},
        values={},
        once={"kind": PartnerKind.OTHER},
    )
    last = consultation.remarks.aggregate(last=Max("number"))["last"] or 0
    values = filled(row, "response", "disposition", "processed_where")
    if row["section"]:
        values["section"] = _section(consultation, row["section"])
    ledger.put(
        ConsultationRemark,
        key={"consultation": consultation, "partner": partner, "remark": row["remark"]},
        values=values,
        once={"number": last + 1},
    )


def _consultation(region_id: int, title: str) -> Consultation:
    found = list(Consultation.objects.filter(plan__region=region_id, title__iexact=title)[:2])
    if len(found) != 1:
        raise RowRefused(
            "consultatie-dubbel" if found else "consultatie-onbekend",
            "consultatie",
            "Meer dan één consultatie heeft deze titel."
            if found
            else "De regio kent geen consultatie met deze titel.",
            "Neem de titel over van de pagina Consultaties, of geef haar een eigen titel.",
        )
    return found[0]


def _section(consultation: Consultation, number: str) -> PlanSection:
    found = consultation.plan.sections.filter(number=number).first()
    if found is None:
        raise RowRefused(
            "hoofdstuk-onbekend",
            "hoofdstuk",
            f"Het plan ‘{consultation.plan}’ heeft geen hoofdstuk {number}.",
            "Verbeter het nummer, of laat de kolom leeg.",
        )
    return found


def _may_use(user: Any, region_id: int) -> bool:
    """`user` is None where the system itself delivers."""
    return user is None or access_of(user).has(*EDITORS, region_id=region_id)


def register() -> None:
    register_form(
        model_rows_form(
            code=REMARKS,
            title="Opmerkingen in een consultatie",
            description="Wat organisaties van een plan vinden, met de reactie erop.",
            table=_TABLE,
            put_row=_put_remark,
            may_use=_may_use,
        )
    )
