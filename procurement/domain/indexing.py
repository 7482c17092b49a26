"""Rounds of indexation: worked out, applied to many tariffs in one job, undone or confirmed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q

from core.errors import DomainError
from core.formats import date_long
from core.jobs.api import Job, RunningJob
from core.states.api import take
from core.states.models import Step
from regions.models import Region
from regions.queries.access import access_of
from segments.models import Product

from ..enums.contracts import ContractStatus, IndexKind, RunState
from ..models import (
    Contract,
    IndexationLine,
    IndexationRule,
    IndexationRun,
    IndexFigure,
    Tariff,
    holding_on,
)
from ..rules.contracts import check_can_manage_contracts
from ..states import INDEXATION
from .indexation import Figures, Rise, Share, flat_rise, indexed, weighted_rise
from .indexing_amounts import add_amounts, apply_amounts, undo_amounts
from .new_ends import ONE_DAY, new_end
from .rounds import start_job, work_off
from .yearly_amounts import usual_codes

JOB_KIND = "procurement.indexation"


@transaction.atomic
def prepare_run(
    *,
    region: Region,
    year: int,
    by: Any,
    effective_from: date | None = None,
    extra_points: Decimal = Decimal(0),
    contracts: Iterable[Contract] | None = None,
    with_region: bool = True,
    amounts: Collection[str] | None = None,
) -> IndexationRun:
    """Work a round out: every tariff in force on the day before, with its old and new amount, and
    the amounts per year of the kinds in `amounts` (`yearly_amounts`; None: the usual ones).

    A tariff that ends on the day itself, as one for a year does, is followed by one of its length.

    Effects: a run and its lines; no tariff changes. Without `contracts` all running contracts with
    tariffs of their own take part; the region's own tariffs (of lots too) with `with_region`.
    """
    check_can_manage_contracts(by, region)
    day = effective_from or date(year, 1, 1)
    run = IndexationRun.objects.create(
        region=region, year=year, effective_from=day, extra_points=extra_points, made_by=by
    )
    work = _Work.of(run)
    if contracts is None:
        contracts = Contract.objects.filter(region=region, status__in=ContractStatus.LIVE)
    chosen = list(contracts)
    IndexationLine.objects.bulk_create(
        work.line(tariff) for tariff in _tariffs(run, chosen, with_region)
    )
    add_amounts(run, chosen, usual_codes() if amounts is None else amounts, work.rise_of)
    if not run.lines.exists() and not run.amounts.exists():
        raise DomainError(
            f"Op {date_long(day - ONE_DAY)} geldt geen enkel tarief om te indexeren.",
            code="geen-tarieven",
        )
    return run


def _tariffs(run: IndexationRun, contracts: list[Contract], with_region: bool) -> Iterable[Tariff]:
    chosen = Q(contract__in=contracts)
    if with_region:
        chosen |= Q(contract__isnull=True)
    before = run.effective_from - ONE_DAY
    rows = holding_on(Tariff.objects.filter(chosen, region=run.region), before)
    return rows.select_related("contract").order_by("pk")


@dataclass(frozen=True)
class _Work:
    """What a round needs to know, read once."""

    run: IndexationRun
    figures: Figures
    rules: dict[int | None, IndexationRule]
    care_forms: dict[str, str]
    # Of which a tariff begins on the day itself.
    followed: frozenset[tuple[Any, ...]]

    @classmethod
    def of(cls, run: IndexationRun) -> "_Work":
        figures = IndexFigure.objects.filter(region=run.region)
        rules = holding_on(IndexationRule.objects.filter(region=run.region), run.effective_from)
        forms = Product.objects.filter(region=run.region).values_list("code", "care_form")
        return cls(
            run,
            {(f.series, f.year, f.stage): f.percentage for f in figures},
            {rule.contract_id: rule for rule in rules},
            dict(forms),
            frozenset(
                _key(one)
                for one in Tariff.objects.filter(region=run.region, valid_from=run.effective_from)
            ),
        )

    def rise_of(self, contract: Contract) -> Rise | None:
        """By the contract's own rule, else by that of the region; None without one."""
        rule = self.rules.get(contract.pk) or self.rules.get(None)
        return None if rule is None else self._rise(rule)

    def line(self, tariff: Tariff) -> IndexationLine:
        rule = self.rules.get(tariff.contract_id) or self.rules.get(None)
        skipped = self._why_not(tariff, rule)
        rise = Rise(Decimal(0), "") if skipped or rule is None else self._rise(rule)
        return IndexationLine(
            run=self.run,
            tariff=tariff,
            contract=tariff.contract,
            product_code=tariff.product_code,
            unit=tariff.unit,
            percentage=rise.percentage,
            working=rise.working,
            old_amount=tariff.amount,
            new_amount=indexed(tariff.amount, rise.percentage),
            old_end=tariff.valid_to,
            skipped=skipped,
        )

    def _why_not(self, tariff: Tariff, rule: IndexationRule | None) -> str:
        if rule is None:
            return "er geldt geen regel voor indexering"
        if self.care_forms.get(tariff.product_code, "") in (rule.exempt_care_forms or ()):
            return "deze hulpvorm wordt niet geïndexeerd"
        day = self.run.effective_from
        if tariff.contract and tariff.contract.end_date and tariff.contract.end_date <= day:
            return "het contract loopt dan af"
        if _key(tariff) in self.followed:
            return "er is al een tarief vanaf die dag"
        return ""

    def _rise(self, rule: IndexationRule) -> Rise:
        extra = self.run.extra_points
        if rule.kind == IndexKind.FLAT:
            return flat_rise(rule.flat_percentage or Decimal(0), extra)
        shares = (
            Share(rule.labour_share, rule.labour_series),
            Share(rule.material_share, rule.material_series),
        )
        return weighted_rise(
            year=self.run.year, shares=shares, figures=self.figures, corrects=rule.corrects,
            extra_points=extra,
        )  # fmt: skip


