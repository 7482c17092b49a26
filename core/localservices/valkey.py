"""A Valkey (or Redis) server of this checkout's own."""

from pathlib import Path

import redis

from .binaries import find_valkey
from .processes import Child
from .statefolder import StateFolder


def start_valkey(state: StateFolder) -> tuple[Child, str]:
    """Start the server with an append-only file; returns it with its REDIS_URL."""
    program = find_valkey(state)
    data = state.user.own(state.path / "valkey")
    socket = state.sockets / "valkey.sock"
    _stop_left_behind(socket)
    child = Child.start(
        "Valkey",
        [
            program,
            *("--port", "0", "--unixsocket", socket, "--unixsocketperm", "700"),
            *("--dir", data, "--daemonize", "no", "--save", ""),
            *("--appendonly", "yes", "--maxmemory-policy", "noeviction"),
        ],
        log=state.logs / "valkey.log",
        cwd="/",
        **state.user.popen_options,
    )
    try:
        child.wait_until(lambda: _answers(socket), seconds=30)
    except BaseException:
        child.stop()
        raise
    return child, f"unix://{socket}"


def _client(socket: Path) -> redis.Redis:
    return redis.Redis(unix_socket_path=str(socket), socket_timeout=2)


def _answers(socket: Path) -> bool:
    try:
        return bool(_client(socket).ping())
    except redis.RedisError:
        return False


def _stop_left_behind(socket: Path) -> None:
    """End a server that a killed start left on our socket."""
    if socket.exists() and _answers(socket):
        _client(socket).shutdown()
