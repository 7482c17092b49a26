"""Choices of a case of escalation, and its tables of states."""

from django.db import models

from core.states import Move, StateTable, register_states
from regions.enums import Role

REGION = (Role.CONTRACT_MANAGER, Role.REGIONAL_ADMIN)
PROVIDER = (Role.PROVIDER,)


class CaseTheme(models.TextChoices):
    """What a case is about: of one provider, one open case per theme."""

    TRANSFORMATION = "transformation", "transformatie"
    OUTCOME = "outcome", "resultaten van de hulp"
    WAITING = "waiting", "wachttijd en beschikbaarheid"
    QUALITY = "quality", "kwaliteit en veiligheid"
    LAWFULNESS = "lawfulness", "rechtmatigheid"
    COOPERATION = "cooperation", "samenwerking"
    CONTINUITY = "continuity", "continuïteit"
    DATA = "data", "gegevens en verantwoording"


class SignalSource(models.TextChoices):
    ACCESS = "access", "toegang"
    CONTRACT_MANAGEMENT = "contract_management", "contractmanagement"
    FIGURES = "figures", "cijfers"


class CaseState(models.TextChoices):
    SIGNALLED = "signalled", "signaal"
    IN_DIALOGUE = "in_dialogue", "in gesprek"
    PLAN_ASKED = "plan_asked", "verbeterplan gevraagd"
    PLAN_SUBMITTED = "plan_submitted", "verbeterplan ingediend"
    MONITORING = "monitoring", "monitoring"
    ASSESSING = "assessing", "beoordeling"
    SUPERVISION = "supervision", "toezicht en handhaving"
    DISSOLUTION_PROPOSED = "dissolution_proposed", "einde contract voorgesteld"
    PHASING_OUT = "phasing_out", "uitfasering"
    CLOSED = "closed", "gesloten"

    @property
    def tone(self) -> str:
        return STATE_TONES.get(self, "busy")


STATE_TONES = {
    CaseState.SIGNALLED: "attention",
    CaseState.SUPERVISION: "bad",
    CaseState.DISSOLUTION_PROPOSED: "bad",
    CaseState.PHASING_OUT: "bad",
    CaseState.CLOSED: "neutral",
}


class Outcome(models.TextChoices):
    """How a case ended."""

    CONTINUE_REFERRAL = "continue_referral", "doorverwijzing voortgezet"
    NO_FOLLOW_UP = "no_follow_up", "geen vervolg"
    SUPERVISION_DONE = "supervision_done", "toezicht en handhaving afgerond"
    CONTRACT_ENDED = "contract_ended", "contract beëindigd"
    PHASED_OUT = "phased_out", "uitgefaseerd"


class MeasureKind(models.TextChoices):
    CLIENT_STOP = "client_stop", "cliëntenstop"
    FEWER_REFERRALS = "fewer_referrals", "minder doorverwijzen"
    NO_REFERRALS = "no_referrals", "niet doorverwijzen"


class ResultJudgement(models.TextChoices):
    ACHIEVED = "achieved", "behaald"
    PARTLY = "partly", "deels behaald"
    NOT_ACHIEVED = "not_achieved", "niet behaald"

    @property
    def tone(self) -> str:
        return {"achieved": "good", "partly": "attention"}.get(self.value, "bad")


class ActionState(models.TextChoices):
    OPEN = "open", "loopt"
    REPORTED = "reported", "gereed gemeld"
    VERIFIED = "verified", "vastgesteld"
    WAIVED = "waived", "vervallen"

    @property
    def tone(self) -> str:
        return {"open": "busy", "reported": "attention", "verified": "good"}.get(
            self.value, "neutral"
        )


_OPEN = tuple(state for state in CaseState if state is not CaseState.CLOSED)
_BEFORE_SUPERVISION = tuple(s for s in _OPEN if s is not CaseState.SUPERVISION)
_TO_PROPOSE = (
    CaseState.PLAN_ASKED, CaseState.MONITORING, CaseState.ASSESSING, CaseState.SUPERVISION,
    CaseState.PHASING_OUT,
)  # fmt: skip

