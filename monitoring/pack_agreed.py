"""Agreed sets of indicators in a pack: those of a segment as a whole.

What was agreed with one provider belongs to its contract, not to a framework. A pack undoes
nothing: a segment that has a set keeps it.
"""

from typing import Any

from core.packs import Node
from core.packs.listing import Choice, Context, Day, Entry, Flag, Listing, Number, Ref, Whole
from procurement.models import SchemePhase
from segments.enums import TargetDirection, TargetKind

from .enums.agreed import Frequency, Supplier, VersionState
from .models import AgreedIndicator, AgreedSet, AgreedTarget, AgreedVersion

KEY = "afgesproken_sets"
STANDS = {"concept": VersionState.DRAFT, "afgesproken": VersionState.AGREED}
SOURCE = Entry("bron", "source")


def _phase(context: Context, word: str) -> SchemePhase | None:
    rows = SchemePhase.objects.filter(scheme__region=context["region"], name=word)
    return rows.order_by("-scheme__valid_from").first()


def listing(find_indicator: Any, find_goal: Any, goal_name: Any) -> Listing:
    """`indicatoren` below a version, with their `streefwaarden`."""
    targets = Listing(
        "streefwaarden", AgreedTarget, "agreed",
        (
            Whole("jaar", "year"), Ref("fase", "phase", find=_phase, name=lambda one: one.name),
            Choice("soort", "kind", of=TargetKind, required=True), Number("waarde", "value"),
            Choice("richting", "direction", of=TargetDirection), Flag("aanname", "assumed"),
            Entry("tekst", "text"),
        ),
        identity=("year", "phase"),
    )  # fmt: skip
    return Listing(
        "indicatoren", AgreedIndicator, "version",
        (
            Ref("indicator", "indicator", required=True, find=find_indicator,
                name=lambda one: one.code),
            Ref("doel", "goal", find=find_goal, name=goal_name), Entry("waarom", "why"),
            Entry("hoe_gemeten", "in_numbers"), Entry("in_woorden", "in_words"),
            Choice("hoe_vaak", "frequency", of=Frequency, required=True),
            Choice("wie_levert", "supplier", of=Supplier, required=True),
            Entry("bepaling", "clause_text"),
            Ref("bewaakt_door", "guard", find=find_indicator, name=lambda one: one.code),
            Entry("bewaking", "guard_note"), Number("nulmeting", "baseline"),
            Day("nulmeting_van", "baseline_on"), Flag("nulmeting_is_aanname", "baseline_assumed"),
            Entry("bij_nulmeting", "baseline_note"), SOURCE,
        ),
        identity=("indicator",), counter="order", children=(targets,),
    )  # fmt: skip


def read(pack: Node, context: Context, rows: Listing, find_segment: Any) -> None:
    for node in pack.items(KEY):
        node.only(
            "segment", "toelichting", "stand", "geldt_vanaf", "afgesproken_op", "met_wie", "bron",
            "indicatoren",
        )  # fmt: skip
        word = node.text("segment")
        segment = find_segment(context, word)
        if segment is None:
            node.problem(f"'{word}' bij 'segment' is niet bekend")
            continue
        state = node.choice("stand", STANDS, VersionState.DRAFT)
        dates = {"holds_from": node.day("geldt_vanaf", None)}
        dates["agreed_on"] = node.day("afgesproken_op", None)
        if state == VersionState.AGREED and None in dates.values():
            node.problem("een afgesproken set heeft 'geldt_vanaf' en 'afgesproken_op'")
            continue
        about = {"region": context["region"], "segment": segment, "provider": None}
        made, is_new = AgreedSet.objects.get_or_create(
            **about, contract=None,
            defaults={"note": node.text("toelichting", ""), "source": node.text("bron", "")},
        )  # fmt: skip
        if not is_new:
            continue
        version = AgreedVersion.objects.create(
            agreed_set=made, number=1, agreed_with=node.text("met_wie", ""), **dates
        )
        rows.read(node, version, context)
        AgreedVersion.objects.filter(pk=version.pk).update(state=state)


def write(context: Context, rows: Listing, segment_name: Any) -> list[dict[str, Any]]:
    """The newest version of every set of a segment as a whole, in the scheme that is written."""
    scheme = context.get("scheme")
    found = AgreedSet.objects.filter(region=context["region"], provider__isnull=True)
    written = []
    for one in found.filter(segment__scheme=scheme).order_by("segment__order"):
        version = one.versions.order_by("-number").first()
        if version is not None:
            written.append(_written(one, version, rows, segment_name))
    return written


def _written(
    one: AgreedSet, version: AgreedVersion, rows: Listing, segment_name: Any
) -> dict[str, Any]:
    day = {
        "geldt_vanaf": version.holds_from, "afgesproken_op": version.agreed_on,
    }  # fmt: skip
    stand = next(word for word, state in STANDS.items() if state == version.state)
    return {
        "segment": segment_name(one.segment), "toelichting": one.note, "stand": stand,
        **{word: value.isoformat() for word, value in day.items() if value},
        "met_wie": version.agreed_with, "indicatoren": rows.write(version), "bron": one.source,
    }  # fmt: skip
