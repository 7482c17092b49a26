"""Choices of finance, and the life of a budget."""

from enum import nonmember

from django.db import models

from core.states import Move, StateTable, register_states
from regions.enums import Role


class BudgetStatus(models.TextChoices):
    PROPOSED = "proposed", "voorstel"
    ADOPTED = "adopted", "vastgesteld"
    AMENDED = "amended", "gewijzigd vastgesteld"
    DROPPED = "dropped", "ingetrokken"

    # What a council decided; counts before any proposal.
    DECIDED = nonmember(("adopted", "amended"))


class BudgetKind(models.TextChoices):
    """What the money is for; only care in kind is compared with declarations."""

    CARE_IN_KIND = "in_kind", "zorg in natura"
    PERSONAL_BUDGET = "pgb", "persoonsgebonden budget"


class Rounding(models.TextChoices):
    """How precisely a document gives an amount."""

    EXACT = "exact", "precies"
    THOUSANDS = "thousands", "op duizenden"
    MILLIONS = "millions", "op miljoenen"


class MoneyUnit(models.TextChoices):
    EUROS = "euro", "euro"
    MILLIONS = "mln", "miljoen euro"

    @property
    def factor(self) -> int:
        return 1_000_000 if self == MoneyUnit.MILLIONS else 1


class Certainty(models.TextChoices):
    """How firmly a price index stands."""

    STATED = "stated", "staat in het document"
    DERIVED = "derived", "afgeleid"
    ASSUMED = "assumed", "aanname"
    FICTITIOUS = "fictitious", "fictief"


class HalfOf(models.IntegerChoices):
    FIRST = 1, "eerste halfjaar"
    SECOND = 2, "tweede halfjaar"


class IncomeStatus(models.TextChoices):
    ESTIMATE = "estimate", "raming"
    DEFINITE = "definite", "definitief"


class ShiftState(models.TextChoices):
    PROPOSED = "proposed", "voorstel"
    AGREED = "agreed", "afgesproken"
    WITHDRAWN = "withdrawn", "ingetrokken"


class SettlementState(models.TextChoices):
    DRAFT = "draft", "concept"
    SENT = "sent", "voorgelegd aan aanbieder"
    FIXED = "fixed", "vastgesteld"


class KeyState(models.TextChoices):
    PROPOSED = "proposed", "voorstel"
    ADOPTED = "adopted", "vastgesteld"
    WITHDRAWN = "withdrawn", "ingetrokken"


KEEPERS = (Role.REGIONAL_ADMIN, Role.CONTROLLER)

KEY = register_states(
    StateTable(
        code="finance-key",
        subject="De verdeelsleutel",
        states=KeyState,
        initial=KeyState.PROPOSED,
        moves=(
            Move("adopt", "Vaststellen", (KeyState.PROPOSED,), KeyState.ADOPTED,
                 who=KEEPERS, reason=True),
            Move("withdraw", "Intrekken", (KeyState.PROPOSED, KeyState.ADOPTED),
                 KeyState.WITHDRAWN, who=KEEPERS, reason=True),
        ),
    )
)  # fmt: skip


class Driver(models.TextChoices):
    """What a measure changes; the order in which effects are added."""

    INFLOW = "inflow", "instroom"
    DURATION = "duration", "duur"
    INTENSITY = "intensity", "intensiteit"
    PRICE = "price", "prijs"
    MIX = "mix", "verschuiving naar andere zorg"


class MeasureKind(models.TextChoices):
    DEVELOPMENT = "development", "ontwikkeling"
    LEVER = "lever", "hefboom"
    MEASURE = "measure", "maatregel"


class Direction(models.TextChoices):
    """What a measure does to cost, whatever its size."""

    CHEAPER = "cheaper", "verlaagt de kosten"
    DEARER = "dearer", "verhoogt de kosten"


class Sureness(models.TextChoices):
    """How sure the effect of a measure is."""

    AGREED = "agreed", "afgesproken"
    ESTIMATED = "estimated", "geschat"
    ASSUMED = "assumed", "aanname"


class ScenarioState(models.TextChoices):
    DRAFT = "draft", "concept"
    COMPUTED = "computed", "doorgerekend"
    ADOPTED = "adopted", "vastgesteld"
    SUPERSEDED = "superseded", "vervallen"


SCENARIO = register_states(
    StateTable(
        code="finance-scenario",
        subject="Het scenario",
        states=ScenarioState,
        initial=ScenarioState.DRAFT,
        moves=(
            # By the job that computes it; from then on it never changes.
            Move("compute", "Doorrekenen", (ScenarioState.DRAFT,), ScenarioState.COMPUTED),
            Move("adopt", "Vaststellen", (ScenarioState.COMPUTED,), ScenarioState.ADOPTED,
                 who=KEEPERS, reason=True),
            Move("supersede", "Laten vervallen",
                 (ScenarioState.DRAFT, ScenarioState.COMPUTED, ScenarioState.ADOPTED),
                 ScenarioState.SUPERSEDED, who=KEEPERS, reason=True),
        ),
    )
)  # fmt: skip

BUDGET = register_states(
    StateTable(
        code="finance-budget",
        subject="De begroting",
        states=BudgetStatus,
        initial=BudgetStatus.PROPOSED,
        moves=(
            Move("adopt", "Vaststellen", (BudgetStatus.PROPOSED,), BudgetStatus.ADOPTED,
                 who=KEEPERS),
            # A later version than the first.
            Move("amend", "Gewijzigd vaststellen", (BudgetStatus.PROPOSED,), BudgetStatus.AMENDED,
                 who=KEEPERS),
            Move("drop", "Intrekken", (BudgetStatus.PROPOSED,), BudgetStatus.DROPPED,
                 who=KEEPERS, reason=True),
        ),
    )
)  # fmt: skip

SHIFT = register_states(
    StateTable(
        code="finance-shift",
        subject="De verschuiving",
        states=ShiftState,
        initial=ShiftState.PROPOSED,
        moves=(
            Move("agree", "Afspreken", (ShiftState.PROPOSED,), ShiftState.AGREED, who=KEEPERS,
                 reason=True),
            Move("withdraw", "Intrekken", (ShiftState.PROPOSED, ShiftState.AGREED),
                 ShiftState.WITHDRAWN, who=KEEPERS, reason=True),
        ),
    )
)  # fmt: skip

SETTLEMENT = register_states(
    StateTable(
        code="finance-settlement",
        subject="De afrekening",
        states=SettlementState,
        initial=SettlementState.DRAFT,
        moves=(
            Move("send", "Voorleggen aan aanbieder", (SettlementState.DRAFT,),
                 SettlementState.SENT, who=KEEPERS),
            Move("fix", "Vaststellen", (SettlementState.SENT,), SettlementState.FIXED,
                 who=KEEPERS, reason=True),
            Move("back", "Terug naar concept", (SettlementState.SENT,), SettlementState.DRAFT,
                 who=KEEPERS, reason=True),
        ),
    )
)  # fmt: skip
