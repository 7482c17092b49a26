"""The Dutch words of the segments' part of a pack, and what they stand for."""

from .enums import Feed, FundingForm, Participation, TargetDirection, TargetKind, TraitKind

KEYS = ("indicatoren", "indeling", "producten", "streefwaarden")
FUNDING = {
    "inspanningsgericht": FundingForm.EFFORT_BASED,
    "outputgericht": FundingForm.OUTPUT_BASED,
    "taakgericht": FundingForm.TASK_BASED,
}
FEEDS = {"berichten": Feed.MESSAGES, "aanlevering": Feed.DELIVERY}
PARTICIPATIONS = {
    "volledig": Participation.FULL,
    "gedeeltelijk": Participation.PARTIAL,
    "geen": Participation.NONE,
}
POLARITY = {"hoger": 1, "lager": -1, "neutraal": 0}
TARGET_KINDS = {
    "getal": TargetKind.NUMBER,
    "richting": TargetKind.DIRECTION,
    "nog te bepalen": TargetKind.TO_BE_SET,
}
DIRECTIONS = {
    "omlaag": TargetDirection.DOWN,
    "omhoog": TargetDirection.UP,
    "gelijk": TargetDirection.STABLE,
}
TRAITS = {
    "doelgroepen": TraitKind.TARGET_GROUP,
    "knelpunten": TraitKind.BOTTLENECK,
    "bijzondere_groepen": TraitKind.SPECIAL_GROUP,
    "binnen": TraitKind.IN_SCOPE,
    "buiten": TraitKind.OUT_OF_SCOPE,
    "hefbomen": TraitKind.LEVER,
}

OF_SEGMENT = ("doelgroepen", "knelpunten", "bijzondere_groepen", "hefbomen")
