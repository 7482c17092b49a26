from decimal import Decimal

from django.db import models
from django.db.models import Q

from .base import OfAllocation, Received


class DeclarationLine(Received, OfAllocation):
    """A declared performance (prestatie, JW323) as it was sent, once per time that it was sent.

    `key` is a digest of region, provider, municipality, client, allocation, reference and product
    period; a line sent again under the same key replaces the earlier one. Amounts are signed
    cents, and the volume of a credit is negative too.

    `revised` says that this key was sent again or refused, so that what counts depends on the day
    from which one looks. For whoever knows everything received so far one line of every key
    `counts`: the latest that was not refused. If all were refused the latest counts as `refused`:
    it was submitted, but it is no spend.
    """

    # A line may name no allocation at all.
    allocation_number = models.BigIntegerField(null=True)  # type: ignore[assignment]
    key = models.UUIDField()
    reference = models.CharField(max_length=40)
    previous_reference = models.CharField(max_length=40, blank=True)
    category = models.CharField(max_length=2, blank=True)
    product = models.CharField(max_length=5, blank=True)
    begin_on = models.DateField()
    # Inclusive, as in the message.
    end_on = models.DateField()
    volume = models.IntegerField()
    unit = models.CharField(max_length=2)
    tariff_cents = models.BigIntegerField(null=True)
    amount_cents = models.BigIntegerField()
    revised = models.BooleanField(default=False)
    counts = models.BooleanField(default=True)
    refused = models.BooleanField(default=False)

    class Meta:
        verbose_name = "declaratieregel"
        verbose_name_plural = "declaratieregels"
        constraints = [
            models.CheckConstraint(
                name="care_line_refused_line_counts", condition=Q(refused=False) | Q(counts=True)
            ),
            models.CheckConstraint(
                name="care_line_counts_unless_revised",
                condition=Q(revised=True) | Q(counts=True, refused=False),
            ),
        ]
        indexes = [
            models.Index(fields=["key"], name="care_line_key"),
            models.Index(
                fields=["region_id", "key"], condition=Q(revised=True), name="care_line_revised"
            ),
            models.Index(fields=["region_id", "begin_on"], name="care_line_period"),
            models.Index(
                fields=["region_id", "client", "allocation_number"], name="care_line_allocation"
            ),
            models.Index(fields=["region_id", "run", "seq"], name="care_line_run"),
        ]

    def __str__(self) -> str:
        return f"declaratieregel {self.reference}"

    @property
    def euros(self) -> Decimal:
        return Decimal(self.amount_cents).scaleb(-2)

    @property
    def tariff(self) -> Decimal | None:
        """The price that the line names, in euros."""
        return None if self.tariff_cents is None else Decimal(self.tariff_cents).scaleb(-2)


class LineAnswer(Received):
    """What a municipality answered (JW325) on a line, or on a whole declaration (`key` empty).

    `declaration_message` is the identification of the JW323 that it answers.
    """

    key = models.UUIDField(null=True)
    provider = models.CharField(max_length=8)
    municipality = models.CharField(max_length=4)
    declaration_message = models.CharField(max_length=40, blank=True)
    refused = models.BooleanField()

    class Meta:
        verbose_name = "declaratieantwoord"
        verbose_name_plural = "declaratieantwoorden"
        indexes = [
            models.Index(
                fields=["region_id", "provider", "declaration_message"],
                condition=Q(refused=True),
                name="care_answer_refusal",
            ),
            models.Index(fields=["region_id", "run", "seq"], name="care_answer_run"),
        ]

    def __str__(self) -> str:
        return f"antwoord aan {self.provider}"


class SpendMovement(models.Model):
    """Roll-up of money: what became known in a month about the care of a month, per run.

    One row per (care month, month known, municipality, provider, product, unit, run). `known_month`
    is the month of the Dagtekening of what caused the row: the line itself, or the line or answer
    that replaced or refused it. Adding up the rows with known_month <= m and run <= r gives what
    was known at the end of m as of cut-off r. `amount_cents` is what counts (refusals and
    replacements as corrections), `submitted_cents` the same before refusals.
    """

    region_id = models.BigIntegerField()
    run = models.IntegerField()
    care_month = models.DateField()
    known_month = models.DateField()
    municipality = models.CharField(max_length=4)
    provider = models.CharField(max_length=8)
    category = models.CharField(max_length=2, blank=True)
    product = models.CharField(max_length=5, blank=True)
    unit = models.CharField(max_length=2)
    lines = models.IntegerField()
    volume = models.BigIntegerField()
    amount_cents = models.BigIntegerField()
    submitted_cents = models.BigIntegerField()

    class Meta:
        verbose_name = "mutatie in de kosten"
        verbose_name_plural = "mutaties in de kosten"
        indexes = [
            models.Index(fields=["region_id", "care_month"], name="care_movement_month"),
            models.Index(fields=["region_id", "run"], name="care_movement_run"),
        ]

    def __str__(self) -> str:
        return f"{self.care_month} bekend in {self.known_month}: {self.amount_cents}"


class SpendTotal(models.Model):
    """Roll-up of what counts now, for pages; kept by the merge of every run (domain/totals.py).

    `kind` says which of three ways of adding up a row belongs to: 'cell' has provider, product and
    unit; 'product' has product, referrer and age group; 'origin' has provider, referrer and age
    group. What a kind does not have is ''. Each kind alone adds up to the total of the lines.
    """

    CELL, PRODUCT, ORIGIN = "cell", "product", "origin"

    region_id = models.BigIntegerField()
    kind = models.CharField(max_length=7)
    care_month = models.DateField()
    municipality = models.CharField(max_length=4)
    provider = models.CharField(max_length=8, blank=True)
    category = models.CharField(max_length=2, blank=True)
    product = models.CharField(max_length=5, blank=True)
    unit = models.CharField(max_length=2, blank=True)
    referrer = models.CharField(max_length=2, blank=True)
    age_group = models.CharField(max_length=5, blank=True)
    lines = models.IntegerField()
    volume = models.BigIntegerField()
    amount_cents = models.BigIntegerField()

    class Meta:
        verbose_name = "opgetelde kosten"
        verbose_name_plural = "opgetelde kosten"
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "region_id", "kind", "care_month", "municipality", "provider", "category",
                    "product", "unit", "referrer", "age_group",
                ],
                name="care_total_cell",
            ),
            models.CheckConstraint(
                name="care_total_kind", condition=Q(kind__in=("cell", "product", "origin"))
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.care_month}: {self.amount_cents}"
