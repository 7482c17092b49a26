from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock
from core.audit import audited
from regions.models import Region

from ..enums.compliance import COMPLIANCE_CHECK, CheckState, Probe, StandardSubject, Verdict
from .contracts import Contract
from .plans import PolicyDocument


@audited()
class ComplianceStandard(models.Model):
    """A list of what a standard asks of every contract or plan of a region."""

    region = models.ForeignKey(
        Region, on_delete=models.CASCADE, related_name="compliance_standards"
    )
    code = models.CharField("code", max_length=20)
    title = models.CharField("norm", max_length=160)
    subject = models.CharField("gaat over", max_length=10, choices=StandardSubject)
    note = models.TextField("toelichting", blank=True)
    valid_from = models.DateField("vanaf")
    valid_to = models.DateField("tot", null=True, blank=True)
    source = models.CharField("bron", max_length=300, blank=True)

    class Meta:
        verbose_name = "norm"
        verbose_name_plural = "normen"
        ordering = ["title", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "code", "valid_from"], name="procurement_standard_code_once"
            ),
            models.CheckConstraint(
                name="procurement_standard_validity",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


@audited()
class CompliancePoint(models.Model):
    """One thing that a standard asks."""

    standard = models.ForeignKey(
        ComplianceStandard, on_delete=models.CASCADE, related_name="points"
    )
    number = models.PositiveSmallIntegerField("nummer")
    article = models.CharField("artikel", max_length=40, blank=True)
    text = models.TextField("punt")
    probe = models.CharField("wat de site nagaat", max_length=16, choices=Probe, blank=True)
    source = models.CharField("bron", max_length=300, blank=True)

    class Meta:
        verbose_name = "punt van een norm"
        verbose_name_plural = "punten van een norm"
        ordering = ["standard", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["standard", "number"], name="procurement_standard_point_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.article} {self.text}".strip()


@audited()
class ComplianceCheck(models.Model):
    """A contract, or a plan, held against a standard; keeps the points with which it began."""

    standard = models.ForeignKey(
        ComplianceStandard, verbose_name="norm", on_delete=models.PROTECT, related_name="checks"
    )
    contract = models.ForeignKey(
        Contract, on_delete=models.CASCADE, related_name="compliance", null=True, blank=True
    )
    plan = models.ForeignKey(
        PolicyDocument, on_delete=models.CASCADE, related_name="compliance", null=True, blank=True
    )
    begun_on = models.DateField("begonnen op", default=clock.today)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="door",
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
    )
    settled_on = models.DateField("vastgesteld op", null=True, blank=True)
    state = models.CharField(
        "stand", max_length=8, choices=CheckState, default=COMPLIANCE_CHECK.initial, editable=False
    )
    fictitious = models.BooleanField("fictief", default=False, editable=False)

    class Meta:
        verbose_name = "nalevingstoets"
        verbose_name_plural = "nalevingstoetsen"
        ordering = ["-begun_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="procurement_check_has_one_subject",
                condition=Q(contract__isnull=False, plan__isnull=True)
                | Q(contract__isnull=True, plan__isnull=False),
                violation_error_message="Een toets gaat over één contract of één plan.",
            ),
            models.UniqueConstraint(
                fields=["standard", "contract"],
                condition=Q(state="open", contract__isnull=False),
                name="procurement_check_one_open_per_contract",
                violation_error_message="Voor dit contract loopt deze toets al.",
            ),
            models.UniqueConstraint(
                fields=["standard", "plan"],
                condition=Q(state="open", plan__isnull=False),
                name="procurement_check_one_open_per_plan",
                violation_error_message="Voor dit plan loopt deze toets al.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.standard}: {self.subject}"

    @property
    def subject(self) -> Contract | PolicyDocument:
        found = self.contract or self.plan
        assert found is not None  # noqa: S101 -- the database holds that there is one
        return found

    @property
    def tone(self) -> str:
        return CheckState(self.state).tone


@audited()
class ComplianceAnswer(models.Model):
    """Whether a point is met, why, since when and by whose judgement; what must be done if not."""

    check_list = models.ForeignKey(
        ComplianceCheck, on_delete=models.CASCADE, related_name="answers"
    )
    number = models.PositiveSmallIntegerField("nummer")
    article = models.CharField("artikel", max_length=40, blank=True)
    text = models.TextField("punt")
    probe = models.CharField("wat de site nagaat", max_length=16, choices=Probe, blank=True)
    source = models.CharField("bron", max_length=300, blank=True)
    verdict = models.CharField("oordeel", max_length=16, choices=Verdict, default=Verdict.OPEN)
    motivation = models.TextField("waarom", blank=True)
    judged_on = models.DateField("beoordeeld op", null=True, blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="beoordeeld door",
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    remedy = models.TextField("wat er moet gebeuren", blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="wie",
        on_delete=models.SET_NULL,
        related_name="+",
        null=True,
        blank=True,
    )
    due_on = models.DateField("uiterlijk op", null=True, blank=True)

    class Meta:
        verbose_name = "punt van een toets"
        verbose_name_plural = "punten van een toets"
        ordering = ["check_list", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["check_list", "number"], name="procurement_check_point_once"
            ),
            models.CheckConstraint(
                name="procurement_check_answer_is_motivated",
                condition=Q(verdict="open") | (~Q(motivation="") & Q(judged_on__isnull=False)),
                violation_error_message="Een oordeel heeft een motivering en een dag.",
            ),
            models.CheckConstraint(
                name="procurement_check_lack_is_remedied",
                condition=~Q(verdict="not_met") | (~Q(remedy="") & Q(due_on__isnull=False)),
                violation_error_message="Zeg wat er moet gebeuren en uiterlijk wanneer.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article} {self.text}".strip()[:120]

    @property
    def tone(self) -> str:
        return Verdict(self.verdict).tone
