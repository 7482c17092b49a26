"""What every row of care has in common.

Care tables hold codes instead of foreign keys (a message may name a provider or product that the
region does not know), are filled by set-based SQL only, and carry their intake run instead of an
audit trail. A client is a 16-byte keyed pseudonym and nothing else.
"""

from django.db import models


class Received(models.Model):
    """A row as it was received. Order of messages: `dagtekening`, `run`, `seq`.

    `run` is the number of the intake run in its region, `seq` the place within that run: the rank
    of the file name in the upper 32 bits, the position in the file in the lower. A figure known on
    day k with cut-off r sees the rows with dagtekening <= k and run <= r.
    """

    region_id = models.BigIntegerField()
    run = models.IntegerField()
    seq = models.BigIntegerField()
    dagtekening = models.DateField()

    class Meta:
        abstract = True


class OfAllocation(models.Model):
    """The key of an allocation: municipality, provider, number, client."""

    municipality = models.CharField(max_length=4)
    provider = models.CharField(max_length=8)
    allocation_number = models.BigIntegerField()
    client = models.BinaryField(max_length=16)

    class Meta:
        abstract = True


class ReceivedRun(models.Model):
    """A run that brought records: which days its records are dated.

    "The last Dagtekening seen" of a cut-off is the latest over its runs.
    """

    region_id = models.BigIntegerField()
    run = models.IntegerField()
    form = models.CharField(max_length=40)
    first_dagtekening = models.DateField()
    last_dagtekening = models.DateField()

    class Meta:
        verbose_name = "verwerkte aanlevering"
        verbose_name_plural = "verwerkte aanleveringen"
        constraints = [
            models.UniqueConstraint(fields=["region_id", "run"], name="care_receivedrun_once"),
            models.CheckConstraint(
                name="care_receivedrun_days_in_order",
                condition=models.Q(first_dagtekening__lte=models.F("last_dagtekening")),
            ),
        ]

    def __str__(self) -> str:
        return f"aanlevering {self.run}"
