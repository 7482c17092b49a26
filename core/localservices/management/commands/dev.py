import signal
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, NoReturn

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from core.localservices import LocalServicesError
from core.localservices.site import Site

DEMO_COMMAND = "demo"


class Command(BaseCommand):
    """The site on this machine; runs inside `python -m core.localservices`."""

    help = "Start de site met demogegevens en stopt alles bij Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, help="poort van de site; standaard vanaf 8000")
        parser.add_argument("--no-demo", action="store_true", help="zonder demogegevens")

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, _interrupt)
        signal.signal(signal.SIGINT, _interrupt)
        try:
            with Site(port=options["port"]) as site, _stopping(self):
                self._bring_up(site, demo=not options["no_demo"])
                while True:
                    signal.pause()
        except KeyboardInterrupt:
            if site.ended:
                message = f"{site.ended.name} is gestopt:\n{site.ended.log_tail()}"
                raise CommandError(message) from None
            self.stdout.write("Gestopt.")
        except LocalServicesError as error:
            raise CommandError(str(error)) from error

    def _bring_up(self, site: Site, *, demo: bool) -> None:
        with self._step("Database bijwerken"):
            migrate()
        with self._step("Website starten"):
            site.start_web()
        if not settings.CELERY_TASK_ALWAYS_EAGER:
            with self._step("Werker en planner starten"):
                site.start_worker()
                site.start_beat()
        site.guard()
        if demo and DEMO_COMMAND in get_commands():
            self.stdout.write("Demogegevens:")
            call_command(DEMO_COMMAND, stdout=self.stdout, stderr=self.stderr)
        connection.close()
        self.stdout.write(f"\nJeugdregie draait op  {site.address}\nStoppen: Ctrl-C")
        self.stdout.flush()

    @contextmanager
    def _step(self, title: str) -> Iterator[None]:
        self.stdout.write(f"{title} ... ", ending="")
        self.stdout.flush()
        started = time.monotonic()
        yield
        self.stdout.write(f"klaar ({time.monotonic() - started:.1f} s)".replace(".", ",", 1))


def migrate() -> None:
    """Apply what is missing; a database that is up to date costs one look."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


@contextmanager
def _stopping(command: Command) -> Iterator[None]:
    """From here on a second Ctrl-C no longer interrupts: everything is stopped in order."""
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        command.stdout.write("\nStoppen ...")
        command.stdout.flush()
