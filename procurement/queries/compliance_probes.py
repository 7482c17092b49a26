"""What the site itself sees about a point of a check-list. People judge; this helps them look."""

from collections.abc import Callable
from dataclasses import dataclass

from core import clock
from core.formats import date_long, euro, percent
from providers.models import BusinessYear, WaitStatement
from segments.enums import FundingForm

from ..domain.terms import FRAMEWORK_MONTHS
from ..enums.compliance import Probe
from ..enums.contracts import ClauseKind, ContractKind, IndexKind
from ..models import Contract, CostComponents, IndexationRule, holding_on
from .contracts import products_on
from .tariffs import tariffs_of

HALF_A_YEAR = 6


@dataclass(frozen=True)
class Seen:
    """`holds` None: it is there for people to judge."""

    holds: bool | None
    text: str


def seen_for(contract: Contract, probe: str) -> Seen | None:
    """None for a point that only people can look up."""
    look = LOOKS.get(Probe(probe)) if probe else None
    return look(contract) if look else None


def _extension(contract: Contract) -> Seen:
    months = contract.extension_notice_months
    if not contract.max_extensions:
        return Seen(None, "Het contract kent geen verlenging.")
    return Seen(
        months >= HALF_A_YEAR,
        f"Ten hoogste {contract.max_extensions} keer verlengen, met {contract.extension_months} "
        f"maanden; aan te kondigen {months} maanden voor het einde.",
    )


def _long_term(contract: Contract) -> Seen:
    if contract.kind != ContractKind.FRAMEWORK or contract.end_date is None:
        return Seen(None, "Geen raamovereenkomst met een einde.")
    start, end = contract.start_date, contract.end_date
    months = (end.year - start.year) * 12 + end.month - start.month
    if months <= FRAMEWORK_MONTHS:
        return Seen(True, f"De looptijd is {months} maanden.")
    told = "met motivering" if contract.long_term_reason else "zonder motivering"
    return Seen(bool(contract.long_term_reason), f"De looptijd is {months} maanden, {told}.")


def _revision(contract: Contract) -> Seen:
    rows = list(contract.revisions.all())
    bare = [row for row in rows if not row.addendum.strip()]
    if not rows:
        return Seen(None, "Dit contract is nog niet herzien.")
    return Seen(not bare, f"{len(rows)} herzieningen, waarvan {len(bare)} zonder addendum.")


def _ceiling(contract: Contract) -> Seen:
    cap = contract.caps.filter(year=clock.today().year, valid_to__isnull=True).first()
    if contract.funding_form == FundingForm.TASK_BASED:
        return Seen(cap is None, "Taakgericht: een bestedingsruimte hoort hier niet.")
    if cap is None:
        return Seen(None, "Voor dit jaar is geen plafond vastgelegd.")
    told = f"Plafond {cap.year}: {euro(cap.amount)}, signaal bij {percent(cap.signal_share, 0)}."
    return Seen(True, told)


def _indexation(contract: Contract) -> Seen:
    rules = holding_on(IndexationRule.objects.filter(region=contract.region), clock.today())
    rule = rules.filter(contract=contract).first() or rules.filter(contract__isnull=True).first()
    if rule is None:
        return Seen(False, "Er is geen regel voor indexering.")
    if rule.kind == IndexKind.FLAT:
        return Seen(False, f"Vast percentage: {rule.flat_percentage}%.")
    labour, material = percent(rule.labour_share, 0), percent(rule.material_share, 0)
    return Seen(True, f"Loon {labour}, materieel {material}.")


def _prices(contract: Contract) -> Seen:
    today = clock.today()
    codes = set(products_on(contract, today).values_list("product__code", flat=True))
    prices = tariffs_of(contract, today)
    found = [row for (code, _), row in prices.items() if code in codes]
    if not found:
        return Seen(None, "Dit contract heeft geen tarieven.")
    with_parts = CostComponents.objects.filter(tariff__in=[row.pk for row in found]).count()
    return Seen(
        with_parts == len(found),
        f"Van {with_parts} van {len(found)} tarieven staat de opbouw vast.",
    )


def _continuity(contract: Contract) -> Seen:
    last = BusinessYear.objects.filter(provider=contract.provider).order_by("-year").first()
    if last is None:
        return Seen(False, "Er zijn geen jaarcijfers van de aanbieder.")
    return Seen(last.year >= clock.today().year - 2, f"Laatste jaarcijfers: {last.year}.")


def _waits(contract: Contract) -> Seen:
    rows = WaitStatement.objects.filter(provider=contract.provider)
    last = rows.order_by("-stated_on").first()
    if last is None:
        return Seen(False, "De aanbieder gaf nog geen wachttijd op.")
    return Seen(True, f"Laatste opgave: {date_long(last.stated_on)}.")


def _subcontracting(contract: Contract) -> Seen:
    rows = contract.clauses.filter(kind=ClauseKind.NO_SUBCONTRACTING, valid_to__isnull=True)
    told = "staat erin" if rows.exists() else "staat er niet in"
    return Seen(rows.exists(), f"De clausule over onderaannemers {told}.")


LOOKS: dict[Probe, Callable[[Contract], Seen]] = {
    Probe.EXTENSION: _extension,
    Probe.LONG_TERM: _long_term,
    Probe.REVISION: _revision,
    Probe.CEILING: _ceiling,
    Probe.INDEXATION: _indexation,
    Probe.PRICES: _prices,
    Probe.CONTINUITY: _continuity,
    Probe.WAITS: _waits,
    Probe.SUBCONTRACTING: _subcontracting,
}
