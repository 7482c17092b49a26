from datetime import date, timedelta
from decimal import Decimal

from django.db import models
from django.db.models import Q

from core import clock
from core.audit import audited
from core.documents.models import Document, DocumentVersion

from ..enums.ceilings import (
    CEILING_SIGNAL,
    CeilingAnswer,
    CeilingLetterKind,
    CeilingState,
    SignalSource,
)
from .contracts import SpendingCap

# Contract standard, art. 1.5: a talk within two weeks of the signal, a decision in two more.
TALK_WITHIN = timedelta(weeks=2)
DECIDE_WITHIN = timedelta(weeks=2)


@audited(exclude=("used", "expected", "reached_on", "figures_on"))
class CeilingSignal(models.Model):
    """The ceiling of a contract is nearly used: what both sides do about it (CS art. 1.5).

    A ceiling signals once; a ceiling that was raised is another one. Amounts are euros without
    crisis care. `used`, `expected` and `reached_on` are refreshed while the signal is open;
    `used_then` stays as it was.
    """

    cap = models.OneToOneField(
        SpendingCap, verbose_name="plafond", on_delete=models.CASCADE, related_name="signal"
    )
    source = models.CharField("gemeld door", max_length=10, choices=SignalSource)
    signalled_on = models.DateField("gesignaleerd op", default=clock.today)
    used_then = models.DecimalField("gebruikt bij het signaal", max_digits=14, decimal_places=2)
    used = models.DecimalField("gebruikt", max_digits=14, decimal_places=2)
    expected = models.DecimalField(
        "verwacht dit jaar", max_digits=14, decimal_places=2, null=True, blank=True
    )
    reached_on = models.DateField("plafond bereikt op", null=True, blank=True)
    figures_on = models.DateField("stand van", default=clock.today)
    note = models.TextField("toelichting", blank=True)
    talk_on = models.DateField("gesprek op", null=True, blank=True)
    talk_report = models.TextField("verslag van het gesprek", blank=True)
    answer = models.CharField("besluit", max_length=10, choices=CeilingAnswer, blank=True)
    answer_text = models.TextField("motivering", blank=True)
    decided_on = models.DateField("besloten op", null=True, blank=True)
    state = models.CharField(
        "stand", max_length=10, choices=CeilingState, default=CEILING_SIGNAL.initial, editable=False
    )
    fictitious = models.BooleanField("fictief", default=False, editable=False)

    class Meta:
        verbose_name = "signaal over een plafond"
        verbose_name_plural = "signalen over plafonds"
        ordering = ["-signalled_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="procurement_ceilingsignal_talked_has_day",
                condition=~Q(state__in=["invited", "talked", "decided"]) | Q(talk_on__isnull=False),
                violation_error_message="Een gesprek heeft een dag.",
            ),
            models.CheckConstraint(
                name="procurement_ceilingsignal_decision_is_motivated",
                condition=~Q(state="decided")
                | (~Q(answer="") & ~Q(answer_text="") & Q(decided_on__isnull=False)),
                violation_error_message="Een besluit heeft een motivering en een dag.",
            ),
        ]

    def __str__(self) -> str:
        return f"Plafond {self.cap.year} van contract {self.cap.contract.number}"

    @property
    def tone(self) -> str:
        return CeilingState(self.state).tone

    @property
    def share(self) -> Decimal:
        return self.used / self.cap.amount

    @property
    def talk_by(self) -> date:
        return self.signalled_on + TALK_WITHIN

    @property
    def decide_by(self) -> date | None:
        """None until the talk was held."""
        if self.state in CeilingState.BEFORE_TALK or self.talk_on is None:
            return None
        return self.talk_on + DECIDE_WITHIN

    @property
    def due(self) -> date | None:
        """The term that runs now."""
        if self.state not in CeilingState.OPEN:
            return None
        return self.decide_by or self.talk_by

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due < clock.today()


@audited()
class CeilingLetter(models.Model):
    """A letter as it was sent: DOCX and PDF, never changed."""

    signal = models.ForeignKey(CeilingSignal, on_delete=models.CASCADE, related_name="letters")
    kind = models.CharField("soort", max_length=10, choices=CeilingLetterKind)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    pdf = models.OneToOneField(DocumentVersion, on_delete=models.PROTECT, related_name="+")
    docx = models.OneToOneField(DocumentVersion, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField("verzonden op", default=clock.today)

    class Meta:
        verbose_name = "brief over een plafond"
        verbose_name_plural = "brieven over plafonds"
        ordering = ["-sent_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.signal}"
