"""Remarks from a table: CSV or XLSX, one row per remark."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max

from core.exports import open_table
from regions.enums import PartnerKind
from regions.models import ChainPartner

from ..models import Consultation, ConsultationRemark
from ..policy_enums import Disposition
from ..policy_rules import check_can_keep, region_of

REQUIRED = ("Organisatie", "Opmerking")
OPTIONAL = ("Hoofdstuk", "Reactie", "Afhandeling", "Waar verwerkt")
COLUMNS = (*REQUIRED, *OPTIONAL)
WORDS = {str(label).lower(): value for value, label in Disposition.choices}


@dataclass(frozen=True)
class ReadRemark:
    organisation: str
    remark: str
    section: str = ""
    response: str = ""
    disposition: str = ""
    processed_where: str = ""


def read_remarks(content: bytes, name: str) -> tuple[list[ReadRemark], list[str]]:
    """The rows of a table, and every problem as a Dutch sentence. TableError: no table at all."""
    table = open_table(content, name, required=REQUIRED, optional=OPTIONAL)
    places = {h: table.column(h) for h in COLUMNS if h in _headers(table)}
    rows: list[ReadRemark] = []
    problems: list[str] = []
    for row in table:
        value = {h: row.values[at].strip() for h, at in places.items()}
        complaint = row.problem or _complaint(value)
        if complaint:
            problems.append(f"Regel {row.number}: {complaint}")
            continue
        rows.append(
            ReadRemark(
                value["Organisatie"],
                value["Opmerking"],
                value.get("Hoofdstuk", ""),
                value.get("Reactie", ""),
                WORDS.get(value.get("Afhandeling", "").lower(), ""),
                value.get("Waar verwerkt", ""),
            )
        )
    return rows, problems


def _headers(table: Any) -> set[str]:
    known = {h.lower(): h for h in COLUMNS}
    return {known[h.strip().lower()] for h in table.headers if h.strip().lower() in known}


def _complaint(value: dict[str, str]) -> str:
    for column in REQUIRED:
        if not value[column]:
            return f"de kolom {column} is leeg."
    done = value.get("Afhandeling", "")
    if done and done.lower() not in WORDS:
        return f"afhandeling ‘{done}’ bestaat niet; kies uit {', '.join(WORDS)}."
    return ""


@transaction.atomic
def import_remarks(*, consultation: Consultation, rows: list[ReadRemark], by: Any) -> int:
    """Add the remarks behind those that are there; returns how many.

    Effects: remarks, and a partner for each organisation that was not known. A remark that is
    there already word for word is left out, so that a second upload adds nothing.
    """
    check_can_keep(by, ConsultationRemark(consultation=consultation))
    known = set(consultation.remarks.values_list("partner__name", "remark"))
    last = consultation.remarks.aggregate(last=Max("number"))["last"] or 0
    sections = {s.number: s for s in consultation.plan.sections.all()}
    made = 0
    for row in rows:
        if (row.organisation, row.remark) in known:
            continue
        made += 1
        ConsultationRemark.objects.create(
            consultation=consultation,
            number=last + made,
            partner=_partner(consultation, row.organisation),
            section=sections.get(row.section),
            remark=row.remark,
            response=row.response,
            disposition=row.disposition,
            processed_where=row.processed_where,
        )
    return made


def _partner(consultation: Consultation, name: str) -> ChainPartner:
    region = region_of(consultation)
    found, _ = ChainPartner.objects.get_or_create(
        region=region, name=name, defaults={"kind": PartnerKind.OTHER}
    )
    return found
