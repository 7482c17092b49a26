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


class LookFor(models.TextChoices):
    """What somebody looks at rows of single clients for."""

    AMOUNT = "amount", "Een bedrag of een regel nagaan"
    DEVIATION = "deviation", "Een afwijking in declaraties behandelen"
    PROVIDER = "provider", "Een vraag van een aanbieder beantwoorden"
    MUNICIPALITY = "municipality", "Een vraag van een gemeente beantwoorden"
    AUDIT = "audit", "Controle door of voor de accountant"
    FAULT = "fault", "Een fout in aangeleverde gegevens zoeken"
    OTHER = "other", "Iets anders"


# Ages at the start of care: from and to (half-open) in years. A trajectory may not tell it.
AGE_GROUPS: dict[str, tuple[int, int | None]] = {
    "0-5": (0, 6),
    "6-11": (6, 12),
    "12-17": (12, 18),
    "18+": (18, None),
}

# COD327: who referred.
REFERRER_NAMES = {
    "01": "gemeente",
    "02": "huisarts",
    "03": "jeugdarts",
    "04": "gecertificeerde instelling",
    "05": "medisch specialist",
    "06": "zelf of geen verwijzer",
    "08": "rechter, officier van justitie of justitiële inrichting",
}
