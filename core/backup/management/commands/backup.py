from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from core.backup import Place, write_backup
from core.errors import DomainError


class Command(BaseCommand):
    help = "Schrijft een reservekopie van database en documenten in een nieuwe map."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="map waarin de reservekopie komt")
        parser.add_argument("--keep", type=int, help="bewaar alleen dit aantal reservekopieën")

    def handle(self, *args: Any, **options: Any) -> None:
        place = Place(database=connection.settings_dict, documents=Path(settings.MEDIA_ROOT))
        try:
            done = write_backup(place=place, folder=options["folder"], keep=options["keep"])
        except DomainError as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(str(done))
