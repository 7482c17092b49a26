"""The agreed set of every segment of the demonstration, one changed since, one in a contract.

Which indicators follow a goal is the region's own; targets, days and parties are fictitious.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from core.periods import HalfYear
from monitoring.domain.steering import rows
from monitoring.domain.steering.agreed import begin_version, newest
from monitoring.models import AgreedIndicator, AgreedSet, AgreedTarget, AgreedVersion
from procurement.enums.contracts import ClauseKind
from procurement.models import Clause, Contract
from segments.models import IndicatorDefinition, Segment, SegmentScheme

MOST = 4
# Which indicator shows that another is not bought with something else, and what that would be.
GUARDS = {
    "dropout_rate": ("goal_attainment", "Doorgaan helpt alleen als het doel bereikt wordt."),
    "goal_attainment": ("satisfaction_youth", "Een doel moet ook voor de jeugdige tellen."),
    "duration_p50": ("repeat_care_rate", "Korter is geen winst als jeugdigen terugkomen."),
    "wait_p50": ("dropout_rate", "Snel starten mag niet betekenen dat hulp minder past."),
    "repeat_care_rate": ("duration_p50", "Minder terugkeer mag niet komen door te lange hulp."),
    "spend_per_client": ("goal_attainment", "Goedkoper telt alleen als het resultaat blijft."),
    "stay_share": ("repeat_care_rate", "Minder verblijf mag niet leiden tot meer terugkeer."),
}
NO_GUARD = "Dit telt alleen; het zet niemand aan tot iets wat een ander getal slechter maakt."
WITH = "aanbiedersoverleg, oudersraad en gemeenten (fictief)"
CHANGED = (
    "Na de duiding van het voorjaar is het streven aangescherpt: de eerste stap was sneller "
    "gehaald dan gedacht (fictief)."
)
CLAUSE = "Indicatoren en gesprek over de uitkomst"


@transaction.atomic
def make_agreed(scheme: SegmentScheme, half_year: HalfYear, *, by: Any) -> int:
    """Sets of all segments, agreed a year before the end of `half_year`; once."""
    if AgreedSet.objects.filter(region=scheme.region).exists():
        return 0
    start = half_year.previous().start
    made = [_agreed(segment, start, by) for segment in scheme.segments.all()]
    _again(made[0], half_year.next().start, by)
    contract = Contract.objects.filter(region=scheme.region, segments=made[0].segment).first()
    if contract is not None:
        _in_contract(made[0].segment, contract, half_year.start, by)
    return len(made) + 1


def _agreed(segment: Segment, start: date, by: Any) -> AgreedSet:
    segment.indicator_limit = MOST
    segment.save(update_fields=["indicator_limit"])
    made: AgreedSet = rows.keep(
        row=AgreedSet(region=segment.scheme.region, segment=segment, fictitious=True), by=by
    )
    version = made.versions.get()
    for row in list(version.rows.all())[MOST:]:
        rows.remove(row=row, by=by)
    for row in version.rows.select_related("indicator"):
        _complete(row, start.year + 2, by)
    _agree(version, start, by)
    return made


def _complete(row: AgreedIndicator, year: int, by: Any) -> None:
    code, words = GUARDS.get(row.indicator.code, ("", NO_GUARD))
    guard = IndicatorDefinition.objects.filter(region=row.indicator.region, code=code).first()
    row.guard = newest(guard) if guard else row.guard
    row.guard_note = words if code or row.guard is None else ""
    row.clause_text = "Modelovereenkomst, bijlage indicatoren (fictief)"
    row.in_words = "Wat merken jeugdigen, ouders en verwijzers hiervan?"
    rows.keep(row=row, by=by)
    if not row.targets.exists():
        way = {1: "up", -1: "down"}.get(row.indicator.polarity, "stable")
        target = AgreedTarget(agreed=row, year=year, kind="direction", direction=way, assumed=True)
        rows.keep(row=target, by=by)


def _agree(version: AgreedVersion, start: date, by: Any) -> None:
    version.holds_from = version.agreed_on = start
    version.agreed_with = WITH
    rows.keep(row=version, by=by)
    rows.take(row=version, move="agree", by=by)


def _again(agreed_set: AgreedSet, start: date, by: Any) -> None:
    """A second version: a number where there was only a direction."""
    draft = begin_version(agreed_set=agreed_set, by=by)
    draft.reason = CHANGED
    shares = draft.rows.filter(indicator__unit="aandeel")
    for row in shares.filter(baseline__gt=0, targets__kind="direction").distinct()[:1]:
        target = row.targets.filter(kind="direction")[0]
        factor = Decimal("0.9") if target.direction == "down" else Decimal("1.1")
        target.kind, target.direction, target.text = "number", "", ""
        target.value = round((row.baseline or Decimal(0)) * factor, 2)
        rows.keep(row=target, by=by)
    _agree(draft, start, by)


def _in_contract(segment: Segment, contract: Contract, start: date, by: Any) -> None:
    clause = Clause.objects.create(
        contract=contract, kind=ClauseKind.INDICATOR, title=CLAUSE,
        text="Partijen volgen de indicatoren van de bijlage en bespreken elk halfjaar wat de "
        "cijfers betekenen (fictief).",
    )  # fmt: skip
    made: AgreedSet = rows.keep(
        row=AgreedSet(
            region=segment.scheme.region, segment=segment, contract=contract, fictitious=True
        ),
        by=by,
    )
    version = made.versions.get()
    for row in version.rows.all():
        row.clause = clause
        rows.keep(row=row, by=by)
    _agree(version, start, by)