def _take(run: IndexationRun, move: str, by: Any, reason: str = "") -> Step:
    roles = access_of(by).roles_in(run.region_id)
    return take(run, INDEXATION, move, by=by, roles=roles, tenant_id=run.region_id, reason=reason)


def start_applying(*, run: IndexationRun, by: Any) -> Job:
    title = f"Indexering {run.year} toepassen"
    return start_job(run=run, table=INDEXATION, kind=JOB_KIND, title=title, by=by)


@transaction.atomic
def apply_run(*, run: IndexationRun, by: Any, reason: str = "") -> Step:
    """Apply a round: each tariff ends on its day and a dated new one begins; all or none. So do
    the amounts per year.

    A tariff that changed since the round was worked out refuses the whole.
    """
    step = _take(run, "apply", by, reason)
    for line in run.lines.filter(skipped="").select_related("tariff"):
        old = line.tariff
        if old is None or (old.amount, old.valid_to) != (line.old_amount, line.old_end):
            raise DomainError(
                f"Het tarief van {line.product_code} is veranderd sinds deze doorrekening. Laat "
                "haar vervallen en reken opnieuw door.",
                code="tarief-veranderd",
            )
        _index(line, old, run.effective_from)
    apply_amounts(run)
    return step


def _key(tariff: Tariff) -> tuple[Any, ...]:
    return tariff.contract_id, tariff.lot_id, tariff.product_code, tariff.unit


def _index(line: IndexationLine, old: Tariff, day: date) -> None:
    Tariff.objects.filter(pk=old.pk).update(valid_to=day)
    line.made = Tariff.objects.create(
        region_id=old.region_id,
        contract_id=old.contract_id,
        lot_id=old.lot_id,
        product_code=old.product_code,
        unit=old.unit,
        valid_from=day,
        valid_to=new_end(old.valid_from, line.old_end, day),
        amount=line.new_amount,
        fictitious=old.fictitious,
    )
    line.save(update_fields=["made"])


def work(job: RunningJob) -> dict[str, Any]:
    return work_off(job, model=IndexationRun, apply=apply_run, doing="Tarieven indexeren")


@transaction.atomic
def undo_run(*, run: IndexationRun, by: Any, reason: str) -> Step:
    """Undo a round that is not yet confirmed: the new tariffs go, the old go on as they did."""
    step = _take(run, "undo", by, reason)
    for line in run.lines.filter(skipped="").select_related("tariff", "made"):
        made, old = line.made, line.tariff
        if (
            made is None
            or old is None
            or made.amount != line.new_amount
            or made.valid_to != new_end(old.valid_from, line.old_end, run.effective_from)
        ):
            raise DomainError(
                f"Het nieuwe tarief van {line.product_code} is intussen veranderd. Herstel dat "
                "eerst; daarna kunt u de indexering terugdraaien.",
                code="tarief-veranderd",
            )
        made.delete()
        Tariff.objects.filter(pk=old.pk).update(valid_to=line.old_end)
    undo_amounts(run)
    return step


@transaction.atomic
def move(*, run: IndexationRun, name: str, by: Any, reason: str = "") -> Step:
    """A move without effects of its own: confirm, drop."""
    return _take(run, name, by, reason)


def open_run(region: Region) -> IndexationRun | None:
    """The round that waits for a decision, the newest first."""
    states = (RunState.PREPARED, RunState.APPLIED)
    return IndexationRun.objects.filter(region=region, state__in=states).first()
