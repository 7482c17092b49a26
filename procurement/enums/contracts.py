from enum import nonmember

from django.db import models


class ContractKind(models.TextChoices):
    DEVELOPMENT = "development", "ontwikkelovereenkomst"
    RESULT = "result", "resultaatovereenkomst"
    FRAMEWORK = "framework", "raamovereenkomst"


class ContractStatus(models.TextChoices):
    DRAFT = "draft", "concept"
    OFFERED = "offered", "aangeboden"
    DECLINED = "declined", "niet gesloten"
    ACTIVE = "active", "lopend"
    SUSPENDED = "suspended", "opgeschort"
    NOTICE = "notice", "opgezegd, loopt nog"
    TERMINATED = "terminated", "geëindigd door opzegging"
    DISSOLVED = "dissolved", "ontbonden"
    EXPIRED = "expired", "afgelopen"

    # In force: a suspended contract has not ended, and one under notice runs until its last day.
    LIVE = nonmember(("active", "suspended", "notice"))
    # Not yet agreed: what it says may still be rewritten.
    OPEN = nonmember(("draft", "offered"))

    @property
    def tone(self) -> str:
        """How this state feels on screen (core.ui.Tone)."""
        return {
            "active": "good",
            "draft": "busy",
            "offered": "busy",
            "suspended": "attention",
            "notice": "attention",
            "dissolved": "bad",
        }.get(self.value, "neutral")


class PhaseKind(models.TextChoices):
    PREPARATION = "preparation", "voorbereiding"
    TERM = "term", "looptijd"
    EXTENSION = "extension", "verlenging"


class LotKind(models.TextChoices):
    REGULAR = "regular", "gewoon"
    FORENSIC = "forensic", "forensisch"
    CRISIS = "crisis", "crisis"


class ClauseKind(models.TextChoices):
    NO_SUBCONTRACTING = "no_subcontracting", "geen onderaannemers"
    CASE_DIRECTOR = "case_director", "inhoudelijk regievoerder"
    INDICATOR = "indicator", "prestatie-indicator"
    NOTICE = "notice", "opzegging"
    OTHER = "other", "overig"


class ObligationState(models.TextChoices):
    SCHEDULED = "scheduled", "nog te doen"
    MET = "met", "nagekomen"
    PARTIALLY_MET = "partly_met", "deels nagekomen"
    NOT_MET = "not_met", "niet nagekomen"

    @property
    def tone(self) -> str:
        return {"scheduled": "busy", "met": "good", "partly_met": "attention"}.get(
            self.value, "bad"
        )


class BespokeSubject(models.TextChoices):
    TARIFF = "tariff", "tarief"
    FRICTION = "friction", "frictiekosten"
    APPROACH = "approach", "aanpak"
    OTHER = "other", "overig"


class SanctionKind(models.TextChoices):
    """What the contract standard lets a region do (art. 3.19)."""

    ADJUST = "adjust", "prestatie en tarief (of budget) aanpassen"
    RECLAIM = "reclaim", "terugvorderen"
    CUT = "cut", "tijdelijk 5% minder betalen"
    NOTICE = "notice", "opzeggen"


class SanctionState(models.TextChoices):
    INTENDED = "intended", "voorgenomen"
    IMPOSED = "imposed", "opgelegd"
    LIFTED = "lifted", "opgeheven"
    DROPPED = "dropped", "niet opgelegd"

    @property
    def tone(self) -> str:
        return {"intended": "attention", "imposed": "bad"}.get(self.value, "neutral")


class ExtensionState(models.TextChoices):
    PROPOSED = "proposed", "voorgesteld"
    AGREED = "agreed", "afgesproken"
    REJECTED = "rejected", "afgewezen"

    @property
    def tone(self) -> str:
        return {"proposed": "busy", "agreed": "good"}.get(self.value, "neutral")


class RevisionState(models.TextChoices):
    DRAFT = "draft", "concept"
    OFFERED = "offered", "aangeboden"
    ACCEPTED = "accepted", "geaccepteerd"
    REFUSED = "refused", "geweigerd"
    WITHDRAWN = "withdrawn", "ingetrokken"

    OPEN = nonmember(("draft", "offered"))

    @property
    def tone(self) -> str:
        return {"draft": "busy", "offered": "attention", "accepted": "good"}.get(
            self.value, "neutral"
        )


class RevisionReason(models.TextChoices):
    """Why an agreement changes; coded, so that a region can count them."""

    POLICY = "policy", "nieuw beleid of nieuwe strategie"
    LAW = "law", "wet- of regelgeving"
    TRANSFORMATION = "transformation", "transformatieopgave"
    PRICE = "price", "tarief of budget"
    VOLUME = "volume", "omvang of capaciteit"
    PARTY = "party", "andere partij of rechtsopvolger"
    ERROR = "error", "herstel van een fout"
    OTHER = "other", "anders"


class RefusalEffect(models.TextChoices):
    NOTICE = "notice", "weigering geldt als opzegging"
    UNCHANGED = "unchanged", "contract blijft zoals het is"


class ChangeAction(models.TextChoices):
    ADD = "add", "komt erbij"
    CHANGE = "change", "verandert"
    END = "end", "vervalt"


class VersionKind(models.TextChoices):
    ORIGINAL = "original", "oorspronkelijk"
    REVISION = "revision", "herziening"
    EXTENSION = "extension", "verlenging"
    NOTICE = "notice", "opzegging"
    CORRECTION = "correction", "correctie"


class IndexSeries(models.TextChoices):
    OVA = "OVA", "OVA (loonkosten)"
    PPC = "PPC", "PPC (consumentenprijzen, CPB)"
    CPI = "CPI", "CPI (consumentenprijzen, CBS)"


class IndexStage(models.TextChoices):
    FORECAST = "forecast", "voorcalculatie"
    DEFINITIVE = "definitive", "definitief"


class IndexKind(models.TextChoices):
    FLAT = "flat", "vast percentage"
    WEIGHTED = "weighted", "loon- en materiële index"


class BulkKind(models.TextChoices):
    """What can be changed in many contracts at once."""

    END_DATE = "end_date", "andere laatste dag"
    MANAGER = "manager", "andere contractmanager"
    CLAUSE = "clause", "clausule erbij"
    ADD_PRODUCT = "add_product", "product erbij"
    END_PRODUCT = "end_product", "product eruit"


class RunState(models.TextChoices):
    PREPARED = "prepared", "doorgerekend"
    APPLIED = "applied", "toegepast"
    CONFIRMED = "confirmed", "bevestigd"
    UNDONE = "undone", "teruggedraaid"
    DROPPED = "dropped", "niet doorgegaan"

    @property
    def tone(self) -> str:
        return {"prepared": "busy", "applied": "attention", "confirmed": "good"}.get(
            self.value, "neutral"
        )
