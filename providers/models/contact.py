"""What a region talks about with a provider, and what was agreed."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.audit import audited

from ..enums import AgreementState, ConversationKind, ConversationState
from .provider import Provider


@audited()
class ProviderConversation(models.Model):
    """A conversation between account holders: planned with an agenda, then written down."""

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="conversations")
    kind = models.CharField(
        "soort", max_length=8, choices=ConversationKind, default=ConversationKind.PERIODIC
    )
    subject = models.CharField("onderwerp", max_length=160)
    planned_on = models.DateField("datum")
    place = models.CharField("plaats", max_length=120, blank=True)
    participants = models.JSONField("aanwezig", default=list, blank=True)
    agenda = models.JSONField("agenda", default=list, blank=True)
    report = models.TextField("verslag", blank=True)
    next_on = models.DateField("volgend gesprek", null=True, blank=True)
    state = models.CharField(
        "stand", max_length=10, choices=ConversationState, default=ConversationState.PLANNED,
        editable=False,
    )  # fmt: skip

    class Meta:
        verbose_name = "accountgesprek"
        verbose_name_plural = "accountgesprekken"
        ordering = ["-planned_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="providers_conversation_held_has_report",
                condition=~Q(state="held") | ~Q(report=""),
                violation_error_message="Een gevoerd gesprek heeft een verslag.",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def tone(self) -> str:
        return ConversationState(self.state).tone


@audited()
class ProviderAgreement(models.Model):
    """What was agreed with a provider: who does what, and when it is ready.

    `owner` is a user of the region, or `owner_name` somebody at the provider.
    """

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="agreements")
    conversation = models.ForeignKey(
        ProviderConversation,
        verbose_name="gesprek",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="agreements",
    )
    text = models.CharField("afspraak", max_length=500)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="eigenaar bij de regio",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    owner_name = models.CharField("eigenaar bij de aanbieder", max_length=120, blank=True)
    due_on = models.DateField("gereed op")
    state = models.CharField(
        "stand", max_length=8, choices=AgreementState, default=AgreementState.OPEN, editable=False
    )

    class Meta:
        verbose_name = "afspraak"
        verbose_name_plural = "afspraken"
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="providers_agreement_has_an_owner",
                condition=Q(owner__isnull=False) | ~Q(owner_name=""),
                violation_error_message=(
                    "Een afspraak heeft een eigenaar: iemand van de regio of van de aanbieder."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def tone(self) -> str:
        return AgreementState(self.state).tone

    @property
    def owner_shown(self) -> str:
        return str(self.owner) if self.owner_id else self.owner_name
