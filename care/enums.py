from django.db import models


class MessageState(models.TextChoices):
    """What became of a message as a whole."""

    ACCEPTED = "accepted", "verwerkt"
    COPY = "copy", "al ontvangen"
    CONFLICT = "conflict", "geweigerd: zelfde kenmerk, andere inhoud"
    OUTSIDE = "outside", "geweigerd: gemeente buiten de regio"
    REFUSED = "refused", "geweigerd"
    NOT_USED = "not_used", "niet gebruikt"


class Informant(models.TextChoices):
    """Who answered the questions about outcome."""

    YOUTH = "youth", "jeugdige"
    PARENT = "parent", "ouder"
