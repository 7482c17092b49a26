from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.clock import today
from simulation import ProfileError, known_profiles, load_profile, write_lines, write_region
from simulation.market import PLANTS


class Command(BaseCommand):
    help = "Write a region's simulated care as iJw messages and CSV forms"

    def add_arguments(self, parser: ArgumentParser) -> None:
        known = ", ".join(known_profiles())
        parser.add_argument("profile", help=f"one of {known}, or the path of a profile (TOML)")
        parser.add_argument("out", type=Path, help="folder to write to")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument("--until", type=date.fromisoformat, help="last day, default today")
        parser.add_argument("--lines", type=int, help="wished number of declaration lines")
        parser.add_argument("--form", choices=("zip", "folder", "lines"), default="zip")
        parser.add_argument("--plant", choices=PLANTS, default="profile")
        parser.add_argument("--horizon", type=date.fromisoformat, help="last day of the truth")
        parser.add_argument(
            "--faults", type=float, default=0.0, help="share of wrong lines, with --form lines"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            profile = load_profile(options["profile"])
        except ProfileError as problem:
            raise CommandError(str(problem)) from problem
        until = options["until"] or today()
        if until < profile.since:
            raise CommandError(f"{profile.name} begins on {profile.since}, after {until}")
        options |= {"profile": profile, "until": until}
        said = self._lines(options) if options["form"] == "lines" else self._messages(options)
        self.stdout.write(said)

    def _messages(self, options: dict[str, Any]) -> str:
        names = ("profile", "seed", "until", "out", "lines", "plant", "form", "horizon")
        summary = write_region(**{name: options[name] for name in names})
        kinds = ", ".join(f"JW{kind} {count}" for kind, count in summary.messages.items())
        return f"{kinds}; {summary.lines} lines in {len(summary.files)} files"

    def _lines(self, options: dict[str, Any]) -> str:
        names = ("profile", "seed", "until", "out", "faults")
        lines = options["lines"] or options["profile"].lines
        summary = write_lines(**{name: options[name] for name in names}, lines=lines)
        return f"{summary.lines} lines, {sum(summary.faults.values())} of them wrong"
