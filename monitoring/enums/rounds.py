"""The table of states of what one provider delivers for one half-year."""

from django.db import models

from core.states import Move, StateTable, register_states
from regions.enums import Role

REGION = (Role.CONTRACT_MANAGER, Role.REGIONAL_ADMIN)


class AskingState(models.TextChoices):
    """Of a round as a whole: first everybody sees what will be asked of whom."""

    PREPARING = "preparing", "aangekondigd"
    OPEN = "open", "opengesteld"

    @property
    def tone(self) -> str:
        return {"preparing": "attention", "open": "busy"}[self.value]


ASKING = register_states(
    StateTable(
        code="delivery_round",
        subject="de aanleverronde",
        states=AskingState,
        initial=AskingState.PREPARING,
        moves=(
            Move("open", "Openstellen voor de aanbieders", (AskingState.PREPARING,),
                 AskingState.OPEN, REGION),
        ),
    )
)  # fmt: skip


class RoundState(models.TextChoices):
    OPEN = "open", "open"
    DELIVERED = "delivered", "aangeleverd"
    RETURNED = "returned", "terug voor herstel"
    APPROVED = "approved", "goedgekeurd"
    LOCKED = "locked", "vastgezet"

    @property
    def tone(self) -> str:
        return {"open": "busy", "delivered": "attention", "returned": "bad"}.get(self.value, "good")


DELIVERY = register_states(
    StateTable(
        code="provider_delivery",
        subject="de aanlevering",
        states=RoundState,
        initial=RoundState.OPEN,
        moves=(
            Move("deliver", "Aanleveren", (RoundState.OPEN, RoundState.RETURNED),
                 RoundState.DELIVERED, (Role.PROVIDER,)),
            Move("approve", "Goedkeuren", (RoundState.DELIVERED,), RoundState.APPROVED, REGION),
            Move("lock", "Vastzetten", (RoundState.APPROVED,), RoundState.LOCKED, REGION),
            Move("unlock", "Weer openstellen", (RoundState.LOCKED,), RoundState.APPROVED, REGION,
                 reason=True),
            Move("send_back", "Teruggeven voor herstel",
                 (RoundState.DELIVERED, RoundState.APPROVED), RoundState.RETURNED, REGION,
                 reason=True),
        ),
    )
)  # fmt: skip
