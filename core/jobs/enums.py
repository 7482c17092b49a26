from enum import nonmember

from django.db import models


class JobState(models.TextChoices):
    QUEUED = "queued", "in de wachtrij"
    RUNNING = "running", "bezig"
    DONE = "done", "klaar"
    FAILED = "failed", "mislukt"
    CANCELLED = "cancelled", "geannuleerd"

    OPEN = nonmember(("queued", "running"))
    ENDED = nonmember(("done", "failed", "cancelled"))

    @property
    def tone(self) -> str:
        """How this state feels on screen (core.ui.Tone)."""
        return {
            "queued": "neutral",
            "running": "busy",
            "done": "good",
            "failed": "bad",
            "cancelled": "attention",
        }[self.value]
