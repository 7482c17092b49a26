"""What production starts really starts, with production settings."""

import json
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from django.conf import settings

HOST = "jeugdregie.example.nl"
pytestmark = pytest.mark.slow


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def get(stack, path, **headers):
    """An answer of the web process as the proxy would ask for it."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{stack.port}{path}", headers={"Host": HOST, **headers}
    )
    try:
        return urllib.request.build_opener(NoRedirect).open(request, timeout=10)
    except urllib.error.HTTPError as answer:
        return answer


def wait_for(question, seconds):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if question():
                return True
        except OSError:
            pass
        time.sleep(0.2)
    return False


def run(stack, *command):
    return subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env=stack.environment("web"),
        capture_output=True,
        text=True,
        check=False,
    )


def closed_to_others(folder):
    """What another user cannot read: the image collects as root and serves as a user of its own."""
    return [path for path in [folder, *folder.rglob("*")] if not path.stat().st_mode & stat.S_IROTH]


def test_the_commands_of_the_compose_file_make_a_working_site(stack):
    collected = run(stack, "manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    assert collected.returncode == 0, collected.stderr
    assert closed_to_others(stack.folder / "static") == []
    migrate = stack.start("migrate")
    assert migrate.process.wait(120) == 0, migrate.log_tail()
    for service in ("web", "worker", "beat"):
        stack.start(service)

    assert wait_for(lambda: get(stack, "/readyz").status == 200, 120), stack.children[
        "web"
    ].log_tail()
    all_works = wait_for(
        lambda: json.load(get(stack, "/readyz"))["toestand"] == "gereed",
        120,
    )
    assert all_works, stack.children["worker"].log_tail()
    assert stack.children["beat"].process.poll() is None, stack.children["beat"].log_tail()

    assert run(stack, "-m", "core.health.probe", f"http://127.0.0.1:{stack.port}/readyz/worker")

    plain = get(stack, "/beheer/")
    assert plain.status == 301
    assert plain.headers["Location"] == f"https://{HOST}/beheer/"
    secure = get(stack, "/beheer/", **{"X-Forwarded-Proto": "https"})
    assert "max-age=31536000" in secure.headers["Strict-Transport-Security"]
    assert "'unsafe-inline'" not in secure.headers["Content-Security-Policy"]

    assert get(stack, "/beheer/", Host="elders.example").status == 400

    for service in ("beat", "worker", "web"):
        stack.children[service].stop()
        assert stack.children[service].process.returncode == 0, service


@pytest.mark.parametrize("name", ["SECRET_KEY", "PSEUDONYM_KEY", "ALLOWED_HOSTS", "REDIS_URL"])
def test_production_does_not_start_without_its_settings(name):
    given = {
        "SECRET_KEY": "s" * 60,
        "PSEUDONYM_KEY": "p" * 60,
        "ALLOWED_HOSTS": HOST,
        "DATABASE_URL": "postgres://db/x",
        "REDIS_URL": "redis://valkey/0",
    }
    del given[name]
    done = subprocess.run(
        [sys.executable, "-c", "import config.settings.production"],
        cwd=settings.BASE_DIR,
        env=given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert name in done.stderr
