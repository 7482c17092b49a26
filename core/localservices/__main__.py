"""`python -m core.localservices [--profile test] -- COMMAND ...`: run a command amid the servers.

The servers stop when the command ends; its exit code is passed on.
"""

import argparse
import os
import signal
import subprocess
import sys

from .errors import LocalServicesError
from .processes import end_with_parent, forward_signals
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
    process = subprocess.Popen(  # noqa: S603 - the caller's own command
        command, env=env, preexec_fn=end_with_parent(signal.SIGTERM)
    )
    forward_signals(process)
    code = process.wait()
    return 128 - code if code < 0 else code


if __name__ == "__main__":
    sys.exit(main())