# Seed 002, L693-772. Only the provider writes the plan; only the region decides. Out of each step
# the way on comes first: pages offer it first.
CASE = register_states(
    StateTable(
        code="case",
        subject="de zaak",
        states=CaseState,
        initial=CaseState.SIGNALLED,
        moves=(
            Move("start_dialogue", "Gesprek aangaan", (CaseState.SIGNALLED,),
                 CaseState.IN_DIALOGUE, REGION),
            Move("ask_plan", "Verbeterplan vragen", (CaseState.IN_DIALOGUE,),
                 CaseState.PLAN_ASKED, REGION),
            Move("without_plan", "Volgen zonder verbeterplan", (CaseState.IN_DIALOGUE,),
                 CaseState.MONITORING, REGION, reason=True),
            Move("submit_plan", "Verbeterplan indienen", (CaseState.PLAN_ASKED,),
                 CaseState.PLAN_SUBMITTED, PROVIDER),
            Move("bind_plan", "Plan bindend maken", (CaseState.PLAN_SUBMITTED,),
                 CaseState.MONITORING, REGION),
            Move("return_plan", "Plan teruggeven", (CaseState.PLAN_SUBMITTED,),
                 CaseState.PLAN_ASKED, REGION, reason=True),
            Move("assess", "Beoordeling beginnen", (CaseState.MONITORING,),
                 CaseState.ASSESSING, REGION),
            Move("continue_referral", "Doorverwijzing voortzetten en sluiten",
                 (CaseState.ASSESSING,), CaseState.CLOSED, REGION, reason=True),
            Move("resume", "Langer volgen", (CaseState.ASSESSING,), CaseState.MONITORING,
                 REGION, reason=True),
            Move("end_supervision", "Toezicht afronden en sluiten", (CaseState.SUPERVISION,),
                 CaseState.CLOSED, REGION, reason=True),
            Move("contract_ended", "Contract is beëindigd, sluiten",
                 (CaseState.DISSOLUTION_PROPOSED,), CaseState.CLOSED, REGION, reason=True),
            Move("phased_out", "Uitfasering afronden en sluiten", (CaseState.PHASING_OUT,),
                 CaseState.CLOSED, REGION, reason=True),
            Move("new_round", "Nieuwe ronde beginnen",
                 (CaseState.ASSESSING, CaseState.SUPERVISION, CaseState.DISSOLUTION_PROPOSED,
                  CaseState.PHASING_OUT),
                 CaseState.IN_DIALOGUE, REGION, reason=True),
            Move("to_supervision", "Toezicht en handhaving inzetten", _BEFORE_SUPERVISION,
                 CaseState.SUPERVISION, REGION, reason=True),
            Move("propose_dissolution", "Einde van het contract voorstellen", _TO_PROPOSE,
                 CaseState.DISSOLUTION_PROPOSED, REGION, reason=True),
            Move("phase_out", "Geleidelijk uitfaseren",
                 (CaseState.ASSESSING, CaseState.DISSOLUTION_PROPOSED), CaseState.PHASING_OUT,
                 REGION, reason=True),
            Move("dismiss", "Afsluiten zonder vervolg",
                 (CaseState.SIGNALLED, CaseState.IN_DIALOGUE), CaseState.CLOSED, REGION,
                 reason=True),
        ),
    )
)  # fmt: skip

ACTION = register_states(
    StateTable(
        code="improvement_action",
        subject="de actie",
        states=ActionState,
        initial=ActionState.OPEN,
        moves=(
            Move("report", "Gereed melden", (ActionState.OPEN,), ActionState.REPORTED,
                 (*PROVIDER, *REGION), reason=True),
            Move("send_back", "Nog niet gereed", (ActionState.REPORTED,), ActionState.OPEN,
                 REGION, reason=True),
            Move("verify", "Vaststellen", (ActionState.REPORTED,), ActionState.VERIFIED, REGION),
            Move("waive", "Laten vervallen", (ActionState.OPEN, ActionState.REPORTED),
                 ActionState.WAIVED, REGION, reason=True),
        ),
    )
)  # fmt: skip

# How a case ends by each move that closes it.
OUTCOMES = {
    "dismiss": Outcome.NO_FOLLOW_UP,
    "continue_referral": Outcome.CONTINUE_REFERRAL,
    "end_supervision": Outcome.SUPERVISION_DONE,
    "contract_ended": Outcome.CONTRACT_ENDED,
    "phased_out": Outcome.PHASED_OUT,
}
