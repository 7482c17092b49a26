from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.packs import PackError, load_pack


class Command(BaseCommand):
    help = "Laadt regiopakketten (YAML); zonder bestanden alle pakketten van de toepassing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bestanden", nargs="*", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        files = options["bestanden"] or sorted(settings.REGION_PACKS_DIR.glob("*.yaml"))
        for file in files:
            try:
                loaded = load_pack(path=file)
            except PackError as error:
                raise CommandError(error.message) from error
            self.stdout.write(f"{loaded.file}: {loaded.context['region']} geladen")
