"""Choices and the table of states of votes on what leaves the offer (document 002, L924-926)."""

from enum import nonmember

from django.db import models

from core.states import Move, StateTable, register_states
from regions.enums import Role

MANAGERS = (Role.CONTRACT_MANAGER, Role.REGIONAL_ADMIN)


class VoteSubject(models.TextChoices):
    PROVIDER = "provider", "een aanbieder uit het aanbod halen"
    PRODUCT = "product", "een product uit het aanbod halen"


class Electorate(models.TextChoices):
    """Whose colleges are asked, as they are members on the day on which the vote opens."""

    REGION = "region", "alle gemeenten van de regio"
    SEGMENT = "segment", "gemeenten die meedoen in het segment"


class Majority(models.TextChoices):
    """Counted over everybody who may vote: who has not voted has not said yes."""

    UNANIMOUS = "unanimous", "iedereen voor"
    TWO_THIRDS = "two_thirds", "ten minste twee derde voor"
    MORE_THAN_HALF = "half", "meer dan de helft voor"


class EndingKind(models.TextChoices):
    NOTICE = "notice", "contract opzeggen"
    DISSOLVE = "dissolve", "contract ontbinden"
    REMOVE = "remove", "product uit het contract halen"


class VoteChoice(models.TextChoices):
    FOR = "for", "voor"
    AGAINST = "against", "tegen"
    ABSTAIN = "abstain", "onthouding"

    @property
    def tone(self) -> str:
        return {"for": "good", "against": "bad"}.get(self.value, "attention")


class Standing(models.TextChoices):
    """How a vote stands, derived from the votes; never stored."""

    UNDECIDED = "undecided", "nog niet beslist"
    WON = "won", "aangenomen"
    LOST = "lost", "verworpen"

    @property
    def tone(self) -> str:
        return {"won": "good", "lost": "bad"}.get(self.value, "busy")


class BallotState(models.TextChoices):
    DRAFT = "draft", "concept"
    OPEN = "open", "in stemming"
    CARRIED_OUT = "carried_out", "aangenomen en uitgevoerd"
    REJECTED = "rejected", "verworpen"
    WITHDRAWN = "withdrawn", "ingetrokken"

    UNDER_WAY = nonmember(("draft", "open"))

    @property
    def tone(self) -> str:
        return {"open": "busy", "carried_out": "good", "rejected": "bad"}.get(self.value, "neutral")


_B = BallotState
BALLOT = register_states(
    StateTable(
        code="ballot",
        subject="de stemming",
        states=BallotState,
        initial=_B.DRAFT,
        moves=(
            Move("open", "In stemming brengen", (_B.DRAFT,), _B.OPEN, MANAGERS),
            Move("carry_out", "Besluit uitvoeren", (_B.OPEN,), _B.CARRIED_OUT, MANAGERS),
            Move("reject", "Vaststellen: verworpen", (_B.OPEN,), _B.REJECTED, MANAGERS),
            Move(
                "withdraw", "Voorstel intrekken", (_B.DRAFT, _B.OPEN), _B.WITHDRAWN, MANAGERS,
                reason=True,
            ),
        ),
    )
)  # fmt: skip
