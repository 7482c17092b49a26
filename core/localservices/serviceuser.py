"""Who runs the servers: PostgreSQL refuses root, so root hands them to `nobody`."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class ServiceUser:
    """The account of the servers; `switched` when it is another than the caller's."""

    uid: int
    gid: int
    switched: bool

    @classmethod
    def current(cls) -> "ServiceUser":
        if os.geteuid() != 0:
            return cls(uid=os.getuid(), gid=os.getgid(), switched=False)
        nobody = pwd.getpwnam("nobody")
        return cls(uid=nobody.pw_uid, gid=nobody.pw_gid, switched=True)

    @property
    def popen_options(self) -> dict[str, Any]:
        """Arguments that make subprocess run as this user."""
        if not self.switched:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, folder: Path) -> Path:
        """Make `folder` and give it to this user alone."""
        folder.mkdir(parents=True, exist_ok=True)
        os.chown(folder, self.uid, self.gid)
        folder.chmod(0o700)
        return folder

    def can_run(self, *command: str | Path) -> bool:
        """Whether this user can execute `command` to a good end, libraries included."""
        try:
            return self.run(*command).returncode == 0
        except OSError:
            return False

    def run(self, *command: str | Path) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(  # noqa: S603 - programs of our own choice
            [str(part) for part in command],
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
            **self.popen_options,
        )

    def can_reach(self, folder: Path) -> bool:
        """Whether this user may pass through every folder above and into `folder`."""
        return self.can_run("/bin/sh", "-c", 'test -x "$1"', "sh", folder)
