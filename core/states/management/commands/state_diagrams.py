from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.states import registered_tables
from core.states.diagram import page_of


class Command(BaseCommand):
    help = "Schrijft van elke overgangstabel een bladzijde met diagram in docs/states."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Alleen nagaan of ze kloppen.")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        folder = Path(settings.BASE_DIR) / "docs" / "states"
        pages = {f"{table.code}.md": page_of(table) for table in registered_tables()}
        found = {file.name: file.read_text("utf-8") for file in folder.glob("*.md")}
        if check:
            if found != pages:
                differ = sorted(
                    set(found) ^ set(pages) | {n for n in pages if found.get(n) != pages[n]}
                )
                raise CommandError(f"Niet bij de tijd: {', '.join(differ)}.")
            return
        folder.mkdir(parents=True, exist_ok=True)
        for name in set(found) - set(pages):
            (folder / name).unlink()
        for name, text in pages.items():
            (folder / name).write_text(text, "utf-8")
