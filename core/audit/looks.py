"""Who looked at rows of single clients: said in the log, never with what was seen."""

from typing import Any

import structlog

log = structlog.get_logger()


def log_look(*, user: Any, what: str, region: str, rows: int) -> None:
    """Note that a user saw rows of clients; call it wherever such rows leave the application."""
    log.info("client_rows_seen", user_id=user.pk, what=what, region=region, rows=rows)
