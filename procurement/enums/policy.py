"""Choices and tables of states of the line of decisions: plans, decisions, consultation."""

from enum import nonmember

from django.db import models

from core.states import Move, StateTable, register_states
from regions.enums import Role

# Who writes down what the region wants and decides.
EDITORS = (Role.POLICY_OFFICER, Role.REGIONAL_ADMIN)
# A clerk keeps what his own council says and decides (procurement.policy_rules).
WITH_CLERK = (*EDITORS, Role.COUNCIL_CLERK)
# Who sees drafts and what is confidential: people of the regional organisation, no linked system.
INSIDERS = (
    Role.REGIONAL_ADMIN,
    Role.CONTRACT_MANAGER,
    Role.POLICY_OFFICER,
    Role.CONTROLLER,
)
# Who sees what is confidential once it is no draft any more: the colleges decide on it.
DECIDERS = (Role.EXECUTIVE,)


class PlanKind(models.TextChoices):
    """The steps from a vision to a clause, from high to low."""

    VISION = "vision", "visie"
    FRAMEWORK = "framework", "kader"
    PROGRAMME = "programme", "programmaplan"
    STRATEGY = "strategy", "inkoopstrategie"
    BRIEF = "brief", "inkoopopdracht"
    ACQUISITION = "acquisition", "verwervingsstrategie"
    PROCUREMENT = "procurement", "inkoopplan"
    LOCAL = "local", "lokaal inkoopplan"
    TRANSFORMATION = "transformation", "transformatieplan"
    CONTRACT = "contract", "contracttekst"

    @property
    def rank(self) -> int:
        """Lower is nearer to the council's framework."""
        return PlanKind.values.index(self.value)


class PlanState(models.TextChoices):
    DRAFT = "draft", "concept"
    CONSULTED = "consulted", "ter consultatie"
    PROPOSED = "proposed", "voorgelegd"
    ADOPTED = "adopted", "vastgesteld"
    EXPIRED = "expired", "vervallen"
    WITHDRAWN = "withdrawn", "ingetrokken"

    # What others than the makers get to see.
    SHOWN = nonmember(("consulted", "proposed", "adopted", "expired"))

    @property
    def tone(self) -> str:
        return {"adopted": "good", "proposed": "busy", "consulted": "busy"}.get(
            self.value, "neutral"
        )


PLAN = register_states(
    StateTable(
        code="plan",
        subject="Het plan",
        states=PlanState,
        initial=PlanState.DRAFT,
        moves=(
            Move("consult", "Ter consultatie geven", (PlanState.DRAFT,), PlanState.CONSULTED,
                 EDITORS),
            Move("propose", "Voorleggen ter besluitvorming",
                 (PlanState.DRAFT, PlanState.CONSULTED), PlanState.PROPOSED, EDITORS),
            Move("return", "Terug naar concept", (PlanState.CONSULTED, PlanState.PROPOSED),
                 PlanState.DRAFT, EDITORS, reason=True),
            Move("adopt", "Vaststellen", (PlanState.PROPOSED,), PlanState.ADOPTED, EDITORS),
            Move("expire", "Laten vervallen", (PlanState.ADOPTED,), PlanState.EXPIRED, EDITORS,
                 reason=True),
            Move("withdraw", "Intrekken",
                 (PlanState.DRAFT, PlanState.CONSULTED, PlanState.PROPOSED), PlanState.WITHDRAWN,
                 EDITORS, reason=True),
        ),
    )
)  # fmt: skip


class DecisionState(models.TextChoices):
    ASKED = "asked", "gevraagd"
    ADOPTED = "adopted", "aangenomen"
    AMENDED = "amended", "gewijzigd aangenomen"
    REJECTED = "rejected", "verworpen"
    DEFERRED = "deferred", "aangehouden"

    IN_FAVOUR = nonmember(("adopted", "amended"))

    @property
    def tone(self) -> str:
        return {"adopted": "good", "amended": "good", "rejected": "bad", "asked": "busy"}.get(
            self.value, "attention"
        )


