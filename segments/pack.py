"""The segments' part of a pack: what the region buys, in one scheme (key `indeling`)."""

from typing import Any

from core.packs import Node, save_or_complain
from regions.models import Region
from regions.pack import read_notes

from . import pack_products
from .enums import Feed
from .models import (
    DevelopmentTask,
    GoalIndicator,
    IndicatorDefinition,
    Segment,
    SegmentGoal,
    SegmentParticipation,
    SegmentScheme,
    SegmentTrait,
    Target,
)
from .pack_movements import MOVEMENTS
from .pack_words import (
    DIRECTIONS,
    FEEDS,
    FUNDING,
    OF_SEGMENT,
    PARTICIPATIONS,
    POLARITY,
    TARGET_KINDS,
    TRAITS,
)


def read(pack: Node, context: dict[str, Any]) -> None:
    """Puts `scheme`, `segments` (by code) and `indicators` (by code) in the context."""
    region: Region = context["region"]
    context["indicators"] = indicators = {
        d.code: d for d in IndicatorDefinition.objects.filter(region=region).order_by("version")
    }
    for node in pack.items("indicatoren"):
        _read_indicator(node, region, indicators)
    head = pack.get("indeling")
    if head is None:
        return
    scheme = _read_scheme(head, region)
    if scheme is None:
        return
    context["scheme"] = scheme
    segments: dict[str, Segment] = {}
    context["segments"] = segments
    for order, node in enumerate(head.items("segmenten"), 1):
        _read_segment(node, order, scheme, segments, context)
    scope = head.get("omvang")
    if scope is not None:
        scope.only("binnen", "buiten")
        _read_traits(scope, scheme, None, ("binnen", "buiten"))
    _read_traits(head, scheme, None, ("hefbomen",))
    pack_products.read(pack, head, scheme, segments)
    MOVEMENTS.read(head, scheme, context)
    _read_targets(pack, scheme, segments, indicators)


def _read_indicator(node: Node, region: Region, indicators: dict[str, IndicatorDefinition]) -> None:
    node.only("code", "naam", "berekend", "definitie", "eenheid", "gunstig", "bron", "bewaakt_door")
    code = node.text("code", max_length=60)
    row = indicators.get(code) or IndicatorDefinition(region=region, code=code)
    row.name = node.text("naam", max_length=160)
    row.is_computed = node.flag("berekend", True)
    row.definition = node.text("definitie", "")
    row.unit = node.text("eenheid", "")
    row.polarity = node.choice("gunstig", POLARITY, 0)
    row.source = node.text("bron", "")
    guard = node.text("bewaakt_door", "")
    if guard and guard not in indicators:
        node.problem(f"indicator '{guard}' staat niet eerder in de lijst")
    row.guarded_by = indicators.get(guard)
    if save_or_complain(row, node):
        indicators[code] = row


def _read_scheme(node: Node, region: Region) -> SegmentScheme | None:
    node.only(
        "code", "naam", "vanaf", "tot", "omschrijving", "bron", "kanttekeningen", "fasen",
        "categorieen", "segmenten", "omvang", "hefbomen", "bewegingen",
    )  # fmt: skip
    code = node.text("code", max_length=40)
    scheme = SegmentScheme.objects.filter(region=region, code=code).first() or SegmentScheme(
        region=region, code=code
    )
    scheme.name = node.text("naam", max_length=160)
    scheme.description = node.text("omschrijving", "")
    scheme.valid_from, scheme.valid_to = node.day("vanaf"), node.day("tot", None)
    scheme.source = node.text("bron", "")
    scheme.notes = read_notes(node)
    return scheme if save_or_complain(scheme, node) else None


def _read_segment(
    node: Node,
    order: int,
    scheme: SegmentScheme,
    segments: dict[str, Segment],
    context: dict[str, Any],
) -> None:
    node.only(
        "code", "naam", "andere_namen", "omschrijving", "bekostiging", "toelichting_bekostiging",
        "cijfers", "wachtnorm_dagen", "wachtnorm_bron", "hooguit_indicatoren", "bron",
        "kanttekeningen", "doelgroepen",
        "knelpunten", "bijzondere_groepen", "hefbomen", "doelen", "ontwikkelopgaven", "deelname",
    )  # fmt: skip
    code = node.text("code", max_length=20)
    segment = Segment.objects.filter(scheme=scheme, code=code).first() or Segment(
        scheme=scheme, code=code
    )
    segment.order = order
    segment.name = node.text("naam", max_length=160)
    segment.aliases = node.texts("andere_namen")
    segment.definition = node.text("omschrijving", "")
    segment.funding_form = node.choice("bekostiging", FUNDING, "") or ""
    segment.funding_note = node.text("toelichting_bekostiging", "")
    segment.feed = node.choice("cijfers", FEEDS, Feed.MESSAGES)
    segment.wait_norm_days = node.integer("wachtnorm_dagen", None)
    segment.wait_norm_source = node.text("wachtnorm_bron", "")
    segment.indicator_limit = node.integer("hooguit_indicatoren", None)
    segment.source = node.text("bron", "")
    segment.notes = read_notes(node)
    if not save_or_complain(segment, node):
        return
    segments[code] = segment
    _read_traits(node, scheme, segment, OF_SEGMENT)
    _read_goals(node, segment, context["indicators"])
    _read_tasks(node, segment)
    for item in node.items("deelname"):
        _read_participation(item, segment, context["municipalities"])


