from django.db import models

from .base import OfAllocation


class Trajectory(OfAllocation):
    """An allocation with the care under it, as everything received so far says.

    Derived from the records by one statement (care/domain/derive.py), which also answers for any
    other day and cut-off. An allocation without a start has no `start_on`; one that was taken
    back (reason 13) has no row. `stop_on` is the stop stated last that is not temporary. A pause
    (stop with reason 20) that nothing followed is `paused_on`: it becomes the end for whoever looks
    182 days later or more. Without a stop care is counted to the end of validity.
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
    # No day later than this can see care running: the stop, else the end of validity or the pause.
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
            models.Index(fields=["region_id", "valid_through"], name="care_trajectory_validity"),
        ]

    def __str__(self) -> str:
        return f"traject {self.allocation_number} van {self.provider}"
