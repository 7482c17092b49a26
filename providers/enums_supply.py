"""Choices of supply, and the table of states of a client stop."""

from django.db import models

from core.states import Move, StateTable, register_states
from regions.enums import Role

REGION = (Role.CONTRACT_MANAGER, Role.REGIONAL_ADMIN)


class WaitKnown(models.TextChoices):
    KNOWN = "known", "bekend"
    UNKNOWN = "unknown", "onbekend"


class StopState(models.TextChoices):
    ASKED = "asked", "aangevraagd"
    AGREED = "agreed", "van kracht"
    REFUSED = "refused", "geweigerd"
    ENDED = "ended", "opgeheven"

    @property
    def tone(self) -> str:
        return {"asked": "attention", "agreed": "bad", "refused": "neutral"}.get(self.value, "good")


class StopGround(models.TextChoices):
    """Why; the last three let the region stop referral at once (contract standard, art. 3.5)."""

    CAPACITY = "capacity", "geen capaciteit"
    STAFF = "staff", "te weinig personeel"
    MONEY = "money", "bestedingsruimte bereikt"
    FRAUD = "fraud", "vermoeden van fraude"
    QUALITY = "quality", "kwaliteit schiet tekort"
    DANGER = "danger", "gevaar voor jeugdigen"


AT_ONCE = (StopGround.FRAUD, StopGround.QUALITY, StopGround.DANGER)


class PlaceKind(models.TextChoices):
    STAY = "stay", "verblijf"
    CRISIS = "crisis", "crisis"


class OutsideReason(models.TextChoices):
    NO_PLACE = "no_place", "geen plek in de regio"
    SPECIALISM = "specialism", "bijzondere zorg"
    FAMILY = "family", "dicht bij familie"
    SAFETY = "safety", "veiligheid"


CLIENT_STOP = register_states(
    StateTable(
        code="client_stop",
        subject="de cliëntenstop",
        states=StopState,
        initial=StopState.ASKED,
        moves=(
            Move("agree", "Instemmen", (StopState.ASKED,), StopState.AGREED, REGION),
            Move("refuse", "Weigeren", (StopState.ASKED,), StopState.REFUSED, REGION, reason=True),
            Move("end", "Stop opheffen", (StopState.ASKED, StopState.AGREED), StopState.ENDED,
                 (*REGION, Role.PROVIDER), reason=True),
        ),
    )
)  # fmt: skip
