"""What a search for patterns may say of a cell."""

from django.db import models


class Finding(models.TextChoices):
    """`OPEN` is a pattern in a figure that has no better side."""

    CONVERSATION = "conversation", "reden voor een gesprek"
    PRAISE = "praise", "valt gunstig op"
    OPEN = "open", "valt op"
    NOISE = "noise", "kan toeval zijn"

    @property
    def tone(self) -> str:
        return {"conversation": "attention", "praise": "good", "open": "busy"}.get(
            self.value, "neutral"
        )
