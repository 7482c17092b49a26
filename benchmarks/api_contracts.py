"""A list of 50 contracts with all relations: the API beside raw WSGI with one SQL statement.

    python -m benchmarks.api_contracts [--rounds 300]

Works in a database of its own beside DATABASE_URL and drops it. Both answer the same question in
the same process on the same connection, turn by turn. The API does everything a caller gets:
middleware, token, rights, filters, paging; the raw application asks nobody who he is. The limit is
3; the exit code says whether it holds. Time is what a caller waits; work is processor time of this
process and of its database backend together, which other work on the machine hardly changes.
"""

import argparse
import gc
import json
import logging
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import django

WARM_UP = 30
CONTRACTS, LIMIT = 200, 3.0
PATH = "/api/v1/contracten"

SQL = """
SELECT json_build_object('aantal',
  (SELECT count(*) FROM procurement_contract WHERE region_id = %(r)s),
  'resultaten', (SELECT json_agg(row) FROM (
    SELECT c.id, r.slug AS regio, c.number AS nummer, c.name AS naam, p.agb_code AS aanbieder,
      p.name AS "aanbiederNaam", c.kind AS soort, c.funding_form AS bekostigingsvorm,
      c.status AS stand, c.start_date AS vanaf, c.end_date - 1 AS "totEnMet",
      (SELECT coalesce(json_agg(s.code ORDER BY s.code), '[]') FROM procurement_contract_segments cs
        JOIN segments_segment s ON s.id = cs.segment_id WHERE cs.contract_id = c.id) AS segmenten,
      (SELECT coalesce(json_agg(json_build_object('nummer', f.number, 'naam', f.name,
        'soort', f.kind,
        'vanaf', f.start_date, 'totEnMet', f.end_date - 1) ORDER BY f.number), '[]')
        FROM procurement_contractphase f WHERE f.contract_id = c.id) AS fasen,
      (SELECT coalesce(json_agg(json_build_object('product', d.code, 'vanaf', cp.valid_from,
        'totEnMet', cp.valid_to - 1) ORDER BY d.code, cp.valid_from), '[]')
        FROM procurement_contractproduct cp JOIN segments_product d ON d.id = cp.product_id
        WHERE cp.contract_id = c.id) AS producten,
      (SELECT coalesce(json_agg(json_build_object('product', t.product_code, 'eenheid', t.unit,
        'vanaf', t.valid_from, 'totEnMet', t.valid_to - 1, 'bedrag', t.amount::text)
        ORDER BY t.product_code, t.unit, t.valid_from), '[]')
        FROM procurement_tariff t WHERE t.contract_id = c.id) AS "eigenTarieven",
      (SELECT coalesce(json_agg(json_build_object('jaar', k.year, 'bedrag', k.amount::text)
        ORDER BY k.year), '[]')
        FROM procurement_spendingcap k WHERE k.contract_id = c.id) AS plafonds,
      c.fictitious AS fictief
    FROM procurement_contract c JOIN providers_provider p ON p.id = c.provider_id
    JOIN regions_region r ON r.id = c.region_id
    WHERE c.region_id = %(r)s ORDER BY p.sort_name, c.number LIMIT 50) row))::text
"""


@dataclass
class Took:
    """Per answer: seconds on the clock, and seconds of processors."""

    seconds: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)


App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def environ(token: str) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": PATH,
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_ACCEPT": "application/json",
        "HTTP_AUTHORIZATION": f"Token {token}",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
    }


def asked(app: App, token: str) -> tuple[bytes, float]:
    """The body of one answer and the seconds it took."""
    begin = time.perf_counter()
    answer = app(environ(token), lambda status, headers: None)
    body = b"".join(answer)
    if hasattr(answer, "close"):
        answer.close()
    return body, time.perf_counter() - begin


