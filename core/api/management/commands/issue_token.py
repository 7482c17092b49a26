from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.api.tokens import DEFAULT_DAYS, issue_token, revoke_tokens
from core.errors import DomainError


class Command(BaseCommand):
    help = "Geeft een token voor de API uit aan een gebruiker of gekoppeld systeem."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="e-mailadres van de gebruiker")
        parser.add_argument("--days", type=int, default=DEFAULT_DAYS, help="aantal dagen geldig")
        parser.add_argument(
            "--revoke", action="store_true", help="trek alle tokens van deze gebruiker in"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = get_user_model().objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError(f"Er is geen gebruiker met het e-mailadres {options['email']}.")
        if options["revoke"]:
            self.stdout.write(f"{revoke_tokens(user=user)} ingetrokken")
            return
        try:
            self.stdout.write(issue_token(user=user, days=options["days"]))
        except DomainError as refusal:
            raise CommandError(refusal.message) from refusal
