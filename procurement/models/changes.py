import pgtrigger
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from core import clock
from core.audit import audited

from ..enums.contracts import (
    ChangeAction,
    ExtensionState,
    RefusalEffect,
    RevisionReason,
    RevisionState,
    VersionKind,
)
from .contracts import Contract


@audited()
class ContractExtension(models.Model):
    """A longer term, possible after the tests that the contract names."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="extensions")
    number = models.PositiveSmallIntegerField("nummer")
    months = models.PositiveSmallIntegerField("maanden", validators=[MinValueValidator(1)])
    previous_end = models.DateField("einde voor de verlenging (dag na de laatste)")
    new_end = models.DateField("einde na de verlenging (dag na de laatste)")
    state = models.CharField(
        "stand", max_length=10, choices=ExtensionState, default=ExtensionState.PROPOSED
    )
    tacit = models.BooleanField("stilzwijgend", default=False)
    motivation = models.TextField("toelichting", blank=True)
    agreed_on = models.DateField("afgesproken op", null=True, blank=True)

    class Meta:
        verbose_name = "verlenging"
        verbose_name_plural = "verlengingen"
        ordering = ["contract", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract"],
                condition=Q(state="proposed"),
                name="procurement_extension_one_proposed",
                violation_error_message="Er is al een verlenging voorgesteld.",
            ),
            models.UniqueConstraint(
                fields=["contract", "number"],
                condition=~Q(state="rejected"),
                name="procurement_extension_number_unique",
            ),
            models.CheckConstraint(
                name="procurement_extension_is_longer",
                condition=Q(new_end__gt=F("previous_end")),
                violation_error_message="Een verlenging maakt het contract langer.",
            ),
            models.CheckConstraint(
                name="procurement_extension_agreed_on_a_day",
                condition=~Q(state="agreed") | Q(agreed_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"verlenging {self.number}"

    @property
    def tone(self) -> str:
        return ExtensionState(self.state).tone


@audited()
class ExtensionTest(models.Model):
    """The outcome of one test that an extension depends on."""

    extension = models.ForeignKey(ContractExtension, on_delete=models.CASCADE, related_name="tests")
    name = models.CharField("toets", max_length=160)
    met = models.BooleanField("gehaald")
    motivation = models.TextField("waarom")
    tested_on = models.DateField("getoetst op")
    tested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = "toets"
        verbose_name_plural = "toetsen"
        ordering = ["extension", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["extension", "name"], name="procurement_extensiontest_once"
            )
        ]

    def __str__(self) -> str:
        return self.name


@audited()
class ContractRevision(models.Model):
    """A revision (herziening): changes that start together when the provider accepts them."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField("nummer")
    title = models.CharField("titel", max_length=160)
    reason_code = models.CharField("reden", max_length=14, choices=RevisionReason)
    explanation = models.TextField("toelichting op de reden")
    addendum = models.TextField("tekst van het addendum", blank=True)
    effective_from = models.DateField("gaat in op")
    answer_before = models.DateField("antwoord uiterlijk op", null=True, blank=True)
    on_refusal = models.CharField(
        "bij weigering", max_length=10, choices=RefusalEffect, default=RefusalEffect.NOTICE
    )
    state = models.CharField(
        "stand", max_length=10, choices=RevisionState, default=RevisionState.DRAFT
    )
    answered_on = models.DateField("beantwoord op", null=True, blank=True)

    class Meta:
        verbose_name = "herziening"
        verbose_name_plural = "herzieningen"
        ordering = ["contract", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "number"], name="procurement_revision_number_unique"
            ),
            models.CheckConstraint(
                name="procurement_revision_answered_on_a_day",
                condition=~Q(state__in=["accepted", "refused"]) | Q(answered_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"herziening {self.number}: {self.title}"

    @property
    def tone(self) -> str:
        return RevisionState(self.state).tone


@audited()
class RevisionChange(models.Model):
    """One change in a revision: a part of the contract that comes, changes or ends.

    `part` is a code of `procurement.domain.parts`; `values` are the new values of its fields and
    `before` what stood there, both as plain JSON. `target` is the row that changes or ends.
    """

    revision = models.ForeignKey(ContractRevision, on_delete=models.CASCADE, related_name="changes")
    part = models.CharField("onderdeel", max_length=24)
    action = models.CharField("wat", max_length=8, choices=ChangeAction)
    target = models.BigIntegerField(null=True, blank=True)
    label = models.CharField("welk", max_length=300)
    values = models.JSONField("nieuw", default=dict)
    before = models.JSONField("oud", default=dict)

    class Meta:
        verbose_name = "wijziging"
        verbose_name_plural = "wijzigingen"
        ordering = ["revision", "pk"]
        constraints = [
            models.CheckConstraint(
                name="procurement_change_names_its_target",
                condition=Q(action="add", target__isnull=True)
                | Q(part="contract")
                | (~Q(action="add") & Q(target__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.get_action_display()}"


class ContractVersion(models.Model):
    """What the head of a contract says since a day: its term, name, segments and conditions.

    Only ever added. On day X the version with the latest `effective_from` up to X holds; of two
    with the same day the higher number. `head` is `procurement.domain.heads.Head` as JSON.
    """

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("versie")
    kind = models.CharField("soort", max_length=10, choices=VersionKind)
    effective_from = models.DateField("leest zo vanaf")
    made_at = models.DateTimeField("vastgelegd op", default=clock.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    summary = models.CharField("samenvatting", max_length=300, blank=True)
    head = models.JSONField("kop")
    revision = models.OneToOneField(
        ContractRevision, null=True, on_delete=models.CASCADE, related_name="version"
    )
    extension = models.OneToOneField(
        ContractExtension, null=True, on_delete=models.CASCADE, related_name="version"
    )

    class Meta:
        verbose_name = "versie van contract"
        verbose_name_plural = "versies van contract"
        ordering = ["contract", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "number"], name="procurement_version_number_unique"
            )
        ]
        triggers = [pgtrigger.ReadOnly(name="only_added", exclude=["made_by"])]

    def __str__(self) -> str:
        return f"versie {self.number}"
