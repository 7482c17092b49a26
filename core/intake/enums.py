from enum import nonmember

from django.db import models


class RunState(models.TextChoices):
    QUEUED = "queued", "wacht"
    RUNNING = "running", "bezig"
    DONE = "done", "verwerkt"
    FAILED = "failed", "mislukt"
    CANCELLED = "cancelled", "geannuleerd"
    UNDONE = "undone", "ongedaan gemaakt"

    OPEN = nonmember(("queued", "running"))
    MERGED = nonmember(("done", "undone"))


class FileState(models.TextChoices):
    READ = "read", "gelezen"
    PARTLY = "partly", "deels gelezen"
    NOT_USED = "not_used", "niet gebruikt"
    REFUSED = "refused", "geweigerd"
