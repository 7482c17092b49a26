from django.conf import settings
from django.db import models
from django.db.models import Q


class SavedFilter(models.Model):
    """A question to a register, kept under a name. `team` is the role code that may use it too."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    tenant_id = models.BigIntegerField()
    register = models.CharField(max_length=60)
    name = models.CharField("naam", max_length=80)
    query = models.CharField(max_length=2000, blank=True)
    team = models.CharField(max_length=30, blank=True)
    is_default = models.BooleanField(default=False)

    class Meta:
        verbose_name = "bewaard filter"
        verbose_name_plural = "bewaarde filters"
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "tenant_id", "register", "name"], name="ui_filter_name_once"
            ),
            models.UniqueConstraint(
                fields=["user", "tenant_id", "register"],
                condition=Q(is_default=True),
                name="ui_filter_one_default",
            ),
        ]

    def __str__(self) -> str:
        return self.name
