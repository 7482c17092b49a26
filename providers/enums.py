"""Choices and tables of states of a provider's file."""

from enum import nonmember

from django.db import models

from core.states import Move, StateTable, register_states
from regions.enums import Role

MANAGERS = (Role.CONTRACT_MANAGER.value, Role.REGIONAL_ADMIN.value)


class ProviderKind(models.TextChoices):
    SYSTEM = "system", "systeemaanbieder"
    REGULAR = "regular", "aanbieder"
    SMALL = "small", "kleine praktijk"


class HolderSide(models.TextChoices):
    """On whose behalf somebody keeps up the contact."""

    REGION = "region", "regionale organisatie"
    ACCESS = "access", "gemeentelijke toegang"
    PROVIDER = "provider", "aanbieder"


class ConversationKind(models.TextChoices):
    PERIODIC = "periodic", "periodiek accountgesprek"
    THEME = "theme", "gesprek over een onderwerp"
    CONCERN = "concern", "gesprek over een zorg"


class ConversationState(models.TextChoices):
    PLANNED = "planned", "gepland"
    HELD = "held", "gevoerd"
    CANCELLED = "cancelled", "niet doorgegaan"

    @property
    def tone(self) -> str:
        return {"planned": "busy", "held": "good"}.get(self.value, "neutral")


class AgreementState(models.TextChoices):
    OPEN = "open", "open"
    DONE = "done", "nagekomen"
    DROPPED = "dropped", "vervallen"

    @property
    def tone(self) -> str:
        return {"open": "busy", "done": "good"}.get(self.value, "neutral")


class IncidentKind(models.TextChoices):
    """What a provider has to tell (contract standard part 1, article 3.10), and article 3.4."""

    CALAMITY = "calamity", "calamiteit of geweld"
    YOUTH_SUPERVISOR = "youth_supervisor", "maatregel van IGJ of toezicht Jeugd"
    OTHER_SUPERVISOR = "other_supervisor", "maatregel van een andere toezichthouder"
    DISCIPLINE = "discipline", "straf- of tuchtrechtelijke maatregel"
    BOARD = "board", "onrust in het bestuur"
    OTHER = "other", "ander incident"

    # Days a provider has to tell; what is not here has no term of its own.
    REPORT_DAYS = nonmember({"calamity": 0, "other_supervisor": 0, "youth_supervisor": 7})
    # While open these count as a risk for continuity (article 3.4).
    CONTINUITY = nonmember(("youth_supervisor", "other_supervisor", "discipline", "board"))


class IncidentState(models.TextChoices):
    OPEN = "open", "open"
    FOLLOWED = "followed", "in onderzoek"
    CLOSED = "closed", "afgesloten"

    @property
    def tone(self) -> str:
        return {"open": "attention", "followed": "busy"}.get(self.value, "neutral")


class DocumentKind(models.TextChoices):
    TRADE_EXTRACT = "trade_extract", "uittreksel KvK"
    QUALITY = "quality", "kwaliteitscertificaat"
    ADMISSION = "admission", "toelatingsvergunning (Wtza)"
    INSURANCE = "insurance", "verzekeringspolis"
    ACCOUNTS = "accounts", "jaarverantwoording"
    CONDUCT = "conduct", "VOG-verklaring of -beleid"
    PLAN = "plan", "plan van aanpak"
    REPORT = "report", "verslag of rapport"
    OTHER = "other", "ander document"


class ProposalSubject(models.TextChoices):
    CONTACT = "contact", "contactpersoon"
    LOCATION = "location", "locatie"


class ProposalState(models.TextChoices):
    PROPOSED = "proposed", "voorgesteld"
    ACCEPTED = "accepted", "overgenomen"
    REJECTED = "rejected", "niet overgenomen"
    WITHDRAWN = "withdrawn", "ingetrokken"

    @property
    def tone(self) -> str:
        return {"proposed": "busy", "accepted": "good"}.get(self.value, "neutral")


CONVERSATION = register_states(
    StateTable(
        code="provider-conversation",
        subject="het gesprek",
        states=ConversationState,
        initial=ConversationState.PLANNED,
        moves=(
            Move("hold", "Gesprek vastleggen", (ConversationState.PLANNED,),
                 ConversationState.HELD, who=MANAGERS),
            Move("cancel", "Gesprek gaat niet door", (ConversationState.PLANNED,),
                 ConversationState.CANCELLED, who=MANAGERS, reason=True),
            Move("plan-again", "Gesprek opnieuw plannen", (ConversationState.CANCELLED,),
                 ConversationState.PLANNED, who=MANAGERS),
        ),
    )
)  # fmt: skip

AGREEMENT = register_states(
    StateTable(
        code="provider-agreement",
        subject="de afspraak",
        states=AgreementState,
        initial=AgreementState.OPEN,
        moves=(
            Move("finish", "Afspraak is nagekomen", (AgreementState.OPEN,),
                 AgreementState.DONE, who=MANAGERS),
            Move("drop", "Afspraak laten vervallen", (AgreementState.OPEN,),
                 AgreementState.DROPPED, who=MANAGERS, reason=True),
            Move("reopen", "Afspraak heropenen", (AgreementState.DONE, AgreementState.DROPPED),
                 AgreementState.OPEN, who=MANAGERS, reason=True),
        ),
    )
)  # fmt: skip

INCIDENT = register_states(
    StateTable(
        code="provider-incident",
        subject="het incident",
        states=IncidentState,
        initial=IncidentState.OPEN,
        moves=(
            Move("follow", "In onderzoek nemen", (IncidentState.OPEN,),
                 IncidentState.FOLLOWED, who=MANAGERS),
            Move("close", "Incident afsluiten", (IncidentState.OPEN, IncidentState.FOLLOWED),
                 IncidentState.CLOSED, who=MANAGERS, reason=True),
            Move("reopen", "Incident heropenen", (IncidentState.CLOSED,),
                 IncidentState.OPEN, who=MANAGERS, reason=True),
        ),
    )
)  # fmt: skip

PROPOSAL = register_states(
    StateTable(
        code="provider-proposal",
        subject="het voorstel",
        states=ProposalState,
        initial=ProposalState.PROPOSED,
        moves=(
            Move("accept", "Voorstel overnemen", (ProposalState.PROPOSED,),
                 ProposalState.ACCEPTED, who=MANAGERS),
            Move("reject", "Voorstel niet overnemen", (ProposalState.PROPOSED,),
                 ProposalState.REJECTED, who=MANAGERS, reason=True),
            Move("withdraw", "Voorstel intrekken", (ProposalState.PROPOSED,),
                 ProposalState.WITHDRAWN, who=(Role.PROVIDER.value,)),
        ),
    )
)  # fmt: skip