def _read_traits(
    node: Node, scheme: SegmentScheme, segment: Segment | None, keys: tuple[str, ...]
) -> None:
    for key in keys:
        items = node.items(key)
        rows = SegmentTrait.objects.filter(scheme=scheme, segment=segment, kind=TRAITS[key])
        rows.filter(order__gt=len(items)).delete()
        for order, item in enumerate(items, 1):
            item.only("tekst", "reden", "bron")
            rows.update_or_create(
                scheme=scheme,
                segment=segment,
                kind=TRAITS[key],
                order=order,
                defaults={
                    "text": item.text("tekst"),
                    "reason": item.text("reden", ""),
                    "source": item.text("bron", ""),
                },
            )


def _read_goals(node: Node, segment: Segment, indicators: dict[str, IndicatorDefinition]) -> None:
    for order, item in enumerate(node.items("doelen"), 1):
        goal = _read_goal(item, segment, None, order, indicators)
        for sub_order, sub in enumerate(item.items("subdoelen"), 1):
            _read_goal(sub, segment, goal, sub_order, indicators)


def _read_goal(
    node: Node,
    segment: Segment,
    parent: SegmentGoal | None,
    order: int,
    indicators: dict[str, IndicatorDefinition],
) -> SegmentGoal | None:
    node.only("nummer", "tekst", "indicatoren", "geen_cijfer", "subdoelen", "bron")
    number = node.text("nummer", max_length=10)
    goal = SegmentGoal.objects.filter(segment=segment, number=number).first() or SegmentGoal(
        segment=segment, number=number
    )
    goal.parent, goal.order = parent, order
    goal.text = node.text("tekst")
    goal.no_figure_reason = node.text("geen_cijfer", "")
    goal.source = node.text("bron", "")
    if not node.items("indicatoren") and not goal.no_figure_reason and parent is None:
        node.problem("noem de indicatoren van dit doel, of zeg onder 'geen_cijfer' waarom niet")
    if not save_or_complain(goal, node):
        return None
    for place, item in enumerate(node.items("indicatoren"), 1):
        code = item.as_text()
        if code not in indicators:
            item.problem(f"indicator '{code}' staat niet bij 'indicatoren'")
            continue
        GoalIndicator.objects.update_or_create(
            goal=goal, indicator=indicators[code], defaults={"order": place}
        )
    return goal


def _read_tasks(node: Node, segment: Segment) -> None:
    items = node.items("ontwikkelopgaven")
    segment.development_tasks.filter(order__gt=len(items)).delete()
    for order, item in enumerate(items, 1):
        item.only("tekst", "periode", "bron")
        DevelopmentTask.objects.update_or_create(
            segment=segment,
            order=order,
            defaults={
                "text": item.text("tekst"),
                "period": item.text("periode", ""),
                "source": item.text("bron", ""),
            },
        )


def _read_participation(node: Node, segment: Segment, known: dict[str, Any]) -> None:
    node.only("gemeente", "deelname", "deel", "producten", "bron")
    code = node.text("gemeente")
    if code not in known:
        node.problem(f"gemeente {code} staat niet bij 'gemeenten'")
        return
    row = SegmentParticipation.objects.filter(
        segment=segment, municipality=known[code]
    ).first() or SegmentParticipation(segment=segment, municipality=known[code])
    row.participation = node.choice("deelname", PARTICIPATIONS)
    row.part = node.text("deel", "")
    row.products = node.texts("producten")
    row.source = node.text("bron", "")
    save_or_complain(row, node)


def _read_targets(
    pack: Node,
    scheme: SegmentScheme,
    segments: dict[str, Segment],
    indicators: dict[str, IndicatorDefinition],
) -> None:
    for node in pack.items("streefwaarden"):
        node.only(
            "indicator", "segment", "categorie", "soort", "waarde", "ten_opzichte_van_basisjaar",
            "richting", "basisjaar", "doeljaar", "circa", "aanname", "tekst", "bron",
        )  # fmt: skip
        code, segment = node.text("indicator"), node.text("segment", "")
        if code not in indicators:
            node.problem(f"indicator '{code}' staat niet bij 'indicatoren'")
            continue
        if segment and segment not in segments:
            node.problem(f"segment '{segment}' staat niet in de indeling")
            continue
        key = {
            "scheme": scheme,
            "indicator": indicators[code],
            "segment": segments.get(segment),
            "category": node.text("categorie", ""),
            "target_year": node.integer("doeljaar", None),
        }
        target = Target.objects.filter(**key).first() or Target(**key)
        _fill_target(target, node)
        save_or_complain(target, node)


def _fill_target(target: Target, node: Node) -> None:
    target.kind = node.choice("soort", TARGET_KINDS)
    target.value = node.number("waarde", None)
    target.is_relative = node.flag("ten_opzichte_van_basisjaar")
    target.direction = node.choice("richting", DIRECTIONS, "") or ""
    target.base_year = node.integer("basisjaar", None)
    target.circa = node.flag("circa")
    target.is_assumption = node.flag("aanname")
    target.text = node.text("tekst", "", max_length=300)
    target.source = node.text("bron", "")
