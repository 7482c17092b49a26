"""Choices of interpreting together and judging, and the table of a session."""

from django.db import models

from core.states import Move, StateTable, register_states
from regions.enums import Role

# Who prepares and leads a session, and who judges. Providers and users speak, they do not judge.
LEADERS = (Role.CONTRACT_MANAGER, Role.POLICY_OFFICER, Role.REGIONAL_ADMIN)


class SessionState(models.TextChoices):
    PREPARING = "preparing", "in voorbereiding"
    READING = "reading", "duiding"
    JUDGING = "judging", "oordeel"
    CONCLUDED = "concluded", "vastgesteld"

    @property
    def tone(self) -> str:
        return {"preparing": "neutral", "concluded": "good"}.get(self.value, "busy")


class Perspective(models.TextChoices):
    """Whose eyes the figures are read with (003:L544: municipalities, providers, users)."""

    MUNICIPALITY = "municipality", "gemeente"
    ACCESS = "access", "toegang"
    PROVIDER = "provider", "aanbieder"
    YOUTH = "youth", "jeugdigen"
    PARENT = "parent", "ouders"
    REFERRER = "referrer", "verwijzer"


# The perspectives that people of a municipality and of a provider write themselves.
OF_ACCESS = (Perspective.ACCESS, Perspective.MUNICIPALITY, Perspective.REFERRER)
OF_PROVIDERS = (Perspective.PROVIDER,)


class Verdict(models.TextChoices):
    ON_COURSE = "on_course", "op koers"
    ATTENTION = "attention", "vraagt aandacht"
    OFF_COURSE = "off_course", "uit koers"
    UNKNOWN = "unknown", "niet te zeggen"

    @property
    def tone(self) -> str:
        return {"on_course": "good", "attention": "attention", "off_course": "bad"}.get(
            self.value, "neutral"
        )


SESSION = register_states(
    StateTable(
        code="interpretation",
        subject="de duiding",
        states=SessionState,
        initial=SessionState.PREPARING,
        moves=(
            Move("freeze", "Cijfers vastzetten", (SessionState.PREPARING,),
                 SessionState.READING, LEADERS),
            Move("release", "Cijfers loslaten", (SessionState.READING,),
                 SessionState.PREPARING, LEADERS, reason=True),
            Move("judge", "Naar het oordeel", (SessionState.READING,),
                 SessionState.JUDGING, LEADERS),
            Move("resume", "Terug naar de duiding", (SessionState.JUDGING,),
                 SessionState.READING, LEADERS, reason=True),
            Move("conclude", "Oordeel vaststellen", (SessionState.JUDGING,),
                 SessionState.CONCLUDED, LEADERS),
            Move("reopen", "Oordeel heropenen", (SessionState.CONCLUDED,),
                 SessionState.JUDGING, LEADERS, reason=True),
        ),
    )
)  # fmt: skip
