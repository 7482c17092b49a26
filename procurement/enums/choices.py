"""Choices and tables of states of how a region chooses, buys and talks with the market."""

from enum import nonmember

from django.db import models

from core.states import Move, StateTable, register_states
from regions.enums import Role

from .policy import EDITORS

DEALERS = (*EDITORS, Role.CONTRACT_MANAGER)
# The principal of R12: the municipalities rule where consensus fails.
PRINCIPALS = (Role.EXECUTIVE, Role.REGIONAL_ADMIN)


class ChoiceState(models.TextChoices):
    OPEN = "open", "nog open"
    PROVISIONAL = "provisional", "voorlopig"
    FIXED = "fixed", "vast"


def _choice(code: str, subject: str) -> StateTable:
    return register_states(
        StateTable(
            code=code,
            subject=subject,
            states=ChoiceState,
            initial=ChoiceState.OPEN,
            moves=(
                Move("choose", "Voorlopig kiezen", (ChoiceState.OPEN,), ChoiceState.PROVISIONAL,
                     EDITORS, reason=True),
                Move("fix", "Vastleggen", (ChoiceState.PROVISIONAL,), ChoiceState.FIXED, EDITORS,
                     reason=True),
                Move("reopen", "Opnieuw afwegen",
                     (ChoiceState.PROVISIONAL, ChoiceState.FIXED), ChoiceState.OPEN, EDITORS,
                     reason=True),
            ),
        )
    )  # fmt: skip


FUNDING_CHOICE = _choice("funding-choice", "De keuze van bekostiging")
PROCEDURE_CHOICE = _choice("procedure-choice", "De keuze van procedure")


class ProcedureKind(models.TextChoices):
    REVISION = "revision", "herziening"
    SAS = "sas", "aanbesteding volgens SAS"
    DIALOGUE = "dialogue", "op dialoog gerichte aanbesteding"
    OPEN_HOUSE = "open_house", "open huis"
    SAS_OR_OPEN_HOUSE = "sas_or_open", "aanbesteding of open huis"


class MarketSubject(models.TextChoices):
    PROVIDERS = "providers", "aantal aanbieders"
    ENTRY = "entry", "nieuwe spelers"
    PROPERTY = "property", "vastgoed"
    VOLUME = "volume", "volumerisico"
    CAPACITY = "capacity", "capaciteit"
    WAITING = "waiting", "wachttijden"
    TASK = "task", "transformatieopgave"
    OTHER = "other", "overig"


class ShareBase(models.TextChoices):
    """A share has a base; shares of different bases are never compared."""

    MARKET = "market", "van de markt"
    CHILDREN = "children", "van de kinderen"
    BUDGET = "budget", "van het budget"


class ProcedureState(models.TextChoices):
    PREPARING = "preparing", "in voorbereiding"
    ANNOUNCED = "announced", "aangekondigd"
    RUNNING = "running", "loopt"
    CONCLUDING = "concluding", "gunning of ondertekening"
    COMPLETED = "completed", "afgerond"
    STOPPED = "stopped", "gestopt"
    REPLACED = "replaced", "vervangen door een andere procedure"

    # Whose planning still asks for something.
    OPEN = nonmember(("preparing", "announced", "running", "concluding"))


PROCEDURE = register_states(
    StateTable(
        code="procedure",
        subject="De procedure",
        states=ProcedureState,
        initial=ProcedureState.PREPARING,
        moves=(
            Move("announce", "Aankondigen", (ProcedureState.PREPARING,), ProcedureState.ANNOUNCED,
                 DEALERS),
            Move("start", "Starten", (ProcedureState.PREPARING, ProcedureState.ANNOUNCED),
                 ProcedureState.RUNNING, DEALERS),
            Move("conclude", "Naar gunning of ondertekening", (ProcedureState.RUNNING,),
                 ProcedureState.CONCLUDING, DEALERS),
            Move("complete", "Afronden", (ProcedureState.CONCLUDING,), ProcedureState.COMPLETED,
                 DEALERS),
            Move("stop", "Stoppen", (ProcedureState.PREPARING, ProcedureState.ANNOUNCED,
                 ProcedureState.RUNNING, ProcedureState.CONCLUDING), ProcedureState.STOPPED,
                 DEALERS, reason=True),
            Move("replace", "Uitwijken naar een andere procedure",
                 (ProcedureState.PREPARING, ProcedureState.ANNOUNCED, ProcedureState.RUNNING),
                 ProcedureState.REPLACED, EDITORS, reason=True),
        ),
    )
)  # fmt: skip


class Openness(models.TextChoices):
    """How far an open house stands open."""

    NOT = "none", "niet van toepassing"
    OPEN = "open", "open"
    CLOSED = "closed", "gesloten"
    MISSING = "missing", "gesloten, behalve voor missend aanbod"


class StepKind(models.TextChoices):
    PHASE = "phase", "fase"
    MILESTONE = "milestone", "mijlpaal"
    NOTICE = "notice", "verplichte aankondiging"


class NoticeKind(models.TextChoices):
    """What a procedure must make known (2014/24/EU art. 74-77; Aanbestedingswet 2.38-2.39)."""

    CONTRACT = "contract", "Europese (voor)aankondiging"
    AWARD = "award", "Europese aankondiging van de gunning"
    OPENING = "opening", "passende openbaarmaking (onder de Europese drempel)"
    ADMISSION = "admission", "openbaarmaking van de toelatingseisen"
    CHANGE = "change", "toets op wezenlijke wijziging van de overeenkomst"


class PlanningLevel(models.TextChoices):
    LOCAL = "local", "lokaal"
    REGIONAL = "regional", "regionaal"
    NATIONAL = "national", "landelijk"


class IssueState(models.TextChoices):
    OPEN = "open", "op tafel"
    MEDIATION = "mediation", "in bemiddeling"
    REFERRED = "referred", "bij de opdrachtgever"
    AGREED = "agreed", "consensus"
    RULED = "ruled", "uitspraak gedaan"

    # What a next meeting still has to speak of.
    UNSETTLED = nonmember(("open", "mediation", "referred"))
    SETTLED = nonmember(("agreed", "ruled"))


ISSUE = register_states(
    StateTable(
        code="issue",
        subject="Het vraagstuk",
        states=IssueState,
        initial=IssueState.OPEN,
        moves=(
            Move("agree", "Consensus vastleggen", (IssueState.OPEN, IssueState.MEDIATION),
                 IssueState.AGREED, DEALERS, reason=True),
            Move("mediate", "Bemiddeling vragen aan de voorzitter", (IssueState.OPEN,),
                 IssueState.MEDIATION, DEALERS, reason=True),
            Move("refer", "Voorleggen aan de opdrachtgever", (IssueState.MEDIATION,),
                 IssueState.REFERRED, DEALERS, reason=True),
            Move("rule", "Uitspraak doen", (IssueState.REFERRED,), IssueState.RULED, PRINCIPALS,
                 reason=True),
        ),
    )
)  # fmt: skip


class MemberRole(models.TextChoices):
    MEMBER = "member", "lid"
    CHAIR = "chair", "onafhankelijk voorzitter"
    PRINCIPAL = "principal", "opdrachtgever"


class Stance(models.TextChoices):
    FOR = "for", "voor"
    UNLESS = "unless", "voor, onder voorwaarden"
    AGAINST = "against", "tegen"
