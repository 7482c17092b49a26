"""A region of any size in the care tables, made by the database itself: seeded, skewed, at random.

A year has 80,000 trajectories of 56,000 clients and about a million declaration lines, so that
eight years are a region of eight million lines.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection

from regions.enums import OrganisationKind
from regions.models import Municipality, Organisation, Region, RegionMembership, YouthPopulation
from segments.models import ProductPlacement, Segment, SegmentScheme

MUNICIPALITIES = tuple(f"{number:04d}" for number in range(1001, 1011))
PROVIDERS = 148
PRODUCTS_PER_SEGMENT = 6
TRAJECTORIES_PER_YEAR = 80_000
BEGIN = date(2018, 1, 1)

# power(random, 2.5) gives the largest seven providers about 70 % of a segment.
TRAJECTORIES = """
INSERT INTO care_trajectory (
    region_id, municipality, provider, allocation_number, client, category, product,
    allocated_on, valid_from, valid_through, forced, referrer, age, start_on, stop_on,
    stop_reason, end_on
)
SELECT %(region_id)s, lpad((1001 + floor(10 * m)::int)::text, 4, '0'),
    lpad((65000000 + floor(%(providers)s * power(p, 2.5))::int)::text, 8, '0'), n,
    decode(md5((floor(c * %(clients)s))::text), 'hex'), '4' || s,
    s || lpad(floor(6 * product)::text, 4, '0'),
    start_on - floor(60 * w * w)::int, start_on - floor(20 * w)::int,
    CASE WHEN o < 0.9 THEN start_on + 365 + floor(400 * d)::int END, f < 0.1,
    CASE WHEN r < 0.5 THEN '02' WHEN r < 0.8 THEN '01' ELSE '' END, floor(20 * a)::int, start_on,
    stop_on,
    CASE WHEN stop_on IS NOT NULL THEN
        (ARRAY['31', '31', '31', '31', '32', '33', '34', '37', '38', '39'])[1 + floor(10 * e)::int]
    ELSE '' END,
    coalesce(stop_on, CASE WHEN o < 0.9 THEN start_on + 365 + floor(400 * d)::int END)
FROM (
    SELECT *, CASE WHEN start_on + 20 + floor(exp(5.2 + 0.8 * g))::int < %(until)s
        THEN start_on + 20 + floor(exp(5.2 + 0.8 * g))::int END AS stop_on
    FROM (
        SELECT n, %(begin)s::date + floor(random() * (%(until)s::date - %(begin)s::date))::int
                AS start_on,
            random() AS m, random() AS p, random() AS c,
            1 + floor(5 * power(random(), 2))::int AS s,
            random() AS product, random() AS w, random() AS o, random() AS d, random() AS f,
            random() AS r, random() AS e, random() AS a, random_normal() AS g
        FROM generate_series(1, %(trajectories)s) n
    ) drawn
) dated
"""

LINES = """
INSERT INTO care_declarationline (
    region_id, run, seq, dagtekening, municipality, provider, allocation_number, client, key,
    reference, previous_reference, category, product, begin_on, end_on, volume, unit,
    tariff_cents, amount_cents, revised, counts, refused
)
SELECT region_id, 1, row_number() OVER (), month + 40 + floor(60 * power(random(), 4))::int,
    municipality, provider, allocation_number, client, gen_random_uuid(), number::text, '',
    category, product, month, month + 27, 4, '14', 2500, 10000 + floor(random() * 90000)::int,
    answered < 0.01, true, answered < 0.01
FROM (
    SELECT t.*, day::date AS month, row_number() OVER () AS number, random() AS answered
    FROM care_trajectory t
    CROSS JOIN generate_series(
        date_trunc('month', t.start_on),
        least(t.end_on, t.start_on + 390, %(until)s - 31)::timestamp,
        interval '15 days'
    ) day
    WHERE t.region_id = %(region_id)s
) care
"""

RECORDS = """
INSERT INTO care_carerecord (
    region_id, run, seq, dagtekening, municipality, provider, allocation_number, client, kind,
    status, category, product, begin_on, end_on, reason
)
SELECT region_id, 1, row_number() OVER (), start_on + 10, municipality, provider,
    allocation_number, client, 'start', '1', category, product, start_on, NULL, ''
