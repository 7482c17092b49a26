from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from core.backup import Place, restore_backup
from core.errors import DomainError


class Command(BaseCommand):
    help = "Zet een reservekopie terug en telt na of alles er is."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("backup", type=Path, help="map die het commando backup heeft gemaakt")
        parser.add_argument(
            "--overschrijven",
            action="store_true",
            dest="overwrite",
            help="gooi weg wat er nu in de database en de map met documenten staat",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        place = Place(database=connection.settings_dict, documents=Path(settings.MEDIA_ROOT))
        connection.close()
        try:
            rows = restore_backup(
                backup=options["backup"], place=place, overwrite=options["overwrite"]
            )
        except DomainError as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(f"Teruggezet: {len(rows)} tabellen met {sum(rows.values())} rijen.")
        self.stdout.write("Draai nu: manage.py migrate")