def raw_app(region_id: int) -> App:
    from django.db import connection  # noqa: PLC0415 -- after django.setup

    connection.settings_dict["CONN_MAX_AGE"] = None  # kept open, as in production
    connection.close()
    connection.ensure_connection()

    def app(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        found = connection.connection.execute(SQL, {"r": region_id}).fetchone()
        start("200 OK", [("Content-Type", "application/json")])
        return [found[0].encode()]

    return app


def fill() -> tuple[int, str]:
    """A region of 200 contracts, each with 3 phases, 8 products, 8 own tariffs and 2 ceilings."""
    from datetime import date  # noqa: PLC0415 -- after django.setup
    from decimal import Decimal  # noqa: PLC0415 -- after django.setup

    from core.api.tokens import issue_token  # noqa: PLC0415 -- after django.setup
    from procurement.models import (  # noqa: PLC0415 -- after django.setup
        ContractPhase,
        ContractProduct,
        SpendingCap,
        Tariff,
    )
    from tests.factories import (  # noqa: PLC0415 -- after django.setup
        ContractFactory,
        ProductFactory,
        ProviderFactory,
        a_region,
        user_with,
    )

    made = a_region(slug="meting", name="Meting")
    products = [ProductFactory(region=made.region, code=f"46A{n:02d}") for n in range(8)]
    for _ in range(CONTRACTS):
        contract = ContractFactory(region=made.region, provider=ProviderFactory(region=made.region))
        contract.segments.set(made.segments)
        ContractPhase.objects.bulk_create(
            ContractPhase(
                contract=contract, number=n, name=f"Fase {n}", start_date=date(2020 + 3 * n, 1, 1),
                end_date=date(2023 + 3 * n, 1, 1),
            )
            for n in (1, 2, 3)
        )  # fmt: skip
        ContractProduct.objects.bulk_create(
            ContractProduct(contract=contract, product=p, valid_from=date(2023, 1, 1))
            for p in products
        )
        Tariff.objects.bulk_create(
            Tariff(
                region=made.region, contract=contract, product_code=p.code, unit="04",
                valid_from=date(2023, 1, 1), amount=Decimal("92.40"),
            )
            for p in products
        )  # fmt: skip
        SpendingCap.objects.bulk_create(
            SpendingCap(contract=contract, year=year, amount=Decimal("100000"))
            for year in (2025, 2026)
        )
    return made.region.pk, issue_token(user=user_with("contract_manager", made.region))


def measure(apps: dict[str, App], token: str, rounds: int) -> dict[str, Took]:
    took = {name: Took() for name in apps}
    for number in range(WARM_UP + rounds):
        for name, app in apps.items():
            before = worked()
            _, seconds = asked(app, token)
            if number >= WARM_UP:
                took[name].seconds.append(seconds)
                took[name].work.append(worked() - before)
    return took


def worked() -> float:
    """Processor seconds so far of this process and, on the same machine, its backend."""
    from django.db import connection  # noqa: PLC0415 -- after django.setup

    info = connection.connection.info
    schedule = Path(f"/proc/{info.backend_pid}/schedstat")
    backend = int(schedule.read_text().split()[0]) / 1e9 if schedule.exists() else 0.0
    return time.process_time() + backend


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=300)
    rounds = parser.parse_args().rounds
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    from django.test.utils import setup_databases, teardown_databases  # noqa: PLC0415 -- as above

    logging.disable(logging.WARNING)
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        return compare(rounds)
    finally:
        teardown_databases(databases, verbosity=0)


def compare(rounds: int) -> int:
    from config.wsgi import application  # noqa: PLC0415 -- after django.setup
    from core.api.throttling import PerUser  # noqa: PLC0415 -- after django.setup

    PerUser.rate = "1000000/min"
    region_id, token = fill()
    _analyse()
    apps = {"raw": raw_app(region_id), "api": application}
    sizes = {name: _checked(app, token) for name, app in apps.items()}
    gc.collect()
    gc.freeze()
    took = measure(apps, token, rounds)
    print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for name, one in took.items():
        late = statistics.quantiles(one.seconds, n=20)[-1]
        middle, work = statistics.median(one.seconds), statistics.median(one.work)
        print(
            f"{name}: {middle * 1000:.2f} ms (p95 {late * 1000:.2f}), "
            f"work {work * 1000:.2f} ms, {sizes[name]} bytes"
        )
    work = statistics.median(took["api"].work) / statistics.median(took["raw"].work)
    ratio = statistics.median(took["api"].seconds) / statistics.median(took["raw"].seconds)
    print(f"ratio {ratio:.2f} in time, {work:.2f} in work (limit {LIMIT})")
    return 0 if ratio <= LIMIT else 1


def _analyse() -> None:
    from django.db import connection  # noqa: PLC0415 -- after django.setup

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _checked(app: App, token: str) -> int:
    """Both give 50 rows of the same content."""
    body, _ = asked(app, token)
    rows = json.loads(body)["resultaten"]
    assert len(rows) == 50
    assert len(rows[-1]["eigenTarieven"]) == 8
    return len(body)


if __name__ == "__main__":
    sys.exit(main())
