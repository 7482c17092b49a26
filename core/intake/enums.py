from enum import nonmember

from django.db import models


class RunState(models.TextChoices):
    QUEUED = "queued", "wacht"
    RUNNING = "running", "bezig"
    DONE = "done", "verwerkt"
    FAILED = "failed", "mislukt"
    CANCELLED = "cancelled", "geannuleerd"
    UNDONE = "undone", "ongedaan gemaakt"

    OPEN = nonmember(("queued", "running"))
    MERGED = nonmember(("done", "undone"))

    @property
    def tone(self) -> str:
        """How the state feels; see core.ui.Tone."""
        return _TONES[self.value]


class FileState(models.TextChoices):
    READ = "read", "gelezen"
    PARTLY = "partly", "deels gelezen"
    NOT_USED = "not_used", "niet gebruikt"
    REFUSED = "refused", "geweigerd"

    @property
    def tone(self) -> str:
        return _TONES[self.value]


_TONES = {
    "queued": "busy",
    "running": "busy",
    "done": "good",
    "failed": "bad",
    "cancelled": "neutral",
    "undone": "neutral",
    "read": "good",
    "partly": "attention",
    "not_used": "neutral",
    "refused": "bad",
}
