"""PostgreSQL and Valkey on a machine that has neither: for newcomers, tests and benchmarks.

Never for production. What `DATABASE_URL` or `REDIS_URL` names is used as it is; else the servers
that came as Python packages are started, else those of the system, as foreground children of this
process, on unix sockets only.
"""

from .errors import LocalServicesError
from .processes import Child, forward_signals
from .services import Profile, running_services

__all__ = ["Child", "LocalServicesError", "Profile", "forward_signals", "running_services"]
