"""Questions about tasks; `visible_to` comes first."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from core import clock

from .enums import TaskState
from .models import Task
from .registry import Membership, memberships_of, organisation


def visible_to(user: Any) -> QuerySet[Task]:
    """Tasks of the user, of the teams in which the user works, and all of a tenant for who keeps
    its roles. Who no longer works in a tenant sees nothing of it."""
    joined = memberships_of(user)
    managed = set(organisation().manages(user)) if user.is_authenticated else set()
    mine = Q(owner=user.pk, tenant_id__in={m.tenant_id for m in joined})
    return Task.objects.filter(mine | of_teams(joined) | Q(tenant_id__in=managed))


def of_teams(joined: Iterable[Membership]) -> Q:
    """The tasks of the teams of these memberships."""
    found = Q(pk__in=[])
    for membership in joined:
        team = Q(tenant_id=membership.tenant_id, team=membership.role)
        if membership.party_id is not None:
            team &= Q(party_id=membership.party_id)
        found |= team
    return found


def of_person(user: Any, tenant_id: int | None = None) -> QuerySet[Task]:
    """What waits for one person: his own open tasks, and those of his teams without an owner."""
    joined = [m for m in memberships_of(user) if tenant_id in (None, m.tenant_id)]
    own = Q(owner=user.pk, tenant_id__in={m.tenant_id for m in joined})
    nobodys = Q(owner__isnull=True) & of_teams(joined)
    return open_tasks().filter(own | nobodys)


def open_tasks() -> QuerySet[Task]:
    return Task.objects.filter(state=TaskState.OPEN)


def overdue(tasks: QuerySet[Task], day: date | None = None) -> QuerySet[Task]:
    return tasks.filter(state=TaskState.OPEN, due__lt=day or clock.today())


def due_within(tasks: QuerySet[Task], days: int) -> QuerySet[Task]:
    """Open tasks from today up to and including a number of days ahead."""
    today = clock.today()
    return tasks.filter(state=TaskState.OPEN, due__gte=today, due__lte=today + timedelta(days=days))


def of_teams_here(user: Any, tenant_id: int) -> QuerySet[Task]:
    """Everything in a tenant that the user may see, the user's own included."""
    return visible_to(user).filter(tenant_id=tenant_id).select_related("owner")


def colleagues_of(user: Any, tenant_id: int) -> QuerySet[Any]:
    """To whom the user may give a task: who works for the whole tenant sees who else does, who
    works for one organisation sees the people of that organisation."""
    own = {m.party_id for m in memberships_of(user) if m.tenant_id == tenant_id}
    if tenant_id in set(organisation().manages(user)):
        own.add(None)
    people = organisation().people(tenant_id)
    known = [person.pk for person, joined in people if own & {m.party_id for m in joined}]
    return get_user_model().objects.filter(pk__in=known).order_by("name", "pk")
