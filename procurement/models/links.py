"""What hangs on what, from a framework down to a clause."""

from django.db import models
from django.db.models import F, Q

from core.audit import audited
from regions.models import Region
from segments.models import SegmentGoal

from ..enums.policy import LinkKind
from .plans import PlanSection, PolicyFramework


def one_of(*names: str) -> Q:
    """Exactly one of these columns is filled."""
    found = Q()
    for one in names:
        found |= Q(**{f"{name}__isnull": name != one for name in names})
    return found


@audited()
class PolicyLink(models.Model):
    """One thing hangs on another: a clause on a goal, a goal on a chapter, a chapter on a law.

    Below stands a chapter, a goal or a choice; above it a chapter, a goal or a framework. From
    these links the way from a council's framework to a clause, and back, is drawn.
    """

    kind = models.CharField("verband", max_length=10, choices=LinkKind, default=LinkKind.ELABORATES)
    section = models.ForeignKey(
        PlanSection,
        verbose_name="hoofdstuk of bepaling",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="links_up",
    )
    goal = models.ForeignKey(
        SegmentGoal,
        verbose_name="doel",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="policy_links_up",
    )
    funding_choice = models.ForeignKey(
        "procurement.FundingChoice",
        verbose_name="keuze van bekostiging",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="links_up",
    )
    procedure_choice = models.ForeignKey(
        "procurement.ProcedureChoice",
        verbose_name="keuze van procedure",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="links_up",
    )
    upper_section = models.ForeignKey(
        PlanSection,
        verbose_name="hangt aan hoofdstuk",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="links_down",
    )
    upper_goal = models.ForeignKey(
        SegmentGoal,
        verbose_name="hangt aan doel",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="policy_links_down",
    )
    upper_framework = models.ForeignKey(
        PolicyFramework,
        verbose_name="hangt aan kader",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="links_down",
    )
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="policy_links")
    note = models.CharField("hoe dan", max_length=300, blank=True)
    source = models.CharField("bron", max_length=200, blank=True)

    class Meta:
        verbose_name = "verband"
        verbose_name_plural = "verbanden"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="procurement_link_one_below",
                condition=one_of("section", "goal", "funding_choice", "procedure_choice"),
                violation_error_message="Kies één ding dat eraan hangt: hoofdstuk, doel of keuze.",
            ),
            models.CheckConstraint(
                name="procurement_link_one_above",
                condition=one_of("upper_section", "upper_goal", "upper_framework"),
                violation_error_message="Kies één ding waaraan het hangt.",
            ),
            models.CheckConstraint(
                name="procurement_link_not_to_itself",
                condition=(Q(section__isnull=True) | ~Q(section=F("upper_section")))
                & (Q(goal__isnull=True) | ~Q(goal=F("upper_goal"))),
                violation_error_message="Iets kan niet aan zichzelf hangen.",
            ),
            models.UniqueConstraint(
                fields=[
                    "section",
                    "goal",
                    "funding_choice",
                    "procedure_choice",
                    "upper_section",
                    "upper_goal",
                    "upper_framework",
                ],
                name="procurement_link_once",
                nulls_distinct=False,
                violation_error_message="Dit verband ligt er al.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.below} {self.get_kind_display()} {self.above}"

    @property
    def below(self) -> models.Model | None:
        return self.section or self.goal or self.funding_choice or self.procedure_choice

    @property
    def above(self) -> PlanSection | SegmentGoal | PolicyFramework | None:
        return self.upper_section or self.upper_goal or self.upper_framework
