"""The figures of a half-year as somebody would write them by hand for this one report."""

SETS = """GROUP BY GROUPING SETS (
    (), (municipality), (segment), (category), (provider), (municipality, segment),
    (segment, provider)
)"""

CELL = "municipality, segment, category, provider"

PLACE = """
CREATE TEMPORARY TABLE spot ON COMMIT DROP AS
SELECT product_code, s.code AS segment, is_stay, wait_norm_days AS norm,
    direction || CASE WHEN is_stay THEN '-verblijf' ELSE '-ambulant' END AS category
FROM segments_productplacement p JOIN segments_segment s ON s.id = p.segment_id
WHERE p.scheme_id = %(scheme_id)s
"""
CARE = """
CREATE TEMPORARY TABLE around ON COMMIT DROP AS
SELECT row_number() OVER () AS id, municipality, segment, spot.category, provider, client,
    allocation_number, t.category AS group_code, product, is_stay, norm, allocated_on, valid_from,
    valid_through, referrer, start_on, stop_on, stop_reason AS reason,
    coalesce(stop_on, valid_through, 'infinity') AS end_on
FROM care_trajectory t JOIN spot ON spot.product_code = t.product
WHERE region_id = %(region_id)s AND start_on < %(near_to)s
    AND (end_on IS NULL OR end_on >= %(near_from)s)
"""
ANALYZE = "ANALYZE around"

