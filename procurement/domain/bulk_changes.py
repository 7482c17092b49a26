"""What can be changed in many contracts at once: how it reads, is made, and is undone."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from core.formats import date_long

from ..enums.contracts import BulkKind, VersionKind
from ..enums.voting import VoteSubject
from ..models import ChangeRound, Clause, Contract, ContractProduct
from .contracts import check_terms
from .heads import add_version, keep_original
from .leaving import check_may_leave, check_not_shortened

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Told:
    """Old and new in words, what stands there now, and why this contract stays out ('' if not)."""

    was: str
    becomes: str
    before: dict[str, Any]
    skipped: str = ""


class EndDate:
    """Another last day; the contract reads so from the day on which the round takes effect."""

    def told(self, run: ChangeRound, contract: Contract) -> Told:
        new = date.fromisoformat(run.values["last_day"])
        old = contract.last_day
        before = {"end_date": contract.end_date.isoformat() if contract.end_date else None}
        skipped = "heeft deze laatste dag al" if old == new else ""
        if new < contract.start_date:
            skipped = "begint pas na die dag"
        last = contract.phases.filter(valid_to__isnull=True).order_by("-end_date").first()
        if last is not None and last.end_date > new + ONE_DAY:
            skipped = "heeft fasen die langer doorlopen; gebruik een herziening"
        was = date_long(old) if old else "geen einddatum"
        return Told(was, date_long(new), before, skipped)

    def make(self, run: ChangeRound, contract: Contract, by: Any) -> dict[str, Any]:
        keep_original(contract, by)
        contract.end_date = date.fromisoformat(run.values["last_day"]) + ONE_DAY
        check_not_shortened(contract)
        check_terms(contract)
        contract.full_clean()
        contract.save(update_fields=["end_date"])
        add_version(contract, VersionKind.CORRECTION, run.effective_from, by, run.reason)
        return {"end_date": contract.end_date.isoformat()}

    def undo(self, run: ChangeRound, contract: Contract, line: Any, by: Any) -> bool:
        ends = contract.end_date.isoformat() if contract.end_date else None
        if ends != line.made["end_date"]:
            return False
        old = line.before["end_date"]
        contract.end_date = date.fromisoformat(old) if old else None
        contract.save(update_fields=["end_date"])
        add_version(
            contract, VersionKind.CORRECTION, run.effective_from, by,
            f"Teruggedraaid: {run.reason}",
        )  # fmt: skip
        return True


class Manager:
    """Another contract manager; tasks follow."""

    def told(self, run: ChangeRound, contract: Contract) -> Told:
        same = contract.manager_id == run.values["manager"]
        return Told(
            str(contract.manager or "niemand"),
            run.values["name"],
            {"manager": contract.manager_id},
            "heeft deze contractmanager al" if same else "",
        )

    def make(self, run: ChangeRound, contract: Contract, by: Any) -> dict[str, Any]:
        contract.manager_id = run.values["manager"]
        contract.save(update_fields=["manager"])
        return {"manager": contract.manager_id}

    def undo(self, run: ChangeRound, contract: Contract, line: Any, by: Any) -> bool:
        if contract.manager_id != line.made["manager"]:
            return False
        contract.manager_id = line.before["manager"]
        contract.save(update_fields=["manager"])
        return True


class AddClause:
    """The same clause in every contract."""

    def told(self, run: ChangeRound, contract: Contract) -> Told:
        title = run.values["title"]
        there = contract.clauses.filter(title=title, valid_to__isnull=True).exists()
        told = "heeft al een clausule met deze titel" if there else ""
        return Told("–", f"clausule ‘{title}’", {}, told)

    def make(self, run: ChangeRound, contract: Contract, by: Any) -> dict[str, Any]:
        clause = Clause(
            contract=contract, kind=run.values["kind"], title=run.values["title"],
            text=run.values["text"], valid_from=run.effective_from,
        )  # fmt: skip
        clause.full_clean()
        clause.save()
        return {"clause": clause.pk}

    def undo(self, run: ChangeRound, contract: Contract, line: Any, by: Any) -> bool:
        clause = contract.clauses.filter(pk=line.made["clause"]).first()
        if clause is None or clause.text != run.values["text"] or clause.valid_to is not None:
            return False
        clause.delete()
        return True


class AddProduct:
    """A product that comes in."""

    def told(self, run: ChangeRound, contract: Contract) -> Told:
        rows = contract.products.filter(product=run.values["product"])
        there = rows.filter(valid_to__isnull=True) | rows.filter(valid_to__gt=run.effective_from)
        told = "heeft dit product al" if there.exists() else ""
        return Told("–", f"met {run.values['name']}", {}, told)

    def make(self, run: ChangeRound, contract: Contract, by: Any) -> dict[str, Any]:
        row = ContractProduct(
            contract=contract, product_id=run.values["product"], valid_from=run.effective_from
        )
        row.full_clean()
        row.save()
        return {"row": row.pk}

    def undo(self, run: ChangeRound, contract: Contract, line: Any, by: Any) -> bool:
        row = contract.products.filter(pk=line.made["row"], valid_to__isnull=True).first()
        if row is None:
            return False
        row.delete()
        return True


class EndProduct:
    """A product that goes; where the colleges vote on it, only by such a vote."""

    def told(self, run: ChangeRound, contract: Contract) -> Told:
        row = self._row(run, contract)
        name = run.values["name"]
        if row is None:
            return Told("–", "–", {}, "heeft dit product niet")
        before = {"row": row.pk, "valid_to": row.valid_to.isoformat() if row.valid_to else None}
        last = date_long(run.effective_from - ONE_DAY)
        return Told(f"met {name}", f"zonder {name}, laatste dag {last}", before)

    def _row(self, run: ChangeRound, contract: Contract) -> ContractProduct | None:
        rows = contract.products.filter(
            product=run.values["product"], valid_from__lt=run.effective_from
        )
        still = rows.filter(valid_to__isnull=True) | rows.filter(valid_to__gt=run.effective_from)
        return still.first()

    def make(self, run: ChangeRound, contract: Contract, by: Any) -> dict[str, Any]:
        check_may_leave(contract, subject=VoteSubject.PRODUCT)
        row = self._row(run, contract)
        if row is None:
            return {}
        row.valid_to = run.effective_from
        row.save(update_fields=["valid_to"])
        return {"row": row.pk, "valid_to": run.effective_from.isoformat()}

    def undo(self, run: ChangeRound, contract: Contract, line: Any, by: Any) -> bool:
        row = contract.products.filter(pk=line.made["row"], valid_to=run.effective_from).first()
        if row is None:
            return False
        old = line.before["valid_to"]
        row.valid_to = date.fromisoformat(old) if old else None
        row.save(update_fields=["valid_to"])
        return True


CHANGES: dict[str, Any] = {
    BulkKind.END_DATE: EndDate(),
    BulkKind.MANAGER: Manager(),
    BulkKind.CLAUSE: AddClause(),
    BulkKind.ADD_PRODUCT: AddProduct(),
    BulkKind.END_PRODUCT: EndProduct(),
}
