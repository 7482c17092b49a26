from enum import nonmember

from django.db import models


class EditionKind(models.TextChoices):
    COUNCIL_REGION = "council_region", "raad: regio"
    COUNCIL_MUNICIPALITY = "council_municipality", "raad: gemeente"
    CONTRACT_MANAGERS = "contract_managers", "contractmanagement"

    # Editions that leave the regional organisation, so that suppression applies.
    FOR_COUNCILS = nonmember(("council_region", "council_municipality"))
