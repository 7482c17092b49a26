"""What every row of care has in common.

Care tables hold codes instead of foreign keys (a message may name a provider or product that the
region does not know), are filled by set-based SQL only, and carry their intake run instead of an
audit trail. A client is a 16-byte keyed pseudonym and nothing else.
"""

from django.db import models


class Received(models.Model):
    """A row as it was received. Order of messages: `dagtekening`, `run`, `seq`.

    `run` is the number of the intake run in its region, `seq` the place within that run by file
    name and position in the file. A figure known on day k with cut-off r sees the rows with
    dagtekening <= k and run <= r.
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
    allocation_number = models.CharField(max_length=20)
    client = models.BinaryField(max_length=16)

    class Meta:
        abstract = True
