from django.db import models

from .base import OfAllocation


class Trajectory(OfAllocation):
    """An allocation with the care under it, as everything received so far says.

    Derived from the records by one statement (care/domain/derive.py), which also answers for any
    other day and cut-off. An allocation without a start has no `start_on`; one that was taken
    back (reason 13) has no row. `end_on` is the last day of care: the stop stated last that is
    not temporary, else the end of validity. A pause (stop with reason 20) that nothing followed
    becomes the end once 182 days have passed: see `paused_on`.
    """

    region_id = models.BigIntegerField()
    category = models.CharField(max_length=2)
    product = models.CharField(max_length=5, blank=True)
    allocated_on = models.DateField()
    valid_from = models.DateField()
    valid_through = models.DateField(null=True)
    forced = models.BooleanField(default=False)
    referrer = models.CharField(max_length=2, blank=True)
    age = models.SmallIntegerField(null=True)
    start_on = models.DateField(null=True)
    stop_on = models.DateField(null=True)
    stop_reason = models.CharField(max_length=2, blank=True)
    paused_on = models.DateField(null=True)
    # Last day on which care can be running, for whoever does not know of the pause's end.
    end_on = models.DateField(null=True)

    class Meta:
        verbose_name = "traject"
        verbose_name_plural = "trajecten"
        constraints = [
            models.UniqueConstraint(
                fields=["region_id", "client", "allocation_number", "municipality", "provider"],
                name="care_trajectory_key",
            )
        ]
        indexes = [
            models.Index(fields=["region_id", "end_on"], name="care_trajectory_end"),
            models.Index(fields=["region_id", "start_on"], name="care_trajectory_start"),
        ]
