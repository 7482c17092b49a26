from typing import Any

from regions.enums import Role
from segments.models import (
    CareCategory,
    DevelopmentTask,
    GoalIndicator,
    IndicatorDefinition,
    Movement,
    ProductPlacement,
    SegmentParticipation,
    SegmentTrait,
    Target,
)
from tests.browser.world import World
from tests.factories import IndicatorDefinitionFactory, Made

from . import EVERYBODY, Row, Words

EDITORS = frozenset({Role.REGIONAL_ADMIN, Role.POLICY_OFFICER})


def fill(world: World) -> None:
    for made in (world.north, world.south):
        scheme, segment = made.scheme, made.segments[0]
        indicator = IndicatorDefinitionFactory(region=made.region)
        IndicatorDefinitionFactory(
            region=made.region, code="medewerkers", name="Tevreden medewerkers", is_computed=False
        )
        GoalIndicator.objects.create(goal=made.goal, indicator=indicator)
        DevelopmentTask.objects.create(segment=segment, text="Vaker thuis helpen", period="2026")
        SegmentTrait.objects.create(
            scheme=scheme, segment=segment, kind="target_group", text="Kinderen tot 12 jaar"
        )
        SegmentTrait.objects.create(scheme=scheme, kind="out_of_scope", text="Dyslexie")
        Movement.objects.create(scheme=scheme, title="Van zwaar naar licht").goals.add(made.goal)
        SegmentParticipation.objects.create(
            segment=segment,
            municipality=made.municipalities[0],
            participation="partial",
            part="alleen dagbehandeling",
        )
        Target.objects.create(
            scheme=scheme, segment=segment, indicator=indicator, kind="to_be_set", source="PvE"
        )


def first(model: Any, **path: str) -> Words:
    """The first row of a model within the region, found along a path of lookups."""
    lookup = path.get("path", "scheme__region")
    extra = {key: value for key, value in path.items() if key != "path"}

    def words(made: Made, world: World) -> dict[str, Any]:
        row = model.objects.filter(**{lookup: made.region}, **extra).order_by("pk").first()
        return {"pk": row.pk}

    return words


def beside_itself(made: Made, world: World) -> dict[str, Any]:
    return {"pk": made.scheme.pk, "form": "pdf"}


def scheme(made: Made, world: World) -> dict[str, Any]:
    return {"pk": made.scheme.pk}


def in_scheme(made: Made, world: World) -> dict[str, Any]:
    return {"scheme": made.scheme.pk}


def segment(made: Made, world: World) -> dict[str, Any]:
    return {"pk": made.segments[0].pk}


def in_segment(made: Made, world: World) -> dict[str, Any]:
    return {"segment": made.segments[0].pk}


def participation(made: Made, world: World) -> dict[str, Any]:
    return {"segment": made.segments[0].pk, "gm_code": made.municipalities[0].gm_code}


def goal(made: Made, world: World) -> dict[str, Any]:
    return {"pk": made.goal.pk}


task = first(DevelopmentTask, path="segment__scheme__region")
link = first(GoalIndicator, path="goal__segment__scheme__region")


def own_indicator(made: Made) -> IndicatorDefinition:
    return IndicatorDefinition.objects.filter(region=made.region, is_computed=False).earliest("pk")


PAGES = [
    Row("segments"),
    Row("segment", EVERYBODY, segment, 404),
    Row("segment-change", EDITORS, segment),
    Row("segment-remove", EDITORS, segment),
    Row("goal-add", EDITORS, in_segment),
    Row("goal-change", EDITORS, goal),
    Row("goal-remove", EDITORS, goal),
    Row("goal-indicator-add", EDITORS, lambda made, world: {"goal": made.goal.pk}),
    Row("goal-indicator-remove", EDITORS, link),
    Row("task-add", EDITORS, in_segment),
    Row("task-change", EDITORS, task),
    Row("task-remove", EDITORS, task),
    Row("trait-add", EDITORS, in_segment),
    Row("scope-add", EDITORS, in_scheme),
    Row("trait-change", EDITORS, first(SegmentTrait)),
    Row("trait-remove", EDITORS, first(SegmentTrait)),
    Row("participation-change", EDITORS, participation),
    Row("scheme-add", EDITORS),
    Row("scheme", EVERYBODY, scheme, 404),
    Row("scheme-beside", EVERYBODY, scheme, 404),
    Row("scheme-beside-file", EVERYBODY, beside_itself, 404, file=True),
    Row("scheme-change", EDITORS, scheme),
    Row("participation", EVERYBODY, scheme, 404),
    Row("placements", EVERYBODY, scheme, 404),
    Row("shares", EVERYBODY, scheme, 404),
    Row("goals", EVERYBODY, scheme, 404),
    Row("segment-add", EDITORS, in_scheme),
    Row("placement-add", EDITORS, in_scheme),
    Row("placement-change", EDITORS, first(ProductPlacement)),
    Row("placement-remove", EDITORS, first(ProductPlacement)),
    Row("category-add", EDITORS, in_scheme),
    Row("category-change", EDITORS, first(CareCategory)),
    Row("category-remove", EDITORS, first(CareCategory)),
    Row("target-add", EDITORS, in_scheme),
    Row("target-change", EDITORS, first(Target)),
    Row("target-remove", EDITORS, first(Target)),
    Row("products"),
    Row("product-add", EDITORS),
    Row("product-change", EDITORS, lambda made, world: {"pk": made.product.pk}),
    Row("own-indicator-add", EDITORS),
    Row(
        "own-indicator-change",
        EDITORS,
        lambda made, world: {"pk": own_indicator(made).pk},
    ),
]
