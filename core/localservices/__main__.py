"""`python -m core.localservices [--profile test] -- COMMAND ...`: run a command amid the servers.

The servers stop when the command ends; its exit code is passed on.
"""

import argparse
import os
import subprocess
import sys

from .errors import LocalServicesError
from .processes import forward_signals
from .services import Profile, running_services


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m core.localservices")
    parser.add_argument("--profile", type=Profile, choices=list(Profile), default=Profile.SITE)
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    try:
        with running_services(options.profile) as addresses:
            return _run(options.command, os.environ | addresses)
    except LocalServicesError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _run(command: list[str], env: dict[str, str]) -> int:
    process = subprocess.Popen(command, env=env)  # noqa: S603 - the caller's own command
    forward_signals(process)
    return process.wait()


if __name__ == "__main__":
    sys.exit(main())
