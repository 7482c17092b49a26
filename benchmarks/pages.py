"""Pages beside an import, and a care list at depth.

    python -m benchmarks.pages [--lines 1000000] [--requests 150]

Works in a database of its own beside DATABASE_URL and drops it. The web server runs as in
docker-compose.yml, with its two workers; one reader asks page after page. First on a quiet site,
then while another process takes in declaration lines. Two ratios, with their limits:

- the 95th percentile of a page during the import to that of the same page idle: 4;
- a page of declaration lines by cursor, past 90 % of all lines, to the first page: 1.5.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import django

from .intake_csv import make_region, municipalities_in, own_database, take_in

PAGES = ("", "aanbieders/", "contracten/", "indicatoren/", "aanleveren/", "uitgaven/", "taken/")
LIMIT_DURING, LIMIT_DEPTH = 4.0, 1.5
ADDRESS = "127.0.0.1:8971"
CONTRACTS, AT_FIRST = 100, 0.2
LINES_BY = ("run", "seq", "pk")


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--lines", type=int, default=1_000_000)
    options.add_argument("--requests", type=int, default=150)
    options.add_argument("--take-in", nargs=2, metavar=("REGION", "FILE"))
    wanted = options.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    if wanted.take_in:
        return take_in_here(*wanted.take_in)
    with tempfile.TemporaryDirectory() as folder, own_database():
        return measure(Path(folder), wanted.lines, wanted.requests)


def take_in_here(slug: str, file: str) -> int:
    from regions.models import Region  # noqa: PLC0415 -- needs Django

    take_in(Region.objects.get(slug=slug), "declaraties", Path(file))
    return 0


def measure(folder: Path, lines: int, requests: int) -> int:
    first, rest = written(folder, lines)
    region, cookie, token = scene(first)
    database = address_of_database()
    with served(database):
        during = compare(region, cookie, requests, database, rest)
        depth = compare_depth(region, token, requests // 3)
    print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return 0 if during <= LIMIT_DURING and depth <= LIMIT_DEPTH else 1


def written(folder: Path, lines: int) -> tuple[tuple[Path, Path], Path]:
    """Trajectories and a first part of the lines; and a file with the others."""
    from simulation import load_profile, write_lines  # noqa: PLC0415 -- needs Django

    made = write_lines(
        load_profile("alkmaar"), seed=4, until=date(2026, 11, 1), lines=lines, out=folder
    )
    begin, rest = folder / "begin.csv", folder / "rest.csv"
    with (
        made.path.open(encoding="utf-8") as source,
        begin.open("w", encoding="utf-8") as one,
        rest.open("w", encoding="utf-8") as other,
    ):
        header = next(source)
        one.write(header)
        other.write(header)
        for number, line in enumerate(source):
            (one if number < lines * AT_FIRST else other).write(line)
    return (made.trajectories, begin), rest


def scene(files: tuple[Path, Path]) -> tuple[Any, str, str]:
    """A region with contracts and care, the cookie of someone signed in, and a token."""
    from django.conf import settings  # noqa: PLC0415 -- needs Django
    from django.test import Client  # noqa: PLC0415

    from core.api import tokens  # noqa: PLC0415
    from regions.enums import Role  # noqa: PLC0415
    from tests.factories import ContractFactory, ProviderFactory, user_with  # noqa: PLC0415

    region = make_region(municipalities_in(files[0]))
    for _ in range(CONTRACTS):
        ContractFactory(region=region, provider=ProviderFactory(region=region))
    for form, path in zip(("trajecten", "declaraties"), files, strict=True):
        take_in(region, form, path)
    user = user_with(Role.CONTROLLER, region)
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    secret = tokens.issue_token(user=user, name="meting", days=1, by=user)
    return region, f"{settings.SESSION_COOKIE_NAME}={cookie}", secret


def address_of_database() -> str:
    from django.db import connection  # noqa: PLC0415 -- needs Django

    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path="/" + connection.settings_dict["NAME"]))


@contextmanager
def served(database: str) -> Iterator[None]:
    command = [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "config.wsgi"]
    around = os.environ | {"DATABASE_URL": database, "WEB_BIND": ADDRESS, "LOG_LEVEL": "WARNING"}
    with subprocess.Popen(command, env=around) as server:
        try:
            wait_until_up()
            yield
        finally:
            server.terminate()


def wait_until_up() -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(f"http://{ADDRESS}/healthz", timeout=5).read()
        except OSError:
            time.sleep(0.25)
        else:
            return
    raise SystemExit("the web server did not come up")


def compare(region: Any, cookie: str, requests: int, database: str, rest: Path) -> float:
    pages = [f"/regio/{region.slug}/{page}" for page in PAGES]
    ask_all(pages, cookie, 5)
    idle = ask_all(pages, cookie, requests)
    command = [sys.executable, "-m", "benchmarks.pages", "--take-in", region.slug, str(rest)]
    around = os.environ | {"DATABASE_URL": database}
    with subprocess.Popen(command, env=around) as job:
        busy = ask_all(pages, cookie, requests, while_running=job)
    worst = 0.0
    for page in pages:
        before, after = p95(idle[page]), p95(busy[page])
        worst = max(worst, after / before)
        print(
            f"{page:28} idle p50 {statistics.median(idle[page]) * 1e3:6.1f} p95 {before * 1e3:6.1f}"
            f" ms; import p50 {statistics.median(busy[page]) * 1e3:6.1f} p95 {after * 1e3:6.1f} ms;"
            f" ratio {after / before:.2f} ({len(busy[page])} times)"
        )
    print(f"p95 during an import, worst page: {worst:.2f} x (limit {LIMIT_DURING:g})")
    return worst


def ask_all(
    pages: list[str],
    cookie: str,
    requests: int,
    while_running: "subprocess.Popen[bytes] | None" = None,
) -> dict[str, list[float]]:
    """Seconds per page: `requests` rounds, or as long as a process runs."""
    took: dict[str, list[float]] = {page: [] for page in pages}
    rounds = 0
    while while_running.poll() is None if while_running else rounds < requests:
        rounds += 1
        for page in pages:
            took[page].append(ask(page, {"Cookie": cookie})[0])
    if while_running and (while_running.returncode or rounds < 20):
        raise SystemExit(f"the import ended with {while_running.returncode} in {rounds} rounds")
    return took


def ask(path: str, headers: dict[str, str]) -> tuple[float, bytes]:
    request = urllib.request.Request(f"http://{ADDRESS}{path}", headers=headers)
    begin = time.perf_counter()
    with urllib.request.urlopen(request, timeout=60) as answer:
        body = answer.read()
        if answer.url != request.full_url:
            raise SystemExit(f"{path} was answered by {answer.url}")
    return time.perf_counter() - begin, body


def p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1]


def at_depth(region: Any, path: str) -> str:
    """The same page, on from the line past which a tenth of all lines is left."""
    from care.models import DeclarationLine  # noqa: PLC0415 -- needs Django
    from core.api.paging import encoded  # noqa: PLC0415

    lines = DeclarationLine.objects.filter(region_id=region.pk).order_by(*LINES_BY)
    return f"{path}&cursor={encoded(lines.values_list(*LINES_BY)[lines.count() * 9 // 10])}"


def compare_depth(region: Any, token: str, requests: int) -> float:
    from django.db import connection  # noqa: PLC0415 -- needs Django

    headers = {"Authorization": f"Token {token}", "X-Reden": "benchmark"}
    first = f"/api/v1/declaratieregels?regio={region.slug}&paginaGrootte=100"
    deep = at_depth(region, first)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE care_declarationline")  # as autovacuum does within a minute
    near, far = [], []
    for _ in range(max(requests, 20)):
        near.append(ask(first, headers)[0])
        far.append(ask(deep, headers)[0])
    ratio = statistics.median(far) / statistics.median(near)
    print(
        f"declaration lines by cursor: first {statistics.median(near) * 1e3:.1f} ms, past 90 % "
        f"{statistics.median(far) * 1e3:.1f} ms: {ratio:.2f} x (limit {LIMIT_DEPTH:g})"
    )
    return ratio


if __name__ == "__main__":
    sys.exit(main())
