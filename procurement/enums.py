from enum import nonmember

from django.db import models


class ContractKind(models.TextChoices):
    DEVELOPMENT = "development", "ontwikkelovereenkomst"
    RESULT = "result", "resultaatovereenkomst"
    FRAMEWORK = "framework", "raamovereenkomst"


class ContractStatus(models.TextChoices):
    DRAFT = "draft", "concept"
    ACTIVE = "active", "lopend"
    SUSPENDED = "suspended", "opgeschort"
    TERMINATED = "terminated", "opgezegd"
    DISSOLVED = "dissolved", "ontbonden"
    EXPIRED = "expired", "afgelopen"

    LIVE = nonmember(("active", "suspended"))

    @property
    def tone(self) -> str:
        """How this state feels on screen (core.ui.Tone)."""
        return {"active": "good", "draft": "busy", "suspended": "attention"}.get(
            self.value, "neutral"
        )


class PhaseKind(models.TextChoices):
    PREPARATION = "preparation", "voorbereiding"
    TERM = "term", "looptijd"
    EXTENSION = "extension", "verlenging"
