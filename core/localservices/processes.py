"""Foreground children: started in a session of their own, stopped in order by their parent."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from .errors import LocalServicesError

LOG_TAIL_BYTES = 2000
_PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One running program with its log."""

    name: str
    process: "subprocess.Popen[bytes]"
    log: Path
    stop_signal: signal.Signals = signal.SIGTERM

    @classmethod
    def start(
        cls,
        name: str,
        command: Sequence[str | Path],
        *,
        log: Path,
        env: Mapping[str, str] | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
        **options: Any,
    ) -> "Child":
        """Run `command` apart from the terminal, so that Ctrl-C reaches the parent only."""
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as out:
            process = subprocess.Popen(  # noqa: S603 - programs of our own choice
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env=None if env is None else dict(env),
                start_new_session=True,
                preexec_fn=end_with_parent(stop_signal),
                **options,
            )
        return cls(name, process, log, stop_signal)

    def wait_until(self, ready: Callable[[], bool], *, seconds: float) -> None:
        """Poll `ready`; raise with the end of the log when the program ends or time is up."""
        deadline = time.monotonic() + seconds
        while not ready():
            if self.process.poll() is not None:
                raise LocalServicesError(f"{self.name} is gestopt:\n{self.log_tail()}")
            if time.monotonic() > deadline:
                raise LocalServicesError(
                    f"{self.name} is na {seconds:.0f} seconden niet bereikbaar:\n{self.log_tail()}"
                )
            time.sleep(0.05)

    def stop(self, *, patience: float = 20.0) -> None:
        """Ask, wait, and end the whole process group when asking did not help."""
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                self._kill_group()
        else:
            self._kill_group()

    def _kill_group(self) -> None:
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        self.process.wait()

    def log_tail(self) -> str:
        """The last lines of the log, for an error message."""
        if not self.log.exists():
            return ""
        return self.log.read_bytes()[-LOG_TAIL_BYTES:].decode(errors="replace")


def end_with_parent(stop_signal: signal.Signals) -> Callable[[], None] | None:
    """On Linux the kernel tells a child when its parent was killed outright."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None)

    def ask_kernel() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, int(stop_signal))

    return ask_kernel


def forward_signals(process: "subprocess.Popen[bytes]") -> None:
    """Pass an interrupt or a request to end on to `process` instead of dying of it.

    Ctrl-C at a terminal already reaches the whole foreground group: it is not sent twice.
    """

    def forward(number: int, frame: FrameType | None) -> None:
        if number == signal.SIGINT and _in_foreground():
            return
        if process.poll() is None:
            process.send_signal(number)

    signal.signal(signal.SIGINT, forward)
    signal.signal(signal.SIGTERM, forward)


def _in_foreground() -> bool:
    try:
        return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    except (OSError, ValueError):
        return False
