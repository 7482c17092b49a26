"""Choices and the table of states of transition plans (document 002, L918-919)."""

from enum import nonmember

from django.db import models

from core.states import Move, StateTable, register_states
from regions.enums import Role

MANAGERS = (Role.CONTRACT_MANAGER, Role.REGIONAL_ADMIN)


class TransitionReason(models.TextChoices):
    NOT_AGAIN = "not_again", "niet opnieuw gecontracteerd"
    ENDED = "ended", "contract opgezegd of ontbonden"
    PHASE_OUT = "phase_out", "geleidelijke uitfasering"
    PRODUCT = "product", "product uit het aanbod"
    STOPS = "stops", "aanbieder stopt"


class TransitionState(models.TextChoices):
    DRAFT = "draft", "concept"
    RUNNING = "running", "in uitvoering"
    DONE = "done", "afgerond"
    DROPPED = "dropped", "vervallen"

    SHARED = nonmember(("running", "done"))

    @property
    def tone(self) -> str:
        return {"running": "busy", "done": "good"}.get(self.value, "neutral")


_T = TransitionState
TRANSITION = register_states(
    StateTable(
        code="transition",
        subject="het overgangsplan",
        states=TransitionState,
        initial=_T.DRAFT,
        moves=(
            Move("start", "Beginnen", (_T.DRAFT,), _T.RUNNING, MANAGERS),
            Move("finish", "Afronden", (_T.RUNNING,), _T.DONE, MANAGERS),
            Move("reopen", "Weer openen", (_T.DONE,), _T.RUNNING, MANAGERS, reason=True),
            Move(
                "drop", "Laten vervallen", (_T.DRAFT, _T.RUNNING), _T.DROPPED, MANAGERS,
                reason=True,
            ),
        ),
    )
)  # fmt: skip
