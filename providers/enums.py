from django.db import models


class ProviderKind(models.TextChoices):
    SYSTEM = "system", "systeemaanbieder"
    REGULAR = "regular", "aanbieder"
    SMALL = "small", "kleine praktijk"
