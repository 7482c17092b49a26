"""Choices of the agreed set of indicators, and the table of its versions."""

from django.db import models

from core.states import Move, StateTable, register_states

from .interpretation import LEADERS


class Frequency(models.TextChoices):
    QUARTER = "quarter", "elk kwartaal"
    HALF_YEAR = "half_year", "elk halfjaar"
    YEAR = "year", "elk jaar"
    CONTINUOUS = "continuous", "doorlopend"


class Supplier(models.TextChoices):
    """Who delivers the figure."""

    MESSAGES = "messages", "volgt uit het berichtenverkeer"
    PROVIDER = "provider", "aanbieder"
    ACCESS = "access", "toegang"
    REGION = "region", "regionale organisatie"


class VersionState(models.TextChoices):
    DRAFT = "draft", "concept"
    AGREED = "agreed", "afgesproken"

    @property
    def tone(self) -> str:
        return {"draft": "busy", "agreed": "good"}[self.value]


# What was agreed is not taken back: a change is a new version (003:L540).
AGREED_VERSION = register_states(
    StateTable(
        code="agreed_version",
        subject="de afgesproken set",
        states=VersionState,
        initial=VersionState.DRAFT,
        moves=(
            Move("agree", "Vaststellen als afgesproken", (VersionState.DRAFT,),
                 VersionState.AGREED, LEADERS),
        ),
    )
)  # fmt: skip
