"""Where the servers keep their data, sockets and logs."""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .errors import LocalServicesError
from .serviceuser import ServiceUser

CHECKOUT = Path(__file__).resolve().parent.parent.parent
# A unix socket's path has at most 108 bytes; PostgreSQL adds ".s.PGSQL.5432" and ".lock".
LONGEST_SOCKET_FOLDER = 80


@dataclass(frozen=True)
class StateFolder:
    """One set of servers' data; two profiles of a checkout never share one."""

    path: Path
    user: ServiceUser

    @property
    def sockets(self) -> Path:
        folder = self.path / "run"
        if len(os.fsencode(folder)) <= LONGEST_SOCKET_FOLDER:
            return folder
        return Path(tempfile.gettempdir()) / f"jeugdregie-{self.user.uid}-{_digest(self.path)}"

    @property
    def logs(self) -> Path:
        return self.path / "log"

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder; a second start in the same one is refused.

        The lock lives in the open file, so it ends with this process, however that ends.
        """
        with (self.path / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise LocalServicesError(
                    f"Er draait al een ./start met de gegevens in {self.path}. Stop die eerst."
                ) from None
            yield


def prepare_state(profile: str, user: ServiceUser) -> StateFolder:
    """The folder of `profile`: JEUGDREGIE_STATE, else var/ in the checkout, else /var/tmp.

    The checkout's own var/ serves only when the servers' user can reach it (a checkout under
    /root is closed to it).
    """
    explicit = os.environ.get("JEUGDREGIE_STATE")
    if explicit:
        return StateFolder(_reachable(Path(explicit).resolve(), profile, user), user)
    try:
        return StateFolder(_reachable(CHECKOUT / "var" / "services", profile, user), user)
    except LocalServicesError:
        fallback = Path("/var/tmp") / f"jeugdregie-{os.getuid()}-{_digest(CHECKOUT)}"  # noqa: S108
        return StateFolder(_reachable(fallback, profile, user), user)


def _reachable(base: Path, profile: str, user: ServiceUser) -> Path:
    folder = base / profile
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for level in (base, folder):
            _refuse_foreign(level)
            level.chmod(0o711)
    except OSError as error:
        raise LocalServicesError(f"De map {folder} kan niet worden gemaakt: {error}") from error
    if not user.can_reach(folder):
        raise LocalServicesError(
            f"De map {folder} is niet bereikbaar voor de gebruiker van de database. "
            "Kies met JEUGDREGIE_STATE een map buiten uw eigen thuismap."
        )
    return folder


def _refuse_foreign(folder: Path) -> None:
    if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
        raise LocalServicesError(f"De map {folder} is van iemand anders.")


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