_UNDECIDED = (DecisionState.ASKED, DecisionState.DEFERRED)
DECISION = register_states(
    StateTable(
        code="decision",
        subject="Het besluit",
        states=DecisionState,
        initial=DecisionState.ASKED,
        moves=(
            Move("adopt", "Aangenomen", _UNDECIDED, DecisionState.ADOPTED, WITH_CLERK),
            Move("amend", "Gewijzigd aangenomen", _UNDECIDED, DecisionState.AMENDED, WITH_CLERK),
            Move("reject", "Verworpen", _UNDECIDED, DecisionState.REJECTED, WITH_CLERK),
            Move("defer", "Aangehouden", (DecisionState.ASKED,), DecisionState.DEFERRED,
                 WITH_CLERK, reason=True),
            Move("correct", "Uitslag herstellen",
                 (DecisionState.ADOPTED, DecisionState.AMENDED, DecisionState.REJECTED),
                 DecisionState.ASKED, WITH_CLERK, reason=True),
        ),
    )
)  # fmt: skip


class ProposalState(models.TextChoices):
    DRAFT = "draft", "concept"
    SENT = "sent", "aangeboden"
    DECIDED = "decided", "behandeld"
    WITHDRAWN = "withdrawn", "ingetrokken"

    SHOWN = nonmember(("sent", "decided"))


PROPOSAL = register_states(
    StateTable(
        code="proposal",
        subject="Het raadsvoorstel",
        states=ProposalState,
        initial=ProposalState.DRAFT,
        moves=(
            Move("send", "Aanbieden aan de raad", (ProposalState.DRAFT,), ProposalState.SENT,
                 EDITORS),
            Move("return", "Terug naar concept", (ProposalState.SENT,), ProposalState.DRAFT,
                 EDITORS, reason=True),
            Move("decide", "Behandeld door de raad", (ProposalState.SENT,), ProposalState.DECIDED,
                 WITH_CLERK),
            Move("withdraw", "Intrekken", (ProposalState.DRAFT, ProposalState.SENT),
                 ProposalState.WITHDRAWN, EDITORS, reason=True),
        ),
    )
)  # fmt: skip


class ChapterKind(models.TextChoices):
    """The standard chapters of a council proposal (document 000), in their order."""

    CORE = "core", "Kern van het voorstel"
    REASON = "reason", "Aanleiding"
    EFFECT = "effect", "Wat willen we bereiken? (Beoogd effect)"
    ARGUMENT = "argument", "Wat gaan we daarvoor doen? (Oplossingsrichtingen/maatregelen)"
    RISK = "risk", "Wat zijn de risico’s en kanttekeningen"
    MONEY = "money", "Wat mag het kosten? (Financiële paragraaf)"
    PARTICIPATION = "participation", "Betrokken partijen/participatie"
    COMMUNICATION = "communication", "Communicatie"
    NEXT = "next", "Verdere procedure"
    FRAMEWORK = "framework", "Bestuurlijk kader"

    NUMBERED = nonmember(("argument", "risk"))


class MotionKind(models.TextChoices):
    MOTION = "motion", "motie"
    AMENDMENT = "amendment", "amendement"


class MotionState(models.TextChoices):
    SUBMITTED = "submitted", "ingediend"
    ADOPTED = "adopted", "aangenomen"
    REJECTED = "rejected", "verworpen"
    WITHDRAWN = "withdrawn", "ingetrokken"
    DONE = "done", "uitgevoerd"


MOTION = register_states(
    StateTable(
        code="motion",
        subject="De motie",
        states=MotionState,
        initial=MotionState.SUBMITTED,
        moves=(
            Move("adopt", "Aangenomen", (MotionState.SUBMITTED,), MotionState.ADOPTED, WITH_CLERK),
            Move("reject", "Verworpen", (MotionState.SUBMITTED,), MotionState.REJECTED,
                 WITH_CLERK),
            Move("withdraw", "Ingetrokken", (MotionState.SUBMITTED,), MotionState.WITHDRAWN,
                 WITH_CLERK),
            Move("finish", "Uitgevoerd", (MotionState.ADOPTED,), MotionState.DONE, WITH_CLERK,
                 reason=True),
        ),
    )
)  # fmt: skip


