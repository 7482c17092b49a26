"""Choices and the table of states of signals about ceilings (contract standard, art. 1.5)."""

from enum import nonmember

from django.db import models

from core.states import Move, StateTable, register_states
from regions.enums import Role

MANAGERS = (Role.CONTRACT_MANAGER, Role.REGIONAL_ADMIN)


class SignalSource(models.TextChoices):
    FIGURES = "figures", "de declaraties"
    PROVIDER = "provider", "de aanbieder"
    REGION = "region", "de regio"


class CeilingAnswer(models.TextChoices):
    RAISE = "raise", "het plafond gaat omhoog"
    KEEP = "keep", "het plafond blijft; de hulp gaat door binnen het plafond"
    NO_NEW = "no_new", "geen nieuwe jeugdigen; wie hulp krijgt, houdt die"
    ELSEWHERE = "elsewhere", "nieuwe jeugdigen naar andere aanbieders"
    OTHER = "other", "een andere afspraak"


class CeilingState(models.TextChoices):
    SIGNALLED = "signalled", "gesignaleerd"
    INVITED = "invited", "uitgenodigd voor gesprek"
    TALKED = "talked", "besproken"
    DECIDED = "decided", "besloten"
    DROPPED = "dropped", "vervallen"

    OPEN = nonmember(("signalled", "invited", "talked"))
    BEFORE_TALK = nonmember(("signalled", "invited"))

    @property
    def tone(self) -> str:
        return {"signalled": "attention", "decided": "good", "dropped": "neutral"}.get(
            self.value, "busy"
        )


class CeilingLetterKind(models.TextChoices):
    INVITATION = "invitation", "uitnodiging voor gesprek"
    DECISION = "decision", "besluit over het plafond"


_S = CeilingState
CEILING_SIGNAL = register_states(
    StateTable(
        code="ceiling-signal",
        subject="het signaal over het plafond",
        states=CeilingState,
        initial=_S.SIGNALLED,
        moves=(
            Move("invite", "Uitnodigen voor gesprek", (_S.SIGNALLED,), _S.INVITED, MANAGERS),
            Move("talk", "Gesprek is gevoerd", _S.BEFORE_TALK, _S.TALKED, MANAGERS),
            Move("decide", "Besluiten", (_S.TALKED,), _S.DECIDED, MANAGERS, reason=True),
            Move("reopen", "Opnieuw bespreken", (_S.DECIDED,), _S.TALKED, MANAGERS, reason=True),
            Move("drop", "Laten vervallen", _S.OPEN, _S.DROPPED, MANAGERS, reason=True),
        ),
    )
)
