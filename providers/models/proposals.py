from django.conf import settings
from django.db import models

from core import clock
from core.audit import audited

from ..enums import ProposalState, ProposalSubject
from .provider import Provider


@audited()
class ChangeProposal(models.Model):
    """A change of a contact or location that a provider asks for.

    `target` is the key of the row (empty: a new one), `values` its fields as text; with `removes`
    the row goes. `before` holds the fields as the provider saw them.
    """

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="proposals")
    subject = models.CharField("onderwerp", max_length=8, choices=ProposalSubject)
    target = models.PositiveBigIntegerField(null=True, blank=True)
    removes = models.BooleanField("verwijderen", default=False)
    values = models.JSONField(default=dict, blank=True)
    before = models.JSONField(default=dict, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    proposed_at = models.DateTimeField(default=clock.now)
    state = models.CharField(
        "stand", max_length=9, choices=ProposalState, default=ProposalState.PROPOSED, editable=False
    )

    class Meta:
        verbose_name = "voorstel"
        verbose_name_plural = "voorstellen"
        ordering = ["-proposed_at", "-pk"]

    def __str__(self) -> str:
        what = self.get_subject_display()
        name = self.values.get("name") or self.before.get("name") or ""
        verb = "verwijderen" if self.removes else "wijzigen" if self.target else "toevoegen"
        return f"{what} {name} {verb}".replace("  ", " ")

    @property
    def tone(self) -> str:
        return ProposalState(self.state).tone
