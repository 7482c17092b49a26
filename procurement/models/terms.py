from django.db import models
from django.db.models import Q

from core.audit import audited
from core.ui.words import count_of
from segments.models import SegmentScheme


class Terms(models.Model):
    """How long an agreement lasts and how it goes on or ends: months and counts, no dates.

    Of a contract itself, and of a strategy as what new contracts begin with.
    """

    min_term_months = models.PositiveSmallIntegerField(
        "minimale looptijd (maanden)", null=True, blank=True
    )
    max_extensions = models.PositiveSmallIntegerField("aantal verlengingen, ten hoogste", default=0)
    extension_months = models.PositiveSmallIntegerField(
        "maanden per verlenging", null=True, blank=True
    )
    extension_tests = models.JSONField(
        "toetsen voor verlenging",
        default=list,
        blank=True,
        help_text="Een verlenging kan pas worden afgesproken als elke toets is vastgelegd.",
    )
    extension_notice_months = models.PositiveSmallIntegerField(
        "verlenging aankondigen, maanden voor het einde",
        default=6,
        help_text="Contractstandaard Jeugd, artikel 1.3: ten minste zes maanden.",
    )
    renews_tacitly = models.BooleanField("verlengt stilzwijgend", default=False)
    notice_months = models.PositiveSmallIntegerField(
        "opzegtermijn (maanden)", null=True, blank=True
    )
    notice_days = models.PositiveSmallIntegerField(
        "opzegtermijn (dagen)",
        null=True,
        blank=True,
        help_text="Een week is 7 dagen. Mag ook naast maanden: 1 maand en 14 dagen.",
    )
    decision_lead_months = models.PositiveSmallIntegerField(
        "intern besluit, maanden eerder",
        default=2,
        help_text="Zo lang voor de uiterste dag moet de regio zelf besloten hebben.",
    )
    long_term_reason = models.TextField(
        "motivering van de lange looptijd",
        blank=True,
        help_text="Nodig voor een raamovereenkomst die langer dan vier jaar duurt.",
    )

    class Meta:
        abstract = True

    @property
    def notice(self) -> tuple[int, int] | None:
        """The term of notice in months and days; None when there is none."""
        if self.notice_months is None and self.notice_days is None:
            return None
        return self.notice_months or 0, self.notice_days or 0

    @property
    def notice_in_words(self) -> str:
        """'6 maanden', '45 dagen', '1 maand en 14 dagen'; '' for none, and for no days at all."""
        parts = []
        if self.notice_months:
            parts.append(count_of(self.notice_months, "maand,maanden"))
        if self.notice_days:
            parts.append(count_of(self.notice_days, "dag,dagen"))
        return " en ".join(parts)


@audited()
class ContractPolicy(Terms):
    """What the strategy says about every contract under it; a new contract begins with this."""

    scheme = models.OneToOneField(
        SegmentScheme, on_delete=models.CASCADE, related_name="contract_policy"
    )
    no_subcontracting = models.BooleanField("geen onderaannemers", default=False)
    case_director = models.BooleanField("inhoudelijk regievoerder", default=False)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "contractregels"
        verbose_name_plural = "contractregels"
        ordering = ["scheme"]
        constraints = [
            models.CheckConstraint(
                name="procurement_policy_extensions_have_length",
                condition=Q(max_extensions=0) | Q(extension_months__gt=0),
                violation_error_message="Noem ook hoeveel maanden een verlenging duurt.",
            )
        ]

    def __str__(self) -> str:
        return f"contractregels van {self.scheme}"
