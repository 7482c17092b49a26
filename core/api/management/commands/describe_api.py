from typing import Any

from django.core.management.base import BaseCommand

from core.api.document import described, description_file


class Command(BaseCommand):
    help = "Schrijft de beschrijving van de API (openapi.yaml) opnieuw."

    def handle(self, *args: Any, **options: Any) -> None:
        description_file().write_text(described(), encoding="utf-8")
        self.stdout.write(f"{description_file().name} geschreven")