FROM care_trajectory WHERE region_id = %(region_id)s
UNION ALL
SELECT region_id, 1, 10000000 + row_number() OVER (), stop_on + 10, municipality, provider,
    allocation_number, client, 'stop', '1', category, product, start_on, stop_on, stop_reason
FROM care_trajectory WHERE region_id = %(region_id)s AND stop_on IS NOT NULL
"""

MEASUREMENTS = """
INSERT INTO care_outcomemeasurement (
    region_id, run, municipality, provider, allocation_number, client, measured_on, informant,
    mark, without_help, goal_reached
)
SELECT region_id, 1, municipality, provider, allocation_number, client, stop_on, 'youth',
    5 + floor(random() * 5)::int, '0' || (1 + floor(random() * 4)::int), random() < 0.7
FROM care_trajectory
WHERE region_id = %(region_id)s AND stop_on IS NOT NULL AND random() < 0.3
"""

RUN = """
INSERT INTO care_receivedrun (region_id, run, form, first_dagtekening, last_dagtekening)
VALUES (%(region_id)s, 1, 'ijw', %(begin)s, %(until)s)
"""


def fill_region(slug: str, *, years: int) -> Region:
    """A region with `years` years of care up to 2026-01-01; kept when it is there already."""
    existing = Region.objects.filter(slug=slug).first()
    if existing is not None:
        return existing
    region = _region(slug)
    params: dict[str, Any] = {
        "region_id": region.pk,
        "providers": PROVIDERS,
        "clients": 56_000 * years,
        "trajectories": TRAJECTORIES_PER_YEAR * years,
        "begin": date(2026 - years, 1, 1),
        "until": date(2026, 1, 1),
    }
    with connection.cursor() as cursor, lines_without_indexes(cursor):
        cursor.execute("SELECT setseed(0.42)")
        for statement in (TRAJECTORIES, LINES, RECORDS, MEASUREMENTS, RUN):
            cursor.execute(statement, params)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return region


@contextmanager
def lines_without_indexes(cursor: Any) -> Iterator[None]:
    """Made again at the end: millions of lines come in sorted rather than one at a time."""
    cursor.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
        " WHERE indrelid = 'care_declarationline'::regclass AND NOT indisprimary"
    )
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    cursor.execute("SET maintenance_work_mem = '1GB'")
    for _, definition in indexes:
        cursor.execute(definition)
    cursor.execute("RESET maintenance_work_mem")


def _region(slug: str) -> Region:
    organisation = Organisation.objects.create(name=slug, kind=OrganisationKind.REGIONAL)
    region = Region.objects.create(slug=slug, name=slug, organisation=organisation)
    for code in MUNICIPALITIES:
        municipality = Municipality.objects.filter(gm_code=code).first()
        if municipality is None:
            party = Organisation.objects.create(name=code, kind=OrganisationKind.MUNICIPALITY)
            municipality = Municipality.objects.create(gm_code=code, name=code, organisation=party)
        RegionMembership.objects.create(region=region, municipality=municipality, valid_from=BEGIN)
        YouthPopulation.objects.create(
            region=region, municipality=code, counted_on=BEGIN, count=20_000
        )
    scheme = SegmentScheme.objects.create(region=region, code="b", name="b", valid_from=BEGIN)
    for number in range(1, 6):
        segment = Segment.objects.create(
            scheme=scheme, code=f"S{number}", name=f"S{number}", wait_norm_days=42
        )
        ProductPlacement.objects.bulk_create(
            ProductPlacement(
                scheme=scheme,
                segment=segment,
                product_code=f"{number}{product:04d}",
                is_stay=number == 1,
                direction="herstel" if product % 2 else "ondersteuning",
                valid_from=BEGIN,
            )
            for product in range(PRODUCTS_PER_SEGMENT)
        )
    return region
