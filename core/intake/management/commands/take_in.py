"""`manage.py take_in ijw 1 *.zip`: deliver files with a form, as a user would in the browser."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.errors import DomainError
from core.intake import api as intake
from core.jobs import api as jobs


class Command(BaseCommand):
    help = "Lever bestanden aan met een formulier en verwerk ze."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("form", help="code van het formulier, zoals ijw")
        parser.add_argument("tenant", type=int, help="nummer van de regio")
        parser.add_argument("files", nargs="+", type=Path)
        parser.add_argument("--by", default="", help="e-mailadres van wie aanlevert")
        parser.add_argument(
            "--wait", action="store_true", help="verwerk hier, niet door een achtergrondproces"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            run = self._deliver(**options)
        except DomainError as refusal:
            raise CommandError(refusal.message) from None
        if options["wait"] and run.job_id:
            jobs.run(run.job_id)
            run.refresh_from_db()
        self.stdout.write(f"{run.title}: {run.shown_state.label}")
        self.stdout.write(f"aangeboden {run.offered}")
        for label, number in run.counts:
            self.stdout.write(f"{label} {number}")
        if run.error:
            raise CommandError(run.error)

    def _deliver(
        self, *, form: str, tenant: int, files: list[Path], by: str, **_options: Any
    ) -> intake.IntakeRun:
        user = get_user_model().objects.filter(email=by).first() if by else None
        if by and user is None:
            raise CommandError(f"Er is geen gebruiker met e-mailadres {by}.")
        with ExitStack() as stack:
            try:
                streams = [(file.name, stack.enter_context(file.open("rb"))) for file in files]
            except OSError as error:
                raise CommandError(f"{error.filename} kan niet worden gelezen.") from None
            return intake.receive(form=intake.form(form), tenant_id=tenant, by=user, files=streams)
