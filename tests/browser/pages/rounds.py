"""Pages of rounds: what providers deliver themselves."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from core import clock
from core.periods import HalfYear
from monitoring.domain.rounds.answering import Given, deliver
from monitoring.domain.rounds.asking import ask_round, prepare_round
from regions.enums import Role
from segments.models import IndicatorDefinition
from tests.browser.world import World
from tests.factories import Made

from . import STAFF, Row
from .cases import with_move

FOLLOWERS = STAFF | {Role.PROVIDER}
MANAGERS = frozenset({Role.CONTRACT_MANAGER, Role.REGIONAL_ADMIN})


def fill(world: World) -> None:
    """One round that was answered, and one that waits for the provider."""
    for made in (world.north, world.south):
        last = HalfYear.of(clock.today()).previous()
        theirs = [_asked(made, half) for half in (last.previous(), last)]
        question = theirs[0].round.questions.get()
        deliver(
            delivery=theirs[0],
            given=[Given(question, Decimal(30), Decimal(40), "Vragenlijst in mei.")],
            by=made.users[Role.PROVIDER],
        )
        world.extra[f"delivered-{made.region.slug}"] = theirs[0]
        world.extra[f"asked-{made.region.slug}"] = theirs[1]
        coming = _asked(made, last.shift(-2), prepare_round)
        world.extra[f"coming-{made.region.slug}"] = coming
        world.extra[f"round-{made.region.slug}"] = coming.round


def _asked(made: Made, half: HalfYear, ask: Any = ask_round) -> Any:
    definition, _ = IndicatorDefinition.objects.get_or_create(
        region=made.region, code="werkplezier", is_computed=False,
        defaults={"name": "Werkplezier", "unit": "%", "definition": "Cijfer 7 of hoger."},
    )  # fmt: skip
    made_round = ask(
        region=made.region, half_year=half, due_on=clock.today() + timedelta(days=30),
        questions=[(definition, None)], providers=[made.provider],
        by=made.users[Role.CONTRACT_MANAGER],
    )  # fmt: skip
    return made_round.deliveries.get()


def of(which: str) -> Any:
    def words(made: Made, world: World) -> dict[str, Any]:
        return {"pk": world.extra[f"{which}-{made.region.slug}"].pk}

    return words


PAGES = [
    Row("rounds", FOLLOWERS),
    Row("round-ask", MANAGERS),
    Row("round", FOLLOWERS, of("round")),
    Row("round-move", MANAGERS, with_move(of("round"), "open")),
    Row("round-remove", MANAGERS, of("round")),
    Row("delivery-questions", MANAGERS, of("coming")),
    Row("delivery", FOLLOWERS, of("delivered")),
    Row("delivery-answer", frozenset({Role.PROVIDER}), of("asked")),
    Row("delivery-move", MANAGERS, with_move(of("delivered"), "approve")),
]
