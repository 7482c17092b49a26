from django.db import models


class Direction(models.TextChoices):
    RECOVERY = "herstel", "herstelgericht"
    SUPPORT = "ondersteuning", "ondersteuningsgericht"


class FundingForm(models.TextChoices):
    """Regeling Jeugdwet art. 1; 'prestatiegericht' (seed 003) is an alias of effort-based."""

    EFFORT_BASED = "effort_based", "inspanningsgericht"
    OUTPUT_BASED = "output_based", "outputgericht"
    TASK_BASED = "task_based", "taakgericht"


class Feed(models.TextChoices):
    """How the figures of a segment come in."""

    MESSAGES = "messages", "berichtenverkeer"
    DELIVERY = "delivery", "aanlevering door aanbieders"


class Participation(models.TextChoices):
    FULL = "full", "volledig"
    PARTIAL = "partial", "gedeeltelijk"
    NONE = "none", "geen"


class TraitKind(models.TextChoices):
    TARGET_GROUP = "target_group", "doelgroep"
    BOTTLENECK = "bottleneck", "knelpunt"
    SPECIAL_GROUP = "special_group", "bijzondere groep"
    IN_SCOPE = "in_scope", "hoort erbij"
    OUT_OF_SCOPE = "out_of_scope", "hoort er niet bij"
    LEVER = "lever", "hefboom voor besparing"

    @property
    def heading(self) -> str:
        """What stands above a list of them."""
        return {
            "target_group": "Doelgroepen",
            "bottleneck": "Knelpunten",
            "special_group": "Bijzondere groepen",
            "lever": "Hefbomen voor besparing",
        }.get(self.value, str(self.label).capitalize())


class MovementKind(models.TextChoices):
    """What a strategy shifts, and apart from it the developments in which it counts the money.

    Several shifts meet in one development, so that an effect is counted once (002:L1172-1173).
    """

    SHIFT = "shift", "beweging"
    COST = "cost", "ontwikkeling van de kosten"


class MoneyEffect(models.TextChoices):
    SAVING = "saving", "besparing"
    INVESTMENT = "investment", "investering"
    NONE = "none", "geen effect op geld"
    NOT_STATED = "not_stated", "niet vermeld"


class TargetKind(models.TextChoices):
    NUMBER = "number", "getal"
    DIRECTION = "direction", "richting"
    TO_BE_SET = "to_be_set", "nog te bepalen"


class TargetDirection(models.TextChoices):
    DOWN = "down", "omlaag"
    UP = "up", "omhoog"
    STABLE = "stable", "gelijk"


class CareUnit(models.TextChoices):
    """In what care is counted (iJw WJ756)."""

    MINUTE = "01", "minuut"
    HOUR = "04", "uur"
    DAY = "14", "etmaal"
    DAY_PART = "16", "dagdeel (4 uur)"
    OUTPUT = "82", "stuks (output)"
    EUROS = "83", "euro’s"
    EFFORT = "84", "stuks (inspanning)"


def unit_name(code: str) -> str:
    """How a unit reads; a code of another standard stays as it is."""
    return str(CareUnit(code).label) if code in CareUnit.values else code
