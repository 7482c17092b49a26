"""The commands of docker-compose.yml as processes on this machine."""

import os
import re
import secrets
import sys
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.db import connection

from core.localservices import Child
from core.localservices.binaries import find_valkey
from core.localservices.serviceuser import ServiceUser
from core.localservices.site import free_port
from core.localservices.statefolder import prepare_state

ANSWERS = {
    "SITE_HOST": "jeugdregie.example.nl",
    "SECRET_KEY": secrets.token_urlsafe(48),
    "PSEUDONYM_KEY": secrets.token_urlsafe(48),
    "POSTGRES_PASSWORD": "unused",
}


class Stack:
    """Runs services of the compose file with its own command and environment."""

    def __init__(self, folder: Path, redis_url: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.children: dict[str, Child] = {}
        self.services = yaml.safe_load((settings.BASE_DIR / "docker-compose.yml").read_text())[
            "services"
        ]
        self.moved = {
            "DATABASE_URL": url_of_test_database(),
            "REDIS_URL": redis_url,
            "MEDIA_ROOT": str(folder / "documents"),
            "INTAKE_SPOOL_DIR": str(folder / "spool"),
            "STATIC_ROOT": str(folder / "static"),
            "WEB_BIND": f"127.0.0.1:{self.port}",
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        }

    def environment(self, service: str) -> dict[str, str]:
        given = self.services[service]["environment"]
        return {name: fill_in(str(value)) for name, value in given.items()} | self.moved

    def start(self, service: str) -> Child:
        command = [part.replace("/tmp/", f"{self.folder}/") for part in self.command(service)]
        child = Child.start(
            service,
            command,
            log=self.folder / f"{service}.log",
            env=self.environment(service),
            cwd=settings.BASE_DIR,
        )
        self.children[service] = child
        return child

    def command(self, service: str) -> list[str]:
        return list(self.services[service]["command"])

    def stop(self) -> None:
        for child in reversed(self.children.values()):
            child.stop()


def fill_in(value: str) -> str:
    """Compose's own `${NAME:-default}` and `${NAME:?}`."""

    def one(match: re.Match[str]) -> str:
        return ANSWERS.get(match["name"], (match["default"] or "").removeprefix("-"))

    return re.sub(r"\$\{(?P<name>\w+)(:(?P<default>[-?][^}]*))?\}", one, value)


def url_of_test_database() -> str:
    place = connection.settings_dict
    if place["HOST"].startswith("/"):
        return f"postgres://{place['USER']}@/{place['HOST']}/{place['NAME']}"
    return f"postgres://{place['USER']}@{place['HOST']}:{place['PORT']}/{place['NAME']}"


@pytest.fixture
def stack(transactional_db, tmp_path, monkeypatch):
    """The stack with a Valkey of its own, started by the compose file's command."""
    monkeypatch.delenv("JEUGDREGIE_STATE", raising=False)
    program = find_valkey(prepare_state("compose", ServiceUser.current()))
    socket = tmp_path / "v.sock"
    stack = Stack(tmp_path, f"unix://{socket}")
    _, *flags = stack.command("valkey")
    stack.children["valkey"] = Child.start(
        "valkey",
        [program, *flags, "--port", "0", "--unixsocket", socket, "--dir", tmp_path],
        log=tmp_path / "valkey.log",
    )
    yield stack
    stack.stop()
