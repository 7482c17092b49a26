"""Choices of risks and chances, of local teams, and of what is tried and learned."""

from django.db import models

from core.states import Move, StateTable, register_states
from regions.enums import Role

from .interpretation import LEADERS


class RiskKind(models.TextChoices):
    RISK = "risk", "risico"
    CHANCE = "chance", "kans"


class RiskState(models.TextChoices):
    OPEN = "open", "open"
    ACCEPTED = "accepted", "aanvaard"
    CLOSED = "closed", "afgesloten"

    @property
    def tone(self) -> str:
        return {"open": "busy", "accepted": "attention"}.get(self.value, "neutral")


class Trend(models.TextChoices):
    """How a risk or chance moved between its last two assessments."""

    UP = "up", "groter"
    SAME = "same", "gelijk"
    DOWN = "down", "kleiner"
    NEW = "new", "eerste inschatting"
    NONE = "none", "nog niet ingeschat"


RISK = register_states(
    StateTable(
        code="risk",
        subject="het risico of de kans",
        states=RiskState,
        initial=RiskState.OPEN,
        moves=(
            Move("accept", "Aanvaarden zonder meer maatregelen", (RiskState.OPEN,),
                 RiskState.ACCEPTED, LEADERS, reason=True),
            Move("close", "Afsluiten", (RiskState.OPEN, RiskState.ACCEPTED), RiskState.CLOSED,
                 LEADERS, reason=True),
            Move("reopen", "Heropenen", (RiskState.ACCEPTED, RiskState.CLOSED), RiskState.OPEN,
                 LEADERS, reason=True),
        ),
    )
)  # fmt: skip


class FeatureGroup(models.TextChoices):
    """The three groups of the guiding framework for local teams (003:L264-285)."""

    NEARBY = "nearby", "dichtbij"
    WHOLE = "whole", "integraal"
    MANDATE = "mandate", "met mandaat"


class AssessmentState(models.TextChoices):
    DRAFT = "draft", "concept"
    HANDED_IN = "handed_in", "ingediend"


class Score(models.IntegerChoices):
    NOT_YET = 1, "nog niet"
    BEGUN = 2, "begonnen"
    LARGELY = 3, "grotendeels"
    FULLY = 4, "helemaal"

    @property
    def tone(self) -> str:
        return {1: "bad", 2: "attention", 3: "busy", 4: "good"}[self.value]


ASSESSORS = (Role.ACCESS_TEAM, Role.POLICY_OFFICER, Role.REGIONAL_ADMIN)
SELF_ASSESSMENT = register_states(
    StateTable(
        code="self_assessment",
        subject="de zelfbeoordeling",
        states=AssessmentState,
        initial=AssessmentState.DRAFT,
        moves=(
            Move("hand_in", "Indienen", (AssessmentState.DRAFT,), AssessmentState.HANDED_IN,
                 ASSESSORS),
            Move("take_back", "Terugnemen", (AssessmentState.HANDED_IN,), AssessmentState.DRAFT,
                 ASSESSORS, reason=True),
        ),
    )
)  # fmt: skip


class InquiryState(models.TextChoices):
    OPEN = "open", "te onderzoeken"
    EXAMINING = "examining", "wordt onderzocht"
    SPREAD = "spread", "wordt verspreid"
    KEPT = "kept", "blijft bij één"
    CHANCE = "chance", "toeval of eenmalig"

    @property
    def tone(self) -> str:
        return {"open": "attention", "examining": "busy", "spread": "good"}.get(
            self.value, "neutral"
        )


_UNDER_WAY = (InquiryState.OPEN, InquiryState.EXAMINING)
_DECIDED = (InquiryState.SPREAD, InquiryState.KEPT, InquiryState.CHANCE)

# 004:L982-983: 'gekeken wat er achter zit zodat dit breed kan worden verankerd'.
INQUIRY = register_states(
    StateTable(
        code="inquiry",
        subject="de verkenning",
        states=InquiryState,
        initial=InquiryState.OPEN,
        moves=(
            Move("examine", "Onderzoeken wat erachter zit", (InquiryState.OPEN,),
                 InquiryState.EXAMINING, LEADERS),
            Move("spread", "Verspreiden", (InquiryState.EXAMINING,), InquiryState.SPREAD,
                 LEADERS, reason=True),
            Move("keep", "Niet te verspreiden", (InquiryState.EXAMINING,), InquiryState.KEPT,
                 LEADERS, reason=True),
            Move("by_chance", "Toeval of eenmalig", _UNDER_WAY, InquiryState.CHANCE, LEADERS,
                 reason=True),
            Move("reopen", "Opnieuw onderzoeken", _DECIDED, InquiryState.EXAMINING, LEADERS,
                 reason=True),
        ),
    )
)  # fmt: skip


class InitiativeKind(models.TextChoices):
    TASK = "task", "ontwikkelopgave"
    PILOT = "pilot", "pilot"
    FUND = "fund", "innovatiefonds"


class InitiativeState(models.TextChoices):
    PLANNED = "planned", "voorgenomen"
    RUNNING = "running", "loopt"
    EVALUATING = "evaluating", "wordt beoordeeld"
    STOPPED = "stopped", "gestopt"
    CONTINUED = "continued", "gaat door"
    SPREAD = "spread", "wordt verspreid"

    @property
    def tone(self) -> str:
        return {
            "planned": "neutral", "evaluating": "attention", "continued": "good", "spread": "good",
            "stopped": "neutral",
        }.get(self.value, "busy")  # fmt: skip


_EVALUATING = (InitiativeState.EVALUATING,)
INITIATIVE = register_states(
    StateTable(
        code="initiative",
        subject="het initiatief",
        states=InitiativeState,
        initial=InitiativeState.PLANNED,
        moves=(
            Move("start", "Beginnen", (InitiativeState.PLANNED,), InitiativeState.RUNNING, LEADERS),
            Move("evaluate", "Beoordelen", (InitiativeState.RUNNING,), InitiativeState.EVALUATING,
                 LEADERS),
            Move("stop", "Stoppen", (InitiativeState.PLANNED, InitiativeState.RUNNING,
                                     InitiativeState.EVALUATING),
                 InitiativeState.STOPPED, LEADERS, reason=True),
            Move("continue", "Doorgaan", _EVALUATING, InitiativeState.CONTINUED, LEADERS,
                 reason=True),
            Move("spread", "Verspreiden", _EVALUATING, InitiativeState.SPREAD, LEADERS,
                 reason=True),
            Move("resume", "Opnieuw beginnen", (InitiativeState.STOPPED,
                                                InitiativeState.CONTINUED, InitiativeState.SPREAD),
                 InitiativeState.RUNNING, LEADERS, reason=True),
        ),
    )
)  # fmt: skip
