"""A real worker and a real broker, to be killed in the middle of their work."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import redis
from django.conf import settings
from django.db import connection

from core.jobs.api import Job
from core.localservices.processes import Child
from core.localservices.serviceuser import ServiceUser
from core.localservices.statefolder import prepare_state
from core.localservices.valkey import start_valkey

PATIENCE = 90.0


def wait_until(ready: Callable[[], Any], *, about: str) -> Any:
    """The first answer that is true; fails with what was waited for."""
    begun = time.monotonic()
    while not (answer := ready()):
        assert time.monotonic() - begun < PATIENCE, f"waited in vain for {about}"
        time.sleep(0.02)
    return answer


@dataclass
class Engine:
    """Broker and workers on the test database, with leases of two seconds."""

    folder: Path
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    broker: Child | None = None
    broker_url: str = ""

    def start_broker(self) -> None:
        """With nothing of an earlier one in it."""
        state = prepare_state("faults", ServiceUser.current())
        shutil.rmtree(state.path / "valkey", ignore_errors=True)
        for needed in (state.sockets, state.logs):
            state.user.own(needed)
        self.broker, self.broker_url = start_valkey(state)

    def kill_broker(self) -> None:
        """Without a goodbye; what it had kept does not come back either."""
        assert self.broker
        self.broker.process.kill()
        self.broker.process.wait()

    def empty_broker(self) -> None:
        redis.Redis(unix_socket_path=self.broker_url.removeprefix("unix://")).flushall()

    def start_worker(self) -> subprocess.Popen[bytes]:
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings.local",
            "DATABASE_URL": database_url(),
            "REDIS_URL": self.broker_url,
            "MEDIA_ROOT": str(settings.MEDIA_ROOT),
            "INTAKE_SPOOL_DIR": str(settings.INTAKE_SPOOL_DIR),
            "JOB_LEASE_SECONDS": "2",
            "JOB_HEARTBEAT_SECONDS": "0.4",
            "JOB_SWEEP_SECONDS": "0.5",
        }
        log = (self.folder / f"worker-{len(self.workers)}.log").open("wb")
        schedule = str(self.folder / f"beat-{len(self.workers)}")
        celery = [sys.executable, "-m", "celery", "-A", "config"]
        command = [*celery, "worker", "-c", "1", "-B", "-s", schedule, "-l", "warning"]
        worker = subprocess.Popen(
            command, env=env, stdout=log, stderr=log, cwd=settings.BASE_DIR, start_new_session=True
        )
        log.close()
        self.workers.append(worker)
        return worker

    @property
    def worker(self) -> subprocess.Popen[bytes]:
        """The one that is alive; started when there is none."""
        alive = [worker for worker in self.workers if worker.poll() is None]
        return alive[-1] if alive else self.start_worker()

    def kill_worker(self) -> None:
        """SIGKILL for the worker and everything it started: the machine is switched off."""
        worker = self.worker
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    def kill_workers(self) -> None:
        for worker in self.workers:
            if worker.poll() is None:
                os.killpg(worker.pid, signal.SIGKILL)
                worker.wait()

    def stop(self) -> None:
        self.kill_workers()
        if self.broker:
            self.broker.stop()


def database_url() -> str:
    place = connection.settings_dict
    password = f":{place['PASSWORD']}" if place["PASSWORD"] else ""
    host = place["HOST"] or "127.0.0.1"
    if host.startswith("/"):
        return f"postgres://{place['USER']}{password}@/{place['NAME']}?host={host}"
    return f"postgres://{place['USER']}{password}@{host}:{place['PORT'] or 5432}/{place['NAME']}"


def finished(job: Job) -> Job:
    """The job once it has ended, however it ended."""
    wait_until(
        lambda: Job.objects.filter(pk=job.pk, finished_at__isnull=False).exists(),
        about=f"{job.title}",
    )
    job.refresh_from_db()
    return job


@contextmanager
def held(table: str) -> Iterator[None]:
    """Nobody gets past this table: work that needs it stands still in its middle."""
    place = connection.settings_dict
    with psycopg.connect(
        host=place["HOST"] or None,
        port=place["PORT"] or None,
        user=place["USER"] or None,
        password=place["PASSWORD"] or None,
        dbname=place["NAME"],
    ) as other:
        other.execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        yield


def someone_waits_for_a_table() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks JOIN pg_database d ON d.oid = database"
            " WHERE NOT granted AND locktype = 'relation' AND datname = current_database()"
        )
        return bool(cursor.fetchone()[0])


def end_all_other_connections() -> int:
    """As a database does that is restarted; not that of the table that is held."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND pid NOT IN (SELECT pid FROM pg_locks WHERE granted"
            " AND mode = 'AccessExclusiveLock' AND locktype = 'relation'"
            " AND relation = 'care_trajectory'::regclass)"
        )
        return int(cursor.fetchone()[0])
