"""Who looked at rows of single clients: kept and said in the log, never with what was seen."""

from typing import Any

import structlog

from .models import Look

log = structlog.get_logger()
MOST = 300


def log_look(
    *,
    user: Any,
    what: str,
    region: str,
    rows: int,
    reason: str,
    tenant_id: int | None = None,
    narrowed: str = "",
) -> None:
    """Note that a user saw rows of clients; call it wherever such rows leave the application.

    `narrowed` is what was searched for, `reason` what the user says it is for. Effects: a Look,
    when the tenant is known, and a line in the log.
    """
    log.info("client_rows_seen", user_id=user.pk, what=what, region=region, rows=rows)
    if tenant_id is not None:
        Look.objects.create(
            tenant_id=tenant_id,
            user=user,
            what=what,
            rows=rows,
            narrowed=narrowed[:MOST],
            reason=reason[:200],
        )
