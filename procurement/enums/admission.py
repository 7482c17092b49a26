"""Choices and tables of states of admission."""

from enum import nonmember

from django.db import models

from core.states import Move, StateTable, register_states
from regions.enums import Role

MANAGERS = (Role.CONTRACT_MANAGER.value, Role.REGIONAL_ADMIN.value)
APPLICANTS = (*MANAGERS, Role.PROVIDER.value)


class OpenHouseState(models.TextChoices):
    OPEN = "open", "open voor iedereen"
    CLOSED = "closed", "gesloten"
    MISSING = "missing", "gesloten, behalve voor missend aanbod"

    @property
    def tone(self) -> str:
        return {"open": "good", "missing": "attention"}.get(self.value, "neutral")


class RequirementKind(models.TextChoices):
    KNOCK_OUT = "knock_out", "knock-out"
    CONTENT = "content", "inhoudelijk"
    BUSINESS = "business", "bedrijfsmatig"


class AdmissionState(models.TextChoices):
    DRAFT = "draft", "concept"
    SUBMITTED = "submitted", "aangevraagd"
    ASSESSING = "assessing", "in beoordeling"
    SUPPLEMENT = "supplement", "wacht op aanvulling"
    ADMITTED = "admitted", "toegelaten"
    CONDITIONAL = "conditional", "toegelaten onder voorwaarden"
    REFUSED = "refused", "geweigerd"
    WITHDRAWN = "withdrawn", "ingetrokken"
    LAPSED = "lapsed", "vervallen"

    # The applicant may still change answers and evidence.
    WRITABLE = nonmember(("draft", "supplement"))
    IN_FORCE = nonmember(("admitted", "conditional"))
    UNDER_WAY = nonmember(("draft", "submitted", "assessing", "supplement"))

    @property
    def tone(self) -> str:
        return {
            "draft": "neutral",
            "submitted": "busy",
            "assessing": "busy",
            "supplement": "attention",
            "admitted": "good",
            "conditional": "attention",
            "refused": "bad",
        }.get(self.value, "neutral")


class LetterKind(models.TextChoices):
    RECEIVED = "received", "ontvangstbevestiging"
    SUPPLEMENT = "supplement", "verzoek om aanvulling"
    DECISION = "decision", "besluit"
    LAPSED = "lapsed", "bericht van verval"
    OBJECTION = "objection", "beslissing op bezwaar"


class ObjectionState(models.TextChoices):
    OPEN = "open", "in behandeling"
    UPHELD = "upheld", "gegrond"
    REJECTED = "rejected", "ongegrond"
    INADMISSIBLE = "inadmissible", "niet-ontvankelijk"
    WITHDRAWN = "withdrawn", "ingetrokken"

    @property
    def tone(self) -> str:
        return {"open": "busy", "upheld": "good"}.get(self.value, "neutral")


_S = AdmissionState
ADMISSION = register_states(
    StateTable(
        code="admission",
        subject="de toelating",
        states=AdmissionState,
        initial=_S.DRAFT,
        moves=(
            Move("submit", "Aanvraag indienen", (_S.DRAFT,), _S.SUBMITTED, who=APPLICANTS),
            Move("assess", "Beoordeling beginnen", (_S.SUBMITTED,), _S.ASSESSING, who=MANAGERS),
            Move("ask-supplement", "Aanvulling vragen", (_S.ASSESSING,), _S.SUPPLEMENT,
                 who=MANAGERS, reason=True),
            Move("supplemented", "Aanvulling is binnen", (_S.SUPPLEMENT,), _S.ASSESSING,
                 who=APPLICANTS),
            Move("admit", "Toelaten", (_S.ASSESSING,), _S.ADMITTED, who=MANAGERS),
            Move("admit-conditionally", "Toelaten onder voorwaarden", (_S.ASSESSING,),
                 _S.CONDITIONAL, who=MANAGERS, reason=True),
            Move("refuse", "Weigeren", (_S.ASSESSING, _S.SUPPLEMENT), _S.REFUSED, who=MANAGERS,
                 reason=True),
            Move("fulfil", "Voorwaarden zijn vervuld", (_S.CONDITIONAL,), _S.ADMITTED,
                 who=MANAGERS, reason=True),
            Move("re-assess", "Opnieuw beoordelen", (*_S.IN_FORCE, _S.REFUSED), _S.ASSESSING,
                 who=MANAGERS, reason=True),
            Move("withdraw", "Intrekken", (*_S.UNDER_WAY, *_S.IN_FORCE), _S.WITHDRAWN,
                 who=APPLICANTS, reason=True),
            Move("lapse", "Laten vervallen", (_S.SUPPLEMENT, *_S.IN_FORCE), _S.LAPSED,
                 who=MANAGERS, reason=True),
        ),
    )
)  # fmt: skip

OBJECTION = register_states(
    StateTable(
        code="admission-objection",
        subject="het bezwaar",
        states=ObjectionState,
        initial=ObjectionState.OPEN,
        moves=(
            Move("uphold", "Gegrond verklaren", (ObjectionState.OPEN,), ObjectionState.UPHELD,
                 who=MANAGERS, reason=True),
            Move("reject", "Ongegrond verklaren", (ObjectionState.OPEN,),
                 ObjectionState.REJECTED, who=MANAGERS, reason=True),
            Move("not-admissible", "Niet-ontvankelijk verklaren", (ObjectionState.OPEN,),
                 ObjectionState.INADMISSIBLE, who=MANAGERS, reason=True),
            Move("withdraw", "Bezwaar is ingetrokken", (ObjectionState.OPEN,),
                 ObjectionState.WITHDRAWN, who=MANAGERS),
        ),
    )
)  # fmt: skip