class QuestionKind(models.TextChoices):
    QUESTION = "question", "vraag"
    WISH = "wish", "wens"
    CONCERN = "concern", "zorg"
    SUPPORT = "support", "steun"


class QuestionState(models.TextChoices):
    RAISED = "raised", "ingebracht"
    ANSWERED = "answered", "beantwoord"
    SETTLED = "settled", "afgehandeld"

    UNSETTLED = nonmember(("raised", "answered"))

    @property
    def tone(self) -> str:
        return {"raised": "attention", "answered": "busy"}.get(self.value, "good")


QUESTION = register_states(
    StateTable(
        code="question",
        subject="De inbreng",
        states=QuestionState,
        initial=QuestionState.RAISED,
        moves=(
            Move("answer", "Beantwoord", (QuestionState.RAISED,), QuestionState.ANSWERED, EDITORS),
            Move("settle", "Afgehandeld", (QuestionState.RAISED, QuestionState.ANSWERED),
                 QuestionState.SETTLED, EDITORS, reason=True),
            Move("reopen", "Opnieuw oppakken", (QuestionState.ANSWERED, QuestionState.SETTLED),
                 QuestionState.RAISED, WITH_CLERK, reason=True),
        ),
    )
)  # fmt: skip


class MeetingKind(models.TextChoices):
    COUNCIL = "council", "bijeenkomst met raden"
    MARKET = "market", "marktconsultatie"
    EDUCATION = "education", "overleg met onderwijs"
    ADVISORY = "advisory", "overleg met adviesraad"
    CLIENTS = "clients", "gesprek met jongeren en ouders"
    TABLE = "table", "ontwikkeltafel"
    BOARD = "board", "bestuurlijk overleg"


class ConsultationState(models.TextChoices):
    PREPARING = "preparing", "in voorbereiding"
    OPEN = "open", "open"
    CLOSED = "closed", "gesloten"
    ANSWERED = "answered", "beantwoord"

    @property
    def tone(self) -> str:
        return {"open": "busy", "closed": "attention", "answered": "good"}.get(
            self.value, "neutral"
        )


CONSULTATION = register_states(
    StateTable(
        code="consultation",
        subject="De consultatie",
        states=ConsultationState,
        initial=ConsultationState.PREPARING,
        moves=(
            Move("open", "Openstellen", (ConsultationState.PREPARING,), ConsultationState.OPEN,
                 EDITORS),
            Move("close", "Sluiten", (ConsultationState.OPEN,), ConsultationState.CLOSED,
                 EDITORS),
            Move("answer", "Reactienota vaststellen", (ConsultationState.CLOSED,),
                 ConsultationState.ANSWERED, EDITORS),
            Move("reopen", "Heropenen", (ConsultationState.CLOSED, ConsultationState.ANSWERED),
                 ConsultationState.OPEN, EDITORS, reason=True),
        ),
    )
)  # fmt: skip


class Disposition(models.TextChoices):
    """What was done with a remark."""

    ADOPTED = "adopted", "overgenomen"
    TO_PLAN = "to_plan", "naar het inkoopplan"
    NO_CHANGE = "no_change", "geen wijziging"
    NOTED = "noted", "voor kennisgeving"
    ALREADY_SO = "already_so", "staat er al"

    @property
    def tone(self) -> str:
        return {"adopted": "good", "to_plan": "busy", "no_change": "attention"}.get(
            self.value, "neutral"
        )


class FrameworkKind(models.TextChoices):
    LAW = "law", "wet"
    VISION = "vision", "visie"
    AGENDA = "agenda", "agenda"
    NORM = "norm", "norm of standaard"
    DECISION = "decision", "besluit of motie"


class LinkKind(models.TextChoices):
    ELABORATES = "elaborates", "werkt uit"
    BOUND_BY = "bound_by", "is gebonden aan"
    SECURES = "secures", "legt vast"
