"""The processes of a site on this machine: web, worker and scheduler."""

import multiprocessing
import os
import signal
import socket
import sys
import threading
import urllib.error
import urllib.request
from contextlib import ExitStack
from pathlib import Path

from .errors import LocalServicesError
from .processes import Child
from .statefolder import CHECKOUT

FIRST_PORT = 8000
PORTS_TRIED = 50
LOGS = CHECKOUT / "var" / "log"
BEAT = CHECKOUT / "var" / "beat"
PYTHON = Path(sys.executable)
# A worker gets this long to end its task; what it leaves is taken up again at the next start.
WORKER_PATIENCE_SECONDS = 8.0


class Site:
    """Started part by part, stopped in reverse order when the block ends."""

    def __init__(self, *, port: int | None = None) -> None:
        self.port = port or free_port()
        self.children: list[Child] = []
        self.ended: Child | None = None
        self._stopped = threading.Event()
        self._stack = ExitStack()

    def __enter__(self) -> "Site":
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        self._stack.close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start_web(self) -> None:
        """Serve the site; returns when it answers."""
        web = self._start(
            "De website",
            "web",
            [PYTHON, "-m", "gunicorn", "-c", CHECKOUT / "config" / "gunicorn.py", "config.wsgi"],
            env={"WEB_BIND": f"127.0.0.1:{self.port}"},
        )
        web.wait_until(self._answers, seconds=60)

    def start_worker(self) -> None:
        """Background work, at lower priority than the pages somebody waits for."""
        self._start(
            "De werker",
            "worker",
            [
                *("nice", "-n", "10", PYTHON, "-m", "celery", "-A", "config", "worker"),
                *("--loglevel", "INFO", "--concurrency", "2"),
                *("--without-gossip", "--without-mingle", "--pool", worker_pool()),
            ],
            patience=WORKER_PATIENCE_SECONDS,
        )

    def start_beat(self) -> None:
        """What happens by the clock."""
        BEAT.mkdir(parents=True, exist_ok=True)
        self._start(
            "De planner",
            "beat",
            [
                *(PYTHON, "-m", "celery", "-A", "config", "beat", "--loglevel", "INFO"),
                *("--pidfile", "", "--schedule", BEAT / "schedule"),
            ],
        )

    def guard(self) -> None:
        """From here on, interrupt the main thread when a part ends by itself (see `ended`)."""
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        while not self._stopped.wait(0.5):
            self.ended = next((c for c in self.children if c.process.poll() is not None), None)
            if self.ended:
                os.kill(os.getpid(), signal.SIGINT)
                return

    def _start(
        self,
        name: str,
        log_name: str,
        command: list[str | Path],
        *,
        env: dict[str, str] | None = None,
        patience: float = 20.0,
    ) -> Child:
        log = LOGS / f"{log_name}.log"
        log.unlink(missing_ok=True)
        child = Child.start(
            name,
            command,
            log=log,
            env={"SITE_URL": self.address.rstrip("/")} | os.environ | (env or {}),
            cwd=CHECKOUT,
        )
        self._stack.callback(child.stop, patience=patience)
        self.children.append(child)
        return child

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}healthz", timeout=5) as answer:  # noqa: S310
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False


def worker_pool() -> str:
    """Processes, or threads where the system has no shared memory to coordinate processes with."""
    try:
        multiprocessing.Lock()
    except OSError:
        return "threads"
    return "prefork"


def free_port() -> int:
    """The first free port from 8000 on."""
    for port in range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise LocalServicesError(f"Geen vrije poort van {FIRST_PORT} tot {FIRST_PORT + PORTS_TRIED}.")
