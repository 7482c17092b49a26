"""Asking others about a draft, and answering every remark."""

from django.db import models
from django.db.models import F, Q

from core.audit import audited
from regions.models import ChainPartner

from ..enums.policy import CONSULTATION, ConsultationState, Disposition
from .plans import PlanAttachment, PlanSection, PolicyDocument


@audited()
class Consultation(models.Model):
    """A round in which organisations comment on a plan; its answer is the response note."""

    plan = models.ForeignKey(PolicyDocument, on_delete=models.CASCADE, related_name="consultations")
    title = models.CharField("titel", max_length=200)
    answered_by = models.CharField(
        "kop van de antwoordkolom", max_length=120, default="Reactie", blank=True
    )
    version = models.CharField("versie", max_length=40, blank=True)
    opened_on = models.DateField("open vanaf", null=True, blank=True)
    closed_on = models.DateField("open tot en met", null=True, blank=True)
    invitation = models.TextField("wat is gevraagd", blank=True)
    introduction = models.TextField("inleiding van de reactienota", blank=True)
    closing = models.TextField("slot van de reactienota", blank=True)
    state = models.CharField(
        "stand", max_length=10, choices=ConsultationState, default=CONSULTATION.initial
    )
    annex = models.ForeignKey(
        PlanAttachment,
        verbose_name="is bijlage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="consultations",
    )
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "consultatie"
        verbose_name_plural = "consultaties"
        ordering = ["plan", "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "title"], name="procurement_consultation_title_unique"
            ),
            models.CheckConstraint(
                name="procurement_consultation_closes_after_opening",
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                violation_error_message="De consultatie sluit niet voordat zij opent.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def tone(self) -> str:
        return ConsultationState(self.state).tone


@audited()
class ConsultationRemark(models.Model):
    """A remark of an organisation on a chapter, the reaction, and what was done with it."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="remarks")
    number = models.PositiveSmallIntegerField("nummer")
    partner = models.ForeignKey(
        ChainPartner, verbose_name="organisatie", on_delete=models.PROTECT, related_name="remarks"
    )
    section = models.ForeignKey(
        PlanSection,
        verbose_name="over hoofdstuk",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="remarks",
    )
    remark = models.TextField("opmerking")
    response = models.TextField("reactie", blank=True)
    disposition = models.CharField("afhandeling", max_length=10, choices=Disposition, blank=True)
    processed_in = models.ForeignKey(
        PlanSection,
        verbose_name="verwerkt in",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="processed_remarks",
    )
    processed_plan = models.ForeignKey(
        PolicyDocument,
        verbose_name="gaat naar plan",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="carried_remarks",
    )
    processed_where = models.CharField("waar verwerkt", max_length=300, blank=True)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "opmerking"
        verbose_name_plural = "opmerkingen"
        ordering = ["consultation", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "number"],
                name="procurement_remark_number_unique",
                violation_error_message="Dit nummer is al gebruikt in deze consultatie.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.partner}"

    @property
    def tone(self) -> str:
        return Disposition(self.disposition).tone if self.disposition else "attention"
