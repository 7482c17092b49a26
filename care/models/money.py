from django.db import models

from .base import OfAllocation, Received


class DeclarationLine(Received, OfAllocation):
    """A declared performance (prestatie, JW323) as it was sent, once per time that it was sent.

    `key` is a digest of (provider, municipality, client, allocation, reference, product period);
    a line sent again under the same key replaces the earlier one. Amounts are signed cents.
    `revised` says that this key was sent again or answered with a refusal, so that what counts
    depends on the day from which one looks.
    """

    key = models.UUIDField()
    declaration = models.CharField(max_length=40, blank=True)
    reference = models.CharField(max_length=40)
    previous_reference = models.CharField(max_length=40, blank=True)
    category = models.CharField(max_length=2, blank=True)
    product = models.CharField(max_length=5, blank=True)
    begin_on = models.DateField()
    # Inclusive, as in the message.
    end_on = models.DateField()
    volume = models.IntegerField()
    unit = models.CharField(max_length=2)
    tariff_cents = models.IntegerField(null=True)
    amount_cents = models.BigIntegerField()
    revised = models.BooleanField(default=False)
    # The outcome for whoever knows everything received so far.
    counts = models.BooleanField(default=True)
    refused = models.BooleanField(default=False)

    class Meta:
        verbose_name = "declaratieregel"
        verbose_name_plural = "declaratieregels"
        indexes = [
            models.Index(fields=["key"], name="care_line_key"),
            models.Index(fields=["region_id", "begin_on"], name="care_line_period"),
            models.Index(
                fields=["region_id", "client", "allocation_number"], name="care_line_allocation"
            ),
        ]


class LineAnswer(Received):
    """What a municipality answered (JW325) on a line, or on a whole declaration (`key` empty)."""

    key = models.UUIDField(null=True)
    provider = models.CharField(max_length=8)
    municipality = models.CharField(max_length=4)
    declaration_message = models.CharField(max_length=40, blank=True)
    refused = models.BooleanField()

    class Meta:
        verbose_name = "declaratieantwoord"
        verbose_name_plural = "declaratieantwoorden"
        indexes = [
            models.Index(fields=["key"], name="care_answer_key"),
            models.Index(
                fields=["region_id", "provider", "declaration_message"], name="care_answer_message"
            ),
        ]


class SpendMovement(models.Model):
    """Roll-up of money: what became known in a month about the care of a month, per run.

    One row per (care month, month known, municipality, provider, product, unit, run). Adding up
    over the months known and the runs gives the present state; taking a run away is deleting its
    rows. `amount_cents` is what counts (refusals and replacements as corrections).
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
