"""Both servers up, and down again in reverse order."""

import enum
import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager

from .postgres import start_postgres
from .serviceuser import ServiceUser
from .statefolder import prepare_state
from .valkey import start_valkey


class Profile(enum.StrEnum):
    """Whose data it is: a site to come back to, or tests that may lose everything."""

    SITE = "site"
    TEST = "test"


@contextmanager
def running_services(profile: Profile) -> Iterator[dict[str, str]]:
    """The environment in which the application finds its database and broker.

    Raises LocalServicesError when a server is neither named in the environment nor found.
    """
    found = {name: os.environ[name] for name in ("DATABASE_URL", "REDIS_URL") if _named(name)}
    if len(found) == 2:
        yield found
        return
    state = prepare_state(profile, ServiceUser.current())
    with ExitStack() as stack:
        stack.enter_context(state.locked())
        state.user.own(state.sockets)
        if "DATABASE_URL" not in found:
            postgres, found["DATABASE_URL"] = start_postgres(
                state, throw_away=profile is Profile.TEST
            )
            stack.callback(postgres.stop)
        if "REDIS_URL" not in found:
            valkey, found["REDIS_URL"] = start_valkey(state)
            stack.callback(valkey.stop)
        yield found


def _named(name: str, environment: Mapping[str, str] = os.environ) -> bool:
    return bool(environment.get(name))
