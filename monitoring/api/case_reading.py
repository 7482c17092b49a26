"""What a case says beside its columns: what is derived, and what not everybody reads."""

import json
from typing import Any

from ..models import Case
from ..queries.cases import due_of, is_overdue, who_moves_in
from ..rules.cases import is_its_provider, sees_inside


def completed(user: Any, rows: list[dict[str, Any]], cases: list[Case]) -> list[dict[str, Any]]:
    """The rows of these cases, as this user may read them."""
    movers, known = who_moves_in(cases), {case.pk: case for case in cases}
    for row in rows:
        case = known[row["id"]]
        due = due_of(case)
        row["aanZet"], row["teLaat"] = movers[case.pk], is_overdue(case)
        row["uiterlijk"] = due.isoformat() if due else None
        if not is_its_provider(user, case):
            _without_drafts(row)
        if not sees_inside(user, case.region_id):
            _as_provider(row)
    return rows


def _without_drafts(row: dict[str, Any]) -> None:
    """A draft is for its writer only."""
    shown = [plan for plan in json.loads(row["verbeterplannen"].json) if plan["ingediendOp"]]
    known = {plan["id"] for plan in shown}
    lines = json.loads(row["planmaatregelen"].json)
    row["verbeterplannen"] = shown
    row["planmaatregelen"] = [line for line in lines if line["plan"] in known]


def _as_provider(row: dict[str, Any]) -> None:
    """Without what access observes, internal letters, and the providers that take over."""
    letters = json.loads(row["brieven"].json)
    row["brieven"] = [letter for letter in letters if letter["aanAanbieder"]]
    row["waarnemingen"], row["uitfaseringAlternatieven"] = [], []
