"""Shows the progress of work that is inside a transaction, where its own writes stay unseen."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

from django.db import connection

from core.jobs.api import LeaseLost, RunningJob

Progress = Callable[[int, int, str], None]
_SECONDS_BETWEEN = 0.5


@contextmanager
def shown_beside(job: RunningJob) -> Iterator[Progress]:
    """Progress of a job written through a connection of its own, so that it is seen at once.

    A lost lease is left to `finish_with`, which notices it in the transaction itself. A cancelled
    job raises JobCancelled here.
    """
    with ThreadPoolExecutor(max_workers=1) as beside:
        last_shown, last_text = 0.0, ""

        def show(done: int, total: int, text: str) -> None:
            nonlocal last_shown, last_text
            moment = time.monotonic()
            if text == last_text and moment - last_shown < _SECONDS_BETWEEN:
                return
            last_shown, last_text = moment, text
            with suppress(LeaseLost):
                beside.submit(job.progress, done, total, text).result()

        try:
            yield show
        finally:
            beside.submit(lambda: connection.close()).result()