RUNNING = f"""
WITH here AS (
    SELECT * FROM around WHERE start_on < %(p1)s AND end_on >= %(p0)s
), running AS (
    SELECT client, count(*) AS n, count(DISTINCT provider) AS providers
    FROM here WHERE end_on >= %(last)s GROUP BY client
)
SELECT {CELL}, count(DISTINCT client), count(DISTINCT client) FILTER (WHERE is_stay),
    count(DISTINCT provider),
    sum(least(end_on, %(last)s) - greatest(start_on, %(p0)s) + 1) FILTER (WHERE is_stay),
    count(DISTINCT client) FILTER (WHERE end_on >= %(last)s),
    count(DISTINCT client) FILTER (WHERE end_on >= %(last)s AND n >= 2),
    count(DISTINCT client) FILTER (WHERE end_on >= %(last)s AND providers >= 3)
FROM here LEFT JOIN running USING (client)
{SETS}
"""
STARTED = f"""
WITH started AS (
    SELECT * FROM around WHERE start_on >= %(p0)s AND start_on < %(p1)s
), known AS (
    SELECT id FROM started WHERE EXISTS (SELECT FROM around o WHERE o.client = started.client
        AND o.start_on < started.start_on AND o.end_on >= started.start_on - 365)
), moved AS (
    SELECT id FROM started WHERE is_stay AND EXISTS (SELECT FROM around o
        WHERE o.client = started.client AND o.is_stay
        AND (o.provider, o.product) <> (started.provider, started.product)
        AND o.stop_on BETWEEN started.start_on - 30 AND started.start_on - 1)
)
SELECT {CELL}, count(*), count(DISTINCT client) FILTER (WHERE known.id IS NULL),
    count(moved.id),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY greatest(start_on - allocated_on, 0)),
    percentile_cont(0.9) WITHIN GROUP (ORDER BY greatest(start_on - allocated_on, 0)),
    count(*) FILTER (WHERE start_on - allocated_on <= norm), count(norm),
    count(*) FILTER (WHERE start_on < allocated_on),
    count(*) FILTER (WHERE referrer = '01'), count(*) FILTER (WHERE referrer = '02'),
    count(*) FILTER (WHERE referrer = '03'), count(*) FILTER (WHERE referrer = '04'),
    count(*) FILTER (WHERE referrer = '05'), count(*) FILTER (WHERE referrer = '06'),
    count(*) FILTER (WHERE referrer = '08')
FROM started LEFT JOIN known USING (id) LEFT JOIN moved USING (id)
{SETS}
"""
STOPPED = f"""
WITH stopped AS (
    SELECT *, stop_on - start_on + 1 AS duration FROM around
    WHERE stop_on >= %(p0)s AND stop_on < %(p1)s AND reason NOT IN ('20', '36', '37')
), later AS (
    SELECT stopped.id, bool_or(o.is_stay) AS stay, bool_or(NOT o.is_stay) AS light
    FROM stopped JOIN around o USING (client)
    WHERE o.start_on <= stopped.stop_on + 90 AND o.end_on > stopped.stop_on GROUP BY stopped.id
), measured AS (
    SELECT DISTINCT stopped.id FROM stopped JOIN (
        SELECT * FROM care_outcomemeasurement WHERE region_id = %(region_id)s
    ) m USING (client, allocation_number, municipality, provider)
)
SELECT {CELL}, count(*), percentile_cont(0.5) WITHIN GROUP (ORDER BY duration),
    percentile_cont(0.9) WITHIN GROUP (ORDER BY duration),
    count(*) FILTER (WHERE reason IN ('32', '33', '34')),
    count(*) FILTER (WHERE reason IN ('32', '33')),
    count(*) FILTER (WHERE reason = '02'), count(*) FILTER (WHERE reason = '31'),
    count(*) FILTER (WHERE reason = '32'), count(*) FILTER (WHERE reason = '33'),
    count(*) FILTER (WHERE reason = '34'), count(*) FILTER (WHERE reason = '35'),
    count(*) FILTER (WHERE reason = '38'), count(*) FILTER (WHERE reason = '39'),
    count(measured.id), count(*) FILTER (WHERE is_stay),
    count(*) FILTER (WHERE is_stay AND light AND NOT stay),
    count(*) FILTER (WHERE NOT is_stay AND stay)
FROM stopped LEFT JOIN later USING (id) LEFT JOIN measured USING (id)
{SETS}
"""
ENDED = f"""
SELECT {CELL}, count(*), count(*) FILTER (WHERE stop_on IS NULL) FROM around
WHERE end_on >= %(p0)s AND end_on < %(p1)s
{SETS}
"""
WAITING = f"""
SELECT {CELL}, count(*),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY %(last)s - allocated_on) FROM around
WHERE (start_on IS NULL OR start_on > %(last)s) AND valid_from <= %(last)s
    AND (valid_through IS NULL OR valid_through >= %(last)s)
{SETS}
"""
EXPIRED = f"""
WITH expired AS (
    SELECT row_number() OVER () AS id, municipality, segment, spot.category, provider, client,
        t.category AS group_code, valid_through
    FROM care_trajectory t JOIN spot ON spot.product_code = t.product
    WHERE region_id = %(region_id)s AND valid_through >= %(p0)s AND valid_through < %(p1)s
), followed AS (
    SELECT id FROM expired WHERE EXISTS (SELECT FROM around o WHERE o.client = expired.client
        AND o.provider = expired.provider AND o.group_code = expired.group_code
        AND o.valid_from BETWEEN expired.valid_through + 1 AND expired.valid_through + 30)
)
SELECT {CELL}, count(*), count(followed.id) FROM expired LEFT JOIN followed USING (id)
{SETS}
"""
RETURNED = f"""
WITH stopped AS (
    SELECT * FROM around
    WHERE stop_on >= %(year_p0)s AND stop_on < %(year_p1)s AND reason = '31'
), returned AS (
    SELECT id FROM stopped WHERE EXISTS (SELECT FROM around o WHERE o.client = stopped.client
        AND o.start_on BETWEEN stopped.stop_on + 1 AND stopped.stop_on + 365)
)
SELECT {CELL}, count(*), count(returned.id) FROM stopped LEFT JOIN returned USING (id)
{SETS}
"""
MEASURED = f"""
SELECT municipality, segment, spot.category, provider,
    count(*) FILTER (WHERE without_help IN ('03', '04')),
    count(*) FILTER (WHERE without_help <> ''), count(*) FILTER (WHERE goal_reached),
    count(goal_reached), avg(mark) FILTER (WHERE informant = 'youth'),
    avg(mark) FILTER (WHERE informant = 'parent'),
    avg(mark) FILTER (WHERE informant = 'youth' AND forced),
    avg(mark) FILTER (WHERE informant = 'youth' AND NOT forced)
FROM care_outcomemeasurement m
JOIN care_trajectory t USING (region_id, client, allocation_number, municipality, provider)
JOIN spot ON spot.product_code = t.product
WHERE region_id = %(region_id)s AND measured_on >= %(p0)s AND measured_on < %(p1)s
{SETS.replace("category", "spot.category")}
"""
MONEY = f"""
SELECT {CELL}, sum(amount_cents) FILTER (WHERE NOT refused), sum(amount_cents),
    sum(amount_cents) FILTER (WHERE refused),
    sum(amount_cents) FILTER (WHERE is_stay AND NOT refused),
    sum(amount_cents) FILTER (WHERE cents IS NOT NULL),
    sum(amount_cents) FILTER (WHERE cents <> tariff_cents),
    count(DISTINCT client), count(DISTINCT provider),
    percentile_cont(0.5) WITHIN GROUP (ORDER BY dagtekening - end_on)
FROM (
    SELECT municipality, segment, spot.category, provider, client, amount_cents, refused, is_stay,
        tariff_cents, dagtekening, l.end_on, t.amount * 100 AS cents
    FROM care_declarationline l
    JOIN spot ON spot.product_code = l.product
    LEFT JOIN procurement_tariff t ON t.region_id = l.region_id AND t.product_code = l.product
        AND t.unit = l.unit AND t.valid_from <= l.begin_on
        AND (t.valid_to IS NULL OR t.valid_to > l.begin_on)
    WHERE l.region_id = %(region_id)s AND begin_on >= %(p0)s AND begin_on < %(p1)s AND counts
) line
{SETS}
"""
PRICES = """
SELECT provider, product, unit, sum(amount_cents), sum(volume)
FROM care_declarationline
WHERE region_id = %(region_id)s AND begin_on >= %(p0)s AND begin_on < %(p1)s
    AND counts AND NOT refused
GROUP BY GROUPING SETS ((product, unit), (provider, product, unit))
"""
ORPHANS = f"""
WITH record AS (
    SELECT municipality, provider, client, allocation_number, product, count(*) AS n
    FROM care_declarationline
    WHERE region_id = %(region_id)s AND begin_on >= %(p0)s AND begin_on < %(p1)s
    GROUP BY 1, 2, 3, 4, 5
    UNION ALL
    SELECT municipality, provider, client, allocation_number, product, 1 FROM care_carerecord
    WHERE region_id = %(region_id)s AND (
        (kind = 'start' AND begin_on >= %(p0)s AND begin_on < %(p1)s)
        OR (kind = 'stop' AND end_on >= %(p0)s AND end_on < %(p1)s)
    )
)
SELECT municipality, segment, spot.category, provider, sum(n),
    sum(n) FILTER (WHERE t.client IS NULL)
FROM record
JOIN spot ON spot.product_code = record.product
LEFT JOIN (
    SELECT client, allocation_number, municipality, provider FROM care_trajectory
    WHERE region_id = %(region_id)s
) t USING (client, allocation_number, municipality, provider)
{SETS.replace("category", "spot.category")}
"""

STATEMENTS = (
    PLACE, CARE, ANALYZE, RUNNING, STARTED, STOPPED, ENDED, WAITING, EXPIRED, RETURNED, MEASURED,
    MONEY, PRICES, ORPHANS,
)  # fmt: skip
