"""Choices and the table of states of check-lists: is a contract or plan as a standard asks."""

from enum import nonmember

from django.db import models

from core.states import Move, StateTable, register_states
from regions.enums import Role

CHECKERS = (Role.CONTRACT_MANAGER, Role.REGIONAL_ADMIN, Role.POLICY_OFFICER)


class StandardSubject(models.TextChoices):
    CONTRACT = "contract", "contract"
    PLAN = "plan", "plan"


class Probe(models.TextChoices):
    """What the site can look up itself for a point about a contract."""

    EXTENSION = "extension", "verlenging op tijd aangekondigd"
    LONG_TERM = "long_term", "looptijd gemotiveerd"
    REVISION = "revision", "gewijzigd met een addendum"
    CEILING = "ceiling", "plafond met signaal"
    INDEXATION = "indexation", "indexering op loon en materieel"
    PRICES = "prices", "opbouw van de tarieven"
    CONTINUITY = "continuity", "jaarcijfers van de aanbieder"
    WAITS = "waits", "wachttijden opgegeven"
    SUBCONTRACTING = "subcontracting", "afspraak over onderaannemers"


class Verdict(models.TextChoices):
    OPEN = "open", "nog niet beoordeeld"
    MET = "met", "voldoet"
    NOT_MET = "not_met", "voldoet niet"
    NOT_APPLICABLE = "not_applicable", "niet van toepassing"

    @property
    def tone(self) -> str:
        return {"met": "good", "not_met": "bad"}.get(self.value, "neutral")


class CheckState(models.TextChoices):
    OPEN = "open", "in behandeling"
    SETTLED = "settled", "vastgesteld"
    DROPPED = "dropped", "vervallen"

    LIVE = nonmember(("open", "settled"))

    @property
    def tone(self) -> str:
        return {"open": "busy", "settled": "good"}.get(self.value, "neutral")


_S = CheckState
COMPLIANCE_CHECK = register_states(
    StateTable(
        code="compliance-check",
        subject="de nalevingstoets",
        states=CheckState,
        initial=_S.OPEN,
        moves=(
            Move("settle", "Vaststellen", (_S.OPEN,), _S.SETTLED, CHECKERS),
            Move("reopen", "Weer openen", (_S.SETTLED,), _S.OPEN, CHECKERS, reason=True),
            Move("drop", "Laten vervallen", (_S.OPEN,), _S.DROPPED, CHECKERS, reason=True),
        ),
    )
)
