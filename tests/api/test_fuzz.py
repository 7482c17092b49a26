"""Schemathesis reads the description and asks everything it can think of; nothing may crash."""

import subprocess
import sys

import pytest

from core.api.tokens import issue_token

from .world import a_world

pytestmark = pytest.mark.slow
CHECKS = (
    "not_a_server_error,content_type_conformance,response_schema_conformance,"
    "status_code_conformance"
)
RUN = "import sys; from schemathesis.cli import schemathesis; sys.exit(schemathesis())"


def test_nothing_that_can_be_asked_crashes_or_answers_otherwise_than_described(
    transactional_db, live_server, monkeypatch, tmp_path
):
    monkeypatch.setattr("core.jobs.domain.ring", lambda job_id: None)
    monkeypatch.setattr("core.api.throttling.PerUser.rate", None, raising=False)
    world = a_world()
    token = issue_token(user=world.user("regional_admin"))
    done = subprocess.run(
        [
            sys.executable, "-c", RUN, "run", f"{live_server.url}/api/v1/openapi.json",
            "--url", f"{live_server.url}/api/v1",
            "--header", f"Authorization: Token {token}",
            "--checks", CHECKS, "--max-examples", "3", "--phases", "coverage,fuzzing",
            "--seed", "1", "--generation-database", "none", "--no-color",
            "--max-time", "75", "--request-timeout", "20",
        ],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-8000:]
    assert "generated" in done.stdout, done.stdout[-2000:]
