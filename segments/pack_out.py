"""The segments of a region as their part of a pack: what `pack.read` takes in."""

from datetime import date
from typing import Any

from regions.models import Region
from regions.pack import filled, write_notes

from . import pack_products
from .enums import TraitKind
from .models import (
    IndicatorDefinition,
    Segment,
    SegmentGoal,
    SegmentScheme,
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


def write(context: dict[str, Any]) -> dict[str, Any]:
    """The scheme named by `scheme_code`, else the newest; puts `scheme` in the context."""
    region: Region = context["region"]
    schemes = SegmentScheme.objects.filter(region=region)
    if context.get("scheme_code"):
        schemes = schemes.filter(code=context["scheme_code"])
    scheme = schemes.order_by("-valid_from").first()
    context["scheme"] = scheme
    data: dict[str, Any] = {"indicatoren": _write_indicators(region)}
    if scheme is not None:
        data["indeling"] = _write_scheme(scheme)
        data["producten"] = pack_products.write(scheme)
        data["streefwaarden"] = [_write_target(t) for t in scheme.targets.all()]
    return filled(data)


def _word(options: dict[str, Any], value: Any) -> str:
    return next((word for word, known in options.items() if known == value), "")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _write_indicators(region: Region) -> list[dict[str, Any]]:
    rows = IndicatorDefinition.objects.filter(region=region).select_related("guarded_by")
    ordered = sorted(rows, key=lambda d: (d.guarded_by_id is not None, d.code))
    return [
        filled(
            {
                "code": d.code,
                "naam": d.name,
                "definitie": d.definition,
                "eenheid": d.unit,
                "gunstig": _word(POLARITY, d.polarity),
                "bron": d.source,
                "bewaakt_door": d.guarded_by.code if d.guarded_by else "",
            }
        )
        | ({} if d.is_computed else {"berekend": False})
        for d in ordered
    ]


def _write_scheme(scheme: SegmentScheme) -> dict[str, Any]:
    scope = {
        key: _write_traits(scheme.traits.filter(segment=None, kind=TRAITS[key]))
        for key in ("binnen", "buiten")
    }
    return filled(
        {
            "code": scheme.code,
            "naam": scheme.name,
            "vanaf": _iso(scheme.valid_from),
            "tot": _iso(scheme.valid_to),
            "omschrijving": scheme.description,
            "bron": scheme.source,
            "kanttekeningen": write_notes(scheme.notes),
            "categorieen": pack_products.write_categories(scheme),
            "segmenten": [_write_segment(s) for s in scheme.segments.all()],
            "omvang": filled(scope),
            "hefbomen": _write_traits(scheme.traits.filter(segment=None, kind=TraitKind.LEVER)),
            "bewegingen": MOVEMENTS.write(scheme),
        }
    )


def _write_traits(rows: Any) -> list[dict[str, Any]]:
    return [filled({"tekst": t.text, "reden": t.reason, "bron": t.source}) for t in rows]


def _write_segment(segment: Segment) -> dict[str, Any]:
    traits = {key: _write_traits(segment.traits.filter(kind=TRAITS[key])) for key in OF_SEGMENT}
    return filled(
        {
            "code": segment.code,
            "naam": segment.name,
            "andere_namen": segment.aliases,
            "omschrijving": segment.definition,
            "bekostiging": _word(FUNDING, segment.funding_form),
            "toelichting_bekostiging": segment.funding_note,
            "cijfers": _word(FEEDS, segment.feed),
            "wachtnorm_dagen": segment.wait_norm_days,
            "wachtnorm_bron": segment.wait_norm_source,
            "hooguit_indicatoren": segment.indicator_limit,
            "bron": segment.source,
            "kanttekeningen": write_notes(segment.notes),
            **traits,
            "doelen": [_write_goal(g) for g in segment.goals.filter(parent=None)],
            "ontwikkelopgaven": [
                filled({"tekst": t.text, "periode": t.period, "bron": t.source})
                for t in segment.development_tasks.all()
            ],
            "deelname": [
                filled(
                    {
                        "gemeente": p.municipality.gm_code,
                        "deelname": _word(PARTICIPATIONS, p.participation),
                        "deel": p.part,
                        "producten": p.products,
                        "bron": p.source,
                    }
                )
                for p in segment.participations.select_related("municipality")
            ],
        }
    )


def _write_goal(goal: SegmentGoal) -> dict[str, Any]:
    return filled(
        {
            "nummer": goal.number,
            "tekst": goal.text,
            "indicatoren": [link.indicator.code for link in goal.indicators.all()],
            "geen_cijfer": goal.no_figure_reason,
            "bron": goal.source,
            "subdoelen": [_write_goal(sub) for sub in goal.sub_goals.all()],
        }
    )


def _write_target(target: Target) -> dict[str, Any]:
    return filled(
        {
            "indicator": target.indicator.code,
            "segment": target.segment.code if target.segment else "",
            "categorie": target.category,
            "soort": _word(TARGET_KINDS, target.kind),
            "waarde": str(target.value.normalize()) if target.value is not None else None,
            "ten_opzichte_van_basisjaar": target.is_relative,
            "richting": _word(DIRECTIONS, target.direction) if target.direction else "",
            "basisjaar": target.base_year,
            "doeljaar": target.target_year,
            "circa": target.circa,
            "aanname": target.is_assumption,
            "tekst": target.text,
            "bron": target.source,
        }
    )
