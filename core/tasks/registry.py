"""What upper apps tell: which terms there are, and who works where."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser

REMIND = (30, 7)


@dataclass(frozen=True)
class Due:
    """A term as its source gives it. `key` names it within the source and stays when `day` moves.

    At least one of `owner_id` and `team` (a role code) is needed; `party_id` narrows the team to
    the people of one organisation. `remind_days` are days before `day` on which people are told.
    """

    key: str
    day: date
    title: str
    url: str
    owner_id: int | None = None
    team: str | None = None
    remind_days: tuple[int, ...] = REMIND
    about: str = ""
    party_id: int | None = None


Find = Callable[[int, date], Iterable[Due]]


@dataclass(frozen=True)
class DeadlineSource:
    """`find(tenant_id, until)` gives every term that still asks for something, up to and including
    `until`, those that have passed too. What it no longer gives is closed.

    `late_start`: of a rule by the calendar, the days that people get for a term that had passed
    before anybody could know of it. Without it such a term is overdue from the start.
    """

    code: str
    label: str
    find: Find
    late_start: int | None = None

    def day_of(self, day: date, first_seen: date) -> date:
        """When a term is due that was first given on a day."""
        if self.late_start is None or day >= first_seen:
            return day
        return first_seen + timedelta(days=self.late_start)


@dataclass(frozen=True)
class Membership:
    """A user works in a tenant as `role`; `party_id` None means: for the whole tenant."""

    tenant_id: int
    role: str
    party_id: int | None = None


class Organisation:
    """What core must ask about people and tenants; an upper app gives one that answers."""

    def tenants(self) -> Iterable[Any]:
        """Every tenant, with pk, slug and name."""
        return ()

    def memberships(self, user: Any) -> Iterable[Membership]:
        return ()

    def people(self, tenant_id: int) -> Iterable[tuple[Any, list[Membership]]]:
        """The active users who work in a tenant, each with what they do there."""
        return ()

    def manages(self, user: Any) -> Iterable[int]:
        """Tenants of which the user may see and hand over every task."""
        return ()

    def role_label(self, role: str) -> str:
        return role


_sources: dict[str, DeadlineSource] = {}
_organisation: list[Organisation] = [Organisation()]


def register_deadlines(source: DeadlineSource) -> None:
    _sources[source.code] = source


def deadline_sources() -> list[DeadlineSource]:
    return [_sources[code] for code in sorted(_sources)]


def source_label(code: str) -> str:
    return _sources[code].label if code in _sources else "Eigen taak"


def register_organisation(answers: Organisation) -> None:
    _organisation[0] = answers


def organisation() -> Organisation:
    return _organisation[0]


def memberships_of(user: Any) -> list[Membership]:
    if user is None or isinstance(user, AnonymousUser) or not user.is_active:
        return []
    return list(organisation().memberships(user))


def tenants_of(user: Any) -> list[Any]:
    """The tenants in which a user works."""
    joined = {membership.tenant_id for membership in memberships_of(user)}
    return [tenant for tenant in organisation().tenants() if tenant.pk in joined]


def role_label(role: str) -> str:
    """What a role code is called on screen."""
    return organisation().role_label(role)
