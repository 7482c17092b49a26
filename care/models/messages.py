from django.db import models
from django.db.models import F, Q

from ..enums import MessageState
from .base import OfAllocation, Received


class Message(Received):
    """An iJw message of which the header could be read, also one that was refused.

    Its identity is (code, sender, identification); only an accepted message holds it, so that a
    refused one leaves it free. `offered` and `rejected` count its records (none in an answer or
    in a kind that changes nothing).
    """

    file_name = models.CharField(max_length=255)
    state = models.CharField(max_length=8, choices=MessageState)
    code = models.CharField(max_length=3)
    sender = models.CharField(max_length=8)
    receiver = models.CharField(max_length=8)
    identification = models.CharField(max_length=40)
    # Keyed digest of the whole content: tells an exact copy from a conflict.
    digest = models.BinaryField(max_length=32)
    offered = models.IntegerField(default=0)
    rejected = models.IntegerField(default=0)

    class Meta:
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        constraints = [
            models.UniqueConstraint(
                fields=["region_id", "code", "sender", "identification"],
                condition=Q(state="accepted"),
                name="care_message_identity_unique",
            ),
            models.CheckConstraint(
                name="care_message_rejected_within_offered",
                condition=Q(rejected__gte=0) & Q(rejected__lte=F("offered")),
            ),
        ]
        indexes = [
            models.Index(fields=["region_id", "run", "seq"], name="care_message_run"),
            models.Index(fields=["region_id", "dagtekening"], name="care_message_day"),
        ]

    def __str__(self) -> str:
        return f"{self.code} van {self.sender}, kenmerk {self.identification}"


class AllocationRecord(Received, OfAllocation):
    """An allocation as a JW301 states it; a later one with the same key replaces it."""

    REMOVED = "13"

    category = models.CharField(max_length=2, blank=True)
    product = models.CharField(max_length=5, blank=True)
    allocated_on = models.DateField()
    valid_from = models.DateField()
    # Inclusive, as in the message; open when empty.
    valid_through = models.DateField(null=True)
    change_reason = models.CharField(max_length=2, blank=True)
    forced = models.BooleanField(default=False)
    reference = models.CharField(max_length=40, blank=True)
    # Only where it comes in beside the messages: in iJw the request (JW315) says who referred.
    referrer = models.CharField(max_length=2, blank=True)
    age = models.SmallIntegerField(null=True)
    volume = models.IntegerField(null=True)
    unit = models.CharField(max_length=2, blank=True)
    frequency = models.CharField(max_length=2, blank=True)
    budget_cents = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = "toewijzing"
        verbose_name_plural = "toewijzingen"
        constraints = [
            models.CheckConstraint(
                name="care_allocation_ends_on_or_after_start",
                condition=Q(valid_through__isnull=True) | Q(valid_through__gte=F("valid_from")),
            )
        ]
        indexes = [
            models.Index(
                fields=["region_id", "client", "allocation_number"], name="care_allocation_key"
            ),
            models.Index(
                fields=["region_id", "provider", "reference"],
                condition=~Q(reference=""),
                name="care_allocation_reference",
            ),
            models.Index(fields=["region_id", "run", "seq"], name="care_allocation_run"),
        ]

    def __str__(self) -> str:
        return f"toewijzing {self.allocation_number}"


class CareRecord(Received, OfAllocation):
    """A start (JW305) or stop (JW307) as stated, changed or withdrawn."""

    START, STOP = "start", "stop"
    PAUSE = "20"

    kind = models.CharField(max_length=5)
    status = models.CharField(max_length=1)
    category = models.CharField(max_length=2, blank=True)
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
                | Q(kind="stop", end_on__gte=F("begin_on")),
            ),
            models.CheckConstraint(
                name="care_record_status", condition=Q(status__in=("1", "2", "3", "9"))
            ),
        ]
        indexes = [
            models.Index(
                fields=["region_id", "client", "allocation_number"], name="care_record_key"
            ),
            models.Index(
                fields=["region_id", "client", "allocation_number"],
                condition=Q(reason="20"),
                name="care_record_pause",
            ),
            models.Index(fields=["region_id", "run", "seq"], name="care_record_run"),
            models.Index(
                fields=["region_id", "begin_on"],
                condition=Q(kind="start"),
                name="care_record_start",
            ),
            models.Index(
                fields=["region_id", "end_on"], condition=Q(kind="stop"), name="care_record_stop"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} bij toewijzing {self.allocation_number}"


class ReferralRequest(Received):
    """A request for allocation (JW315): the only message that says who referred."""

    municipality = models.CharField(max_length=4)
    provider = models.CharField(max_length=8)
    client = models.BinaryField(max_length=16)
    reference = models.CharField(max_length=40, blank=True)
    referrer = models.CharField(max_length=2, blank=True)
    category = models.CharField(max_length=2, blank=True)
    product = models.CharField(max_length=5, blank=True)
    valid_from = models.DateField(null=True)

    class Meta:
        verbose_name = "verzoek om toewijzing"
        verbose_name_plural = "verzoeken om toewijzing"
        indexes = [
            models.Index(
                fields=["region_id", "provider", "reference"], name="care_request_reference"
            ),
            models.Index(fields=["region_id", "run", "seq"], name="care_request_run"),
        ]

    def __str__(self) -> str:
        return f"verzoek van {self.provider}"
