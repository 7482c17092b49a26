"""The agreed set of indicators: filled from what is known, agreed, changed by a next version."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from core import clock
from core.errors import DomainError
from core.periods import HalfYear
from segments.enums import TargetDirection, TargetKind
from segments.models import GoalIndicator, IndicatorDefinition, Target

from ...enums import Feed
from ...enums.agreed import AGREED_VERSION, Supplier, VersionState
from ...indicators import find
from ...models import AgreedIndicator, AgreedSet, AgreedTarget, AgreedVersion
from ...presenters import indicator_for, target_text
from ...queries.agreed import set_in_force
from ...queries.figures import newest_set
from ...queries.reading import Where, full_readings
from ...queries.wanted import is_size
from ...rules.steering import check_can_write, region_of
from ..change import NOTHING
from .rows import BEFORE, KEEPING, KEPT, REMOVING, TABLES

COPIED = (
    "goal_id", "why", "in_numbers", "in_words", "frequency", "supplier", "clause_id",
    "clause_text", "guard_id", "guard_note", "baseline", "baseline_on", "baseline_cases",
    "baseline_assumed", "baseline_note", "order", "source",
)  # fmt: skip
NOT_YET = {
    "baseline": None, "baseline_on": None, "baseline_cases": None, "baseline_assumed": False,
    "baseline_note": "",
}  # fmt: skip
TARGET = ("year", "phase_id", "kind", "value", "direction", "assumed", "text")
# A baseline is the last half-year before the start of which there are figures, so far back.
HALVES_BACK = 3
NOT_MEASURED = "Niet te meten: er zijn geen cijfers van voor het begin."


@transaction.atomic
def begin_version(*, agreed_set: AgreedSet, by: Any) -> AgreedVersion:
    """The draft of what changes: the one there is, or a copy of what was agreed last.

    Effects: definitions that have a newer version are taken in that version.
    """
    check_can_write(by, region_of(agreed_set), agreed_set)
    AgreedSet.objects.select_for_update().get(pk=agreed_set.pk)
    draft = agreed_set.versions.filter(state=VersionState.DRAFT).first()
    if draft is not None:
        return draft
    last = agreed_set.versions.order_by("-number").first()
    made = AgreedVersion.objects.create(
        agreed_set=agreed_set, number=last.number + 1 if last else 1
    )
    if last is not None:
        copy_rows(last, made)
    return made


def copy_rows(source: AgreedVersion, to: AgreedVersion, *, same_party: bool = True) -> None:
    """Rows and targets as they stand, by the newest definition.

    A figure under another definition, or of another party, has no baseline yet. What all together
    should reach in number or money is still to be set for one of them; a share holds for each.
    """
    for row in source.rows.select_related("indicator").prefetch_related("targets"):
        values = {name: getattr(row, name) for name in COPIED}
        definition = newest(row.indicator)
        if definition != row.indicator:
            values |= NOT_YET | {"in_numbers": definition.definition}
        if not same_party:
            values |= NOT_YET | {"clause_id": None}
        copy = AgreedIndicator.objects.create(version=to, indicator=definition, **values)
        copies = [_copied(target, copy) for target in row.targets.all()]
        if not same_party and is_size(indicator_for(copy.indicator.code, copy.indicator)):
            copies = [_to_be_set(one) for one in copies]
        AgreedTarget.objects.bulk_create(copies)


def _copied(target: AgreedTarget, to: AgreedIndicator) -> AgreedTarget:
    return AgreedTarget(agreed=to, **{name: getattr(target, name) for name in TARGET})


def _to_be_set(target: AgreedTarget) -> AgreedTarget:
    if target.kind == TargetKind.NUMBER:
        target.kind, target.value, target.text = TargetKind.TO_BE_SET, None, ""
    return target


def newest(definition: IndicatorDefinition) -> IndicatorDefinition:
    same = IndicatorDefinition.objects.filter(region=definition.region_id, code=definition.code)
    return same.order_by("-version").first() or definition


def _first_version(agreed_set: AgreedSet, by: Any) -> None:
    """A new set begins with what holds for all, else with the indicators of the goals."""
    if agreed_set.versions.exists():
        return
    made = AgreedVersion.objects.create(agreed_set=agreed_set, number=1)
    wider = set_in_force(agreed_set.segment, agreed_set.provider, clock.today())
    if wider is not None and agreed_set.provider_id:
        copy_rows(wider, made, same_party=wider.agreed_set == agreed_set)
    else:
        _from_goals(made)


def _from_goals(version: AgreedVersion) -> None:
    segment = version.agreed_set.segment
    links = GoalIndicator.objects.filter(goal__segment=segment).select_related("goal", "indicator")
    seen: set[str] = set()
    for link in links.order_by("goal__order", "goal__number", "order"):
        if link.indicator.code in seen:
            continue
        seen.add(link.indicator.code)
        definition = newest(link.indicator)
        row = AgreedIndicator.objects.create(
            version=version, indicator=definition, goal=link.goal, why=link.reason,
            in_numbers=measured_by(definition), supplier=supplier_of(definition),
            guard=definition.guarded_by, order=len(seen), source=definition.source,
        )  # fmt: skip
        AgreedTarget.objects.bulk_create(_targets(row))


def measured_by(definition: IndicatorDefinition) -> str:
    known = find(definition.code)
    return definition.definition or (known.definition if known is not None else "")


def supplier_of(definition: IndicatorDefinition) -> Supplier:
    known = find(definition.code)
    computed = definition.is_computed and known is not None and known.feed is not Feed.DELIVERY
    return Supplier.MESSAGES if computed else Supplier.PROVIDER


def _targets(row: AgreedIndicator) -> Iterator[AgreedTarget]:
    """What the region already wants of it in this segment, in the words of an agreement."""
    segment = row.version.agreed_set.segment
    wanted = Target.objects.filter(
        segment=segment, category="", indicator__code=row.indicator.code,
        indicator__region=segment.scheme.region_id,
    )  # fmt: skip
    indicator = indicator_for(row.indicator.code, row.indicator)
    years: set[int | None] = set()
    for target in wanted.order_by("target_year"):
        if target.target_year in years or indicator is None:
            continue
        years.add(target.target_year)
        text = target_text(target, indicator.unit)[:300]
        made = AgreedTarget(
            agreed=row, year=target.target_year, kind=target.kind, value=target.value,
            direction=target.direction, assumed=target.is_assumption, text=target.text,
        )  # fmt: skip
        if target.is_relative and target.value is not None:
            made.kind, made.value, made.text = TargetKind.DIRECTION, None, text
            made.direction = TargetDirection.DOWN if target.value < 0 else TargetDirection.UP
        yield made


def lacking(version: AgreedVersion) -> list[str]:
    """What is still to be said before this can be agreed, per indicator; empty: nothing."""
    rows = list(version.rows.select_related("indicator").prefetch_related("targets"))
    found = [] if rows else ["Kies eerst minstens één indicator."]
    if version.holds_from is None:
        found.append("Vanaf welke dag geldt dit?")
    if version.agreed_on is None:
        found.append("Op welke dag is dit afgesproken?")
    for row in rows:
        lacks = ", ".join(_lacks(row, bool(version.agreed_set.contract_id)))
        if lacks:
            found.append(f"{row}: {lacks}.")
    return found


def _lacks(row: AgreedIndicator, in_contract: bool) -> Iterator[str]:
    if row.goal_id is None and not row.why.strip():
        yield "welk doel dit volgt, of waarom het erbij hoort"
    if not row.in_numbers.strip():
        yield "hoe het gemeten wordt"
    if not row.targets.all():
        yield "een streefwaarde (een getal, een richting of ‘nog te bepalen’)"
    if row.guard_id is None and not row.guard_note.strip():
        yield "welke indicator bewaakt dat er niets anders slechter wordt, of waarom dat niet kan"
    if in_contract and row.clause_id is None and not row.clause_text.strip():
        yield "op welke clausule van het contract dit rust"


def agree(version: AgreedVersion) -> None:
    """Everything said; then every figure that can be measured has its baseline."""
    if found := lacking(version):
        raise DomainError(f"Nog niet af te spreken. {' '.join(found)}", code="afspraak-onvolledig")
    last = AgreedVersion.objects.filter(
        agreed_set=version.agreed_set_id, state=VersionState.AGREED
    ).aggregate(day=Max("holds_from"))["day"]
    if last is not None and version.holds_from is not None and version.holds_from <= last:
        raise DomainError(
            "Een nieuwe versie geldt vanaf een latere dag dan de vorige.", code="versie-niet-later"
        )
    for row in version.rows.filter(baseline__isnull=True).select_related("indicator"):
        measure(row, version.holds_from or clock.today())


def measure(row: AgreedIndicator, start: date) -> None:
    """Write the baseline down: the last half-year before `start` of which there are figures."""
    row.baseline_note = (
        row.baseline_note or "Niet te meten: er zijn geen cijfers van voor het begin."
    )
    segment, provider = row.version.agreed_set.segment, row.version.agreed_set.provider
    where = Where(segment=segment.code, provider=provider.agb_code if provider else "")
    code = row.indicator.code
    half = HalfYear.of(start).previous()
    for _ in range(HALVES_BACK):
        figures = newest_set(segment.scheme.region, half, scheme=segment.scheme)
        found = full_readings(figures, where, [code]).get(code, NOTHING)
        if found.known is not None:
            row.baseline = Decimal(str(round(found.known, 4)))
            row.baseline_on = half.end - timedelta(days=1)
            row.baseline_cases = None if found.denominator is None else int(found.denominator)
            row.baseline_note = f"Gemeten over het {half.title}."
            break
        half = half.previous()
    row.save()


def _keep_set(row: AgreedSet, by: Any) -> None:
    if row.contract is not None:
        row.provider = row.contract.provider
        covered = row.contract.segments.all()
        if covered and row.segment not in covered:
            raise DomainError(
                f"Contract {row.contract.number} gaat niet over {row.segment}.",
                code="segment-niet-in-contract",
            )
    before = AgreedSet.objects.filter(pk=row.pk).first()
    if before is not None and _about(before) != _about(row):
        raise DomainError(
            "Voor wie een set geldt verandert niet. Maak een andere set.", code="set-van-ander"
        )


def _about(row: AgreedSet) -> tuple[Any, ...]:
    return row.segment_id, row.provider_id, row.contract_id


def _keep_version(row: AgreedVersion, by: Any) -> None:
    check_draft(row)
    if row.agreed_on is not None and row.agreed_on > clock.today():
        raise DomainError("De dag van de afspraak ligt nog voor ons.", code="datum-in-toekomst")


def check_draft(version: AgreedVersion) -> None:
    state = AgreedVersion.objects.filter(pk=version.pk).values_list("state", flat=True).first()
    if state == VersionState.AGREED:
        raise DomainError(
            "Dit is afgesproken en blijft staan. Kies ‘Wijzigen in een nieuwe versie’.",
            code="is-afgesproken",
        )


def _keep_indicator(row: AgreedIndicator, by: Any) -> None:
    check_draft(row.version)
    agreed_set = row.version.agreed_set
    if row.goal is not None and row.goal.segment_id != agreed_set.segment_id:
        raise DomainError("Dat doel is van een ander segment.", code="doel-van-ander-segment")
    if row.clause is not None and row.clause.contract_id != agreed_set.contract_id:
        raise DomainError(
            "Die clausule staat in een ander contract. Een clausule past bij een set van dat "
            "contract.",
            code="clausule-van-ander-contract",
        )


def _remove_set(row: AgreedSet) -> None:
    if row.versions.filter(state=VersionState.AGREED).exists():
        raise DomainError(
            "Wat is afgesproken blijft bewaard. Maak een nieuwe versie.", code="is-afgesproken"
        )


TABLES[AgreedVersion] = AGREED_VERSION
BEFORE[AGREED_VERSION.code, "agree"] = agree
KEEPING |= {
    AgreedSet: _keep_set,
    AgreedVersion: _keep_version,
    AgreedIndicator: _keep_indicator,
    AgreedTarget: lambda row, by: check_draft(row.agreed.version),
}
KEPT[AgreedSet] = _first_version
REMOVING |= {
    AgreedSet: _remove_set,
    AgreedVersion: check_draft,
    AgreedIndicator: lambda row: check_draft(row.version),
    AgreedTarget: lambda row: check_draft(row.agreed.version),
}
