"""Celery on Valkey: a doorbell that may be lost and may ring twice; the work is in core.jobs."""

import environ
from celery.schedules import crontab

env = environ.Env()

HOUR = 3600


def broker_address(redis_url: str) -> str:
    """Celery writes the address of a unix socket its own way."""
    return redis_url.replace("unix://", "redis+socket://", 1)


# With work done inside the web process there is no worker and no beat (./start --no-worker).
CELERY_TASK_ALWAYS_EAGER = env.bool("CELERY_EAGER", default=False)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "Europe/Amsterdam"

# A task that dies with its worker comes back; one that was taken but not begun is not hoarded.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_SEND_TASK_EVENTS = False

# The time limit ends before the broker would hand the same task to a second worker, and the
# shortest visibility timeout on a broker wins: it is set in all three places.
CELERY_TASK_SOFT_TIME_LIMIT = 2 * HOUR
CELERY_TASK_TIME_LIMIT = 2 * HOUR + 300
VISIBILITY_TIMEOUT = 3 * HOUR
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": VISIBILITY_TIMEOUT,
    # A form is saved while the broker is away: ringing gives up soon, the sweeper rings again.
    "socket_connect_timeout": 2,
    "socket_timeout": 30,
    "max_retries": 1,
}
CELERY_RESULT_BACKEND_TRANSPORT_OPTIONS = {"visibility_timeout": VISIBILITY_TIMEOUT}
CELERY_VISIBILITY_TIMEOUT = VISIBILITY_TIMEOUT
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0.1}
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None

# A worker that gave no sign of life for this long has lost its job to another.
JOB_LEASE_SECONDS = env.float("JOB_LEASE_SECONDS", default=60)
JOB_HEARTBEAT_SECONDS = env.float("JOB_HEARTBEAT_SECONDS", default=10)
JOB_SWEEP_SECONDS = env.float("JOB_SWEEP_SECONDS", default=15)

# Figures are computed again once nothing has come in for this long.
FIGURES_QUIET_SECONDS = env.float("FIGURES_QUIET_SECONDS", default=120)

CELERY_BEAT_SCHEDULE = {
    "jobs.sweep": {
        "task": "jobs.sweep",
        "schedule": JOB_SWEEP_SECONDS,
        "options": {"expires": JOB_SWEEP_SECONDS},
    },
    "health.canary": {"task": "health.canary", "schedule": 20.0, "options": {"expires": 20}},
    "monitoring.refresh": {
        "task": "monitoring.refresh",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    # Asked every morning, not on two days a year: a night without power skips nothing. Each time
    # it takes the next step: figures and projection first, then the editions.
    "reports.close_half_year": {
        "task": "reports.close_half_year",
        "schedule": crontab(hour="5,6", minute="*/10"),
    },
    "procurement.recheck_evidence": {
        "task": "procurement.recheck_evidence",
        "schedule": crontab(hour=5, minute=30),
    },
    "tasks.sync_all": {"task": "tasks.sync_all", "schedule": crontab(hour=5, minute=50)},
    "procurement.close": {
        "task": "procurement.close",
        "schedule": crontab(hour=0, minute=20),
    },
    "tasks.remind": {"task": "tasks.remind", "schedule": crontab(hour=6, minute=30)},
    "finance.check": {"task": "finance.check", "schedule": crontab(hour=4, minute=40)},
    "finance.signal_ceilings": {
        "task": "finance.signal_ceilings",
        "schedule": crontab(hour=5, minute=40),
    },
    "care.prove": {"task": "care.prove", "schedule": crontab(hour=3, minute=20)},
    "reports.retention": {
        "task": "reports.retention",
        "schedule": crontab(hour=2, minute=40),
    },
    "intake.expire": {"task": "intake.expire", "schedule": crontab(minute=25)},
    "health.tidy": {"task": "health.tidy", "schedule": crontab(hour=4, minute=10)},
}
