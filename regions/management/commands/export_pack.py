from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.packs import export_pack
from regions.models import Region


class Command(BaseCommand):
    help = "Schrijft een regiopakket uit als YAML: export_pack <regio> [--indeling <code>]."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("regio")
        parser.add_argument("--indeling", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        region = Region.objects.filter(slug=options["regio"]).first()
        if region is None:
            raise CommandError(f"Er is geen regio '{options['regio']}'.")
        self.stdout.write(export_pack(region=region, scheme_code=options["indeling"]))
