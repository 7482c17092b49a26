"""Which function does which kind of job. Upper apps register theirs when they are ready."""

from collections.abc import Callable
from typing import Any, Protocol

from core.errors import DomainError


class RunningJob(Protocol):
    """What a handler sees of the job it works for (see `domain.Lease`)."""

    @property
    def id(self) -> Any: ...

    @property
    def params(self) -> dict[str, Any]: ...

    @property
    def tenant_id(self) -> int | None: ...

    @property
    def requested_by_id(self) -> int | None: ...

    def progress(self, done: int, total: int, text: str = "") -> None: ...

    def finish_with(self, effect: Callable[[], dict[str, Any] | None]) -> dict[str, Any]: ...


Handler = Callable[[RunningJob], dict[str, Any] | None]
_handlers: dict[str, Handler] = {}
_leads: dict[str, tuple[str, str]] = {}


def job_handler(
    kind: str, *, leads_to: tuple[str, str] | None = None
) -> Callable[[Handler], Handler]:
    """Register the function that does jobs of this kind. `leads_to`: the name of the page of the
    tenant on which the outcome stands, and what the link to it says.

    It may be run twice: after a crash the job is claimed again. Everything it leaves behind is
    therefore written through `job.finish_with`, which fails when another worker has taken over.
    """

    def register(handler: Handler) -> Handler:
        if _handlers.get(kind, handler) is not handler:
            raise ValueError(f"two handlers for jobs of kind {kind}")
        _handlers[kind] = handler
        if leads_to is not None:
            _leads[kind] = leads_to
        return handler

    return register


def outcome_of(kind: str) -> tuple[str, str] | None:
    """Name and words of the page on which the outcome of a kind of job stands."""
    return _leads.get(kind)


def handler_for(kind: str) -> Handler:
    try:
        return _handlers[kind]
    except KeyError:
        raise DomainError(
            f"Deze versie van de toepassing kent geen taak van de soort '{kind}'.",
            code="onbekende-taak",
        ) from None
