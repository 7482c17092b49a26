from typing import Any

from django.contrib.auth.management.commands import createsuperuser
from django.db import transaction

from regions.domain.roles import appoint_administrators


class Command(createsuperuser.Command):
    """Django's own command for a first account, whose account then also has a role."""

    help = "Maakt een account dat de toepassing beheert: regio's aanmaken, pakketten laden."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        appoint_administrators()
