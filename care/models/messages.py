from django.db import models
from django.db.models import Q

from .base import OfAllocation, Received


class Message(Received):
    """An accepted iJw message. Its identity is (code, sender, identification)."""

    file_name = models.CharField(max_length=255)
    code = models.CharField(max_length=3)
    sender = models.CharField(max_length=8)
    receiver = models.CharField(max_length=8)
    identification = models.CharField(max_length=40)
    # Keyed digest of the whole content: tells an exact copy from a conflict.
    digest = models.BinaryField(max_length=32)
    offered = models.IntegerField(default=0)

    class Meta:
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        constraints = [
            models.UniqueConstraint(
                fields=["region_id", "code", "sender", "identification"],
                name="care_message_identity_unique",
            )
        ]
        indexes = [models.Index(fields=["region_id", "run"], name="care_message_run")]


class AllocationRecord(Received, OfAllocation):
    """An allocation as a JW301 states it; a later one with the same key replaces it."""

    REMOVED = "13"

    category = models.CharField(max_length=2)
    product = models.CharField(max_length=5, blank=True)
    allocated_on = models.DateField()
    valid_from = models.DateField()
    # Inclusive, as in the message; open when empty.
    valid_through = models.DateField(null=True)
    change_reason = models.CharField(max_length=2, blank=True)
    forced = models.BooleanField(default=False)
    reference = models.CharField(max_length=40, blank=True)
    age = models.SmallIntegerField(null=True)
    volume = models.IntegerField(null=True)
    unit = models.CharField(max_length=2, blank=True)
    frequency = models.CharField(max_length=2, blank=True)
    budget_cents = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = "toewijzing"
        verbose_name_plural = "toewijzingen"
        indexes = [
            models.Index(
                fields=["region_id", "client", "allocation_number"], name="care_allocation_key"
            ),
            models.Index(fields=["region_id", "run"], name="care_allocation_run"),
        ]


class CareRecord(Received, OfAllocation):
    """A start (JW305) or stop (JW307) as stated, changed or withdrawn."""

    START, STOP = "start", "stop"

    kind = models.CharField(max_length=5)
    status = models.CharField(max_length=1)
    category = models.CharField(max_length=2)
    product = models.CharField(max_length=5, blank=True)
    begin_on = models.DateField()
    end_on = models.DateField(null=True)
    reason = models.CharField(max_length=2, blank=True)
    age = models.SmallIntegerField(null=True)

    class Meta:
        verbose_name = "start of stop"
        verbose_name_plural = "starts en stops"
        constraints = [
            models.CheckConstraint(
                name="care_record_stop_has_end",
                condition=Q(kind="start", end_on__isnull=True)
                | Q(kind="stop", end_on__isnull=False),
            )
        ]
        indexes = [
            models.Index(
                fields=["region_id", "client", "allocation_number"], name="care_record_key"
            ),
            models.Index(fields=["region_id", "run"], name="care_record_run"),
        ]


class ReferralRequest(Received):
    """A request for allocation (JW315): the only message that says who referred."""

    municipality = models.CharField(max_length=4)
    provider = models.CharField(max_length=8)
    client = models.BinaryField(max_length=16)
    reference = models.CharField(max_length=40)
    referrer = models.CharField(max_length=2)

    class Meta:
        verbose_name = "verzoek om toewijzing"
        verbose_name_plural = "verzoeken om toewijzing"
        indexes = [
            models.Index(
                fields=["region_id", "provider", "reference"], name="care_request_reference"
            ),
            models.Index(fields=["region_id", "run"], name="care_request_run"),
        ]


