"""The line that each request leaves."""

import io
import json
import logging
from logging.config import DictConfigurator

import pytest

from core.logs import logging_config


@pytest.fixture
def lines():
    """Reads back what the configured formatter writes."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    config = logging_config()
    handler.setFormatter(DictConfigurator(config).configure_formatter(config["formatters"]["json"]))
    logging.getLogger().addHandler(handler)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    logging.getLogger().removeHandler(handler)


def test_a_search_query_is_not_logged(client, lines, db):
    client.get("/bestaat-niet", {"q": "Jansen"}, headers={"user-agent": "Brievenbus"})
    written = lines()
    finished = [line for line in written if line["event"] == "request_finished"]
    assert finished[0]["request"] == "GET /bestaat-niet"
    assert finished[0]["code"] == 404
    assert finished[0]["duration_ms"] >= 0
    assert "Jansen" not in str(written)
    assert "Brievenbus" not in str(written)


def test_health_checks_leave_no_line(client, lines, db):
    client.get("/healthz")
    assert lines() == []
