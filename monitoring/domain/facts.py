"""The rows that indicators count: temporary tables and relations for one half-year.

Every relation has the columns municipality, segment, category and provider of its cell ('' where
a product has no category). Names in braces are tables for the (known on, cut-off) asked for; see
`sources.py`. Parameters: `Scope.params`. Dates named p0 and p1 bound the half-year, half-open.

Only rows near the half-year are read: `near_care` holds the trajectories and allocations that end,
or begin, after a year before it. All questions about a client's other care are answered from it.
"""

from ..indicators import Source

PLACE = """
CREATE TEMPORARY TABLE place ON COMMIT DROP AS
SELECT p.product_code COLLATE "C" AS product, s.code COLLATE "C" AS segment, p.is_stay,
    CASE WHEN p.direction = '' THEN ''
        ELSE p.direction || CASE WHEN p.is_stay THEN '-verblijf' ELSE '-ambulant' END
    END COLLATE "C" AS category,
    s.wait_norm_days AS norm, s.feed = 'messages' AS fed
FROM segments_productplacement p
JOIN segments_segment s ON s.id = p.segment_id
WHERE p.scheme_id = %(scheme_id)s AND p.valid_from <= %(scheme_on)s
    AND (p.valid_to IS NULL OR p.valid_to > %(scheme_on)s)
"""

# stopped_on: a stated stop, or a pause that ended the care; end_on: that, or the end of validity.
# Care that began after the end of its validity has an end_on before its start: it runs on no day.
NEAR_CARE = """
CREATE TEMPORARY TABLE near_care ON COMMIT DROP AS
SELECT row_number() OVER () AS id, care.*,
    coalesce(stopped_on, valid_through, 'infinity') AS end_on
FROM (
    SELECT t.municipality COLLATE "C" AS municipality,
        coalesce(place.segment, 'niet ingedeeld') COLLATE "C" AS segment,
        coalesce(place.category, '') COLLATE "C" AS category,
        t.provider COLLATE "C" AS provider,
        t.client, t.allocation_number, t.category AS product_category, t.product,
        coalesce(place.is_stay, false) AS is_stay, place.norm, coalesce(place.fed, true) AS fed,
        t.allocated_on, t.valid_from, t.valid_through, t.referrer, t.start_on,
        coalesce(t.stop_on, CASE WHEN t.paused_on + 182 <= %(known_on)s THEN t.paused_on END)
            AS stopped_on,
        CASE WHEN t.stop_on IS NOT NULL THEN t.stop_reason ELSE '20' END AS reason
    FROM {trajectories} t
    LEFT JOIN place ON place.product = t.product COLLATE "C"
    WHERE t.region_id = %(region_id)s
        AND (t.end_on IS NULL OR t.end_on >= %(near_from)s OR t.start_on >= %(near_from)s
            OR t.start_on IS NULL)
        AND least(t.start_on, t.valid_from) < %(near_to)s
) care
"""

NEAR_CARE_STATISTICS = (
    "ANALYZE pg_temp.near_care (client, start_on, stopped_on, end_on, reason, is_stay)"
)

CARE = """
WITH here AS (
    SELECT *, end_on >= %(last)s AS at_end FROM near_care
    WHERE start_on < %(p1)s AND end_on >= %(p0)s
), several AS (
    SELECT client, count(*) FILTER (WHERE at_end) AS running
    FROM here GROUP BY client HAVING count(*) > 1
), spread AS (
    SELECT client, count(DISTINCT provider) AS providers
    FROM here JOIN several USING (client)
    WHERE at_end AND several.running >= 3 GROUP BY client
)
SELECT municipality, segment, category, provider, client, is_stay, at_end,
    CASE WHEN is_stay THEN
        greatest(least(end_on, %(last)s) - greatest(start_on, %(p0)s) + 1, 0) END AS days,
    several.client IS NULL AS sole,
    several.running, spread.providers AS running_providers
FROM here
LEFT JOIN several USING (client)
LEFT JOIN spread USING (client)
WHERE fed
"""

PRESENCE = """
SELECT DISTINCT municipality, segment, category, provider FROM near_care
WHERE start_on < %(p1)s AND end_on >= %(p0)s AND fed
"""

INFLOW = """
WITH started AS (
    SELECT * FROM near_care WHERE start_on >= %(p0)s AND start_on < %(p1)s AND fed
), known AS (
    SELECT id FROM started WHERE EXISTS (
        SELECT FROM near_care other
        WHERE other.client = started.client AND other.start_on < started.start_on
            AND other.end_on >= greatest(started.start_on - 365, other.start_on)
    )
), moved AS (
    SELECT id FROM started WHERE is_stay AND EXISTS (
        SELECT FROM near_care other
        WHERE other.client = started.client AND other.is_stay AND other.start_on IS NOT NULL
            AND other.id <> started.id
            AND (other.provider <> started.provider OR other.product <> started.product)
            AND other.stopped_on BETWEEN started.start_on - 30 AND started.start_on - 1
    )
)
SELECT municipality, segment, category, provider, client, referrer, norm,
    greatest(start_on - allocated_on, 0) AS wait, start_on < allocated_on AS retroactive,
    known.id IS NULL AS is_new, moved.id IS NOT NULL AS onward
FROM started
LEFT JOIN known USING (id)
LEFT JOIN moved USING (id)
"""

OUTFLOW = """
WITH stopped AS (
    SELECT *, stopped_on + 90 <= %(known_on)s AS window_closed FROM near_care
    WHERE stopped_on >= %(p0)s AND stopped_on < %(p1)s AND start_on IS NOT NULL
        AND reason NOT IN ('20', '36', '37') AND fed
), after AS (
    SELECT stopped.id, bool_or(other.is_stay) AS stay, bool_or(NOT other.is_stay) AS light
    FROM stopped
    JOIN near_care other USING (client)
    WHERE window_closed AND other.start_on <= stopped.stopped_on + 90
        AND other.end_on > stopped.stopped_on AND other.end_on >= other.start_on
    GROUP BY stopped.id
), measured AS (
    SELECT DISTINCT stopped.id FROM stopped
    JOIN {measurements} m USING (client, allocation_number, municipality, provider)
)
SELECT municipality, segment, category, provider, reason, is_stay, window_closed,
    stopped_on - start_on + 1 AS duration,
    coalesce(after.stay, false) AS stay_after, coalesce(after.light, false) AS light_after,
    measured.id IS NOT NULL AS measured
FROM stopped
LEFT JOIN after USING (id)
LEFT JOIN measured USING (id)
"""

ENDING = """
SELECT municipality, segment, category, provider, stopped_on IS NULL AS by_validity
FROM near_care
WHERE end_on >= %(p0)s AND end_on < %(p1)s AND start_on IS NOT NULL AND fed
"""

WAITING = """
SELECT municipality, segment, category, provider, %(last)s - allocated_on AS days
FROM near_care
WHERE (start_on IS NULL OR start_on > %(last)s) AND valid_from <= %(last)s
    AND (valid_through IS NULL OR valid_through >= %(last)s) AND fed
"""

EXPIRED = """
WITH expired AS (
    SELECT row_number() OVER () AS id, t.client, t.category AS product_category, t.valid_through,
        t.municipality COLLATE "C" AS municipality,
        coalesce(place.segment, 'niet ingedeeld') COLLATE "C" AS segment,
        coalesce(place.category, '') COLLATE "C" AS category,
        t.provider COLLATE "C" AS provider
    FROM {trajectories} t
    LEFT JOIN place ON place.product = t.product COLLATE "C"
    WHERE t.region_id = %(region_id)s
        AND t.valid_through >= %(p0)s AND t.valid_through < %(p1)s
        AND t.valid_through + 30 <= %(known_on)s AND coalesce(place.fed, true)
), followed AS (
    SELECT id FROM expired WHERE EXISTS (
        SELECT FROM near_care next
        WHERE next.client = expired.client AND next.provider = expired.provider
            AND next.product_category = expired.product_category
            AND next.valid_from BETWEEN expired.valid_through + 1 AND expired.valid_through + 30
    )
)
SELECT municipality, segment, category, provider, followed.id IS NOT NULL AS followed
FROM expired
LEFT JOIN followed USING (id)
"""

RETURN = """
WITH stopped AS (
    SELECT * FROM near_care
    WHERE stopped_on >= %(year_p0)s AND stopped_on < %(year_p1)s AND start_on IS NOT NULL
        AND reason = '31' AND fed
), returned AS (
    SELECT id FROM stopped WHERE EXISTS (
        SELECT FROM near_care other
        WHERE other.client = stopped.client
            AND other.start_on BETWEEN stopped.stopped_on + 1 AND stopped.stopped_on + 365
    )
)
SELECT municipality, segment, category, provider, returned.id IS NOT NULL AS returned
FROM stopped
LEFT JOIN returned USING (id)
"""

MEASUREMENT = """
SELECT t.municipality COLLATE "C" AS municipality,
    coalesce(place.segment, 'niet ingedeeld') COLLATE "C" AS segment,
    coalesce(place.category, '') COLLATE "C" AS category,
    t.provider COLLATE "C" AS provider,
    t.forced, m.informant, m.mark, m.without_help, m.goal_reached
FROM {measurements} m
JOIN {trajectories} t USING (region_id, client, allocation_number, municipality, provider)
LEFT JOIN place ON place.product = t.product COLLATE "C"
WHERE m.measured_on >= %(p0)s AND m.measured_on < %(p1)s
    AND t.start_on IS NOT NULL AND coalesce(place.fed, true)
"""

# Per day the tariff of a provider's running contract, else of its lots; provider '' is the region.
TARIFF_DAY = """
CREATE TEMPORARY TABLE tariff_day ON COMMIT DROP AS
WITH held AS (
    SELECT contract.id, provider.agb_code, contract.start_date AS first,
        coalesce(contract.end_date, 'infinity') AS past
    FROM procurement_contract contract
    JOIN providers_provider provider ON provider.id = contract.provider_id
    WHERE contract.region_id = %(region_id)s
        AND contract.status NOT IN ('draft', 'offered', 'declined')
), offered AS (
    SELECT t.id, 1 AS distance, held.agb_code, held.first, held.past
    FROM procurement_tariff t JOIN held ON held.id = t.contract_id
    UNION ALL
    SELECT t.id, 2, held.agb_code, held.first, held.past
    FROM procurement_tariff t
    JOIN procurement_contract_lots lot USING (lot_id)
    JOIN held ON held.id = lot.contract_id
    WHERE t.contract_id IS NULL
    UNION ALL
    SELECT id, 3, '', '-infinity', 'infinity'
    FROM procurement_tariff
    WHERE region_id = %(region_id)s AND contract_id IS NULL AND lot_id IS NULL
), dated AS (
    SELECT offered.agb_code, t.product_code, t.unit, day::date AS begin_on, distance,
        (t.amount * 100)::bigint AS cents,
        min(distance) OVER (PARTITION BY offered.agb_code, t.product_code, t.unit, day) AS nearest
    FROM offered
    JOIN procurement_tariff t USING (id)
    CROSS JOIN generate_series(
        greatest(t.valid_from, first, %(p0)s)::timestamp,
        (least(t.valid_to, past, %(p1)s) - 1)::timestamp,
        interval '1 day'
    ) day
    WHERE t.region_id = %(region_id)s
)
SELECT agb_code COLLATE "C" AS provider, product_code COLLATE "C" AS product,
    unit COLLATE "C" AS unit, begin_on, array_agg(cents) AS cents
FROM dated WHERE distance = nearest
GROUP BY 1, 2, 3, 4
"""

SMALL_TABLES_STATISTICS = "ANALYZE pg_temp.place, pg_temp.tariff_day"

# Lines of the half-year per client, allocation, product and unit, in signed cents, and instalments.
# `sole`: the client has no other row.
MONEY_TABLE = """
CREATE TEMPORARY TABLE fact_money ON COMMIT DROP AS
SELECT line.municipality, coalesce(place.segment, 'niet ingedeeld') COLLATE "C" AS segment,
    coalesce(place.category, '') COLLATE "C" AS category, line.provider,
    coalesce(place.is_stay, false) AS is_stay, line.product, line.unit, line.client,
    line.allocation_number, line.records, line.submitted - coalesce(line.refused, 0) AS amount,
    line.submitted, line.refused, line.volume, line.tariffed, line.deviating,
    count(*) OVER (PARTITION BY client) = 1 AS sole
FROM (
    SELECT l.municipality COLLATE "C" AS municipality, l.provider COLLATE "C" AS provider,
        l.product COLLATE "C" AS product, l.unit COLLATE "C" AS unit, l.client,
        l.allocation_number, count(*) AS records,
        sum(l.amount_cents) FILTER (WHERE l.counts) AS submitted,
        sum(l.amount_cents) FILTER (WHERE l.counts AND l.refused) AS refused,
        sum(l.volume) FILTER (WHERE l.counts AND NOT l.refused) AS volume,
        sum(l.amount_cents) FILTER (WHERE l.counts AND l.tariff_cents IS NOT NULL
            AND coalesce(own.cents, common.cents) IS NOT NULL) AS tariffed,
        sum(l.amount_cents) FILTER (WHERE l.counts
            AND l.tariff_cents <> ALL (coalesce(own.cents, common.cents))) AS deviating
    FROM {lines} l
    LEFT JOIN tariff_day common ON common.provider = '' AND common.product = l.product
        AND common.unit = l.unit AND common.begin_on = l.begin_on
    LEFT JOIN tariff_day own ON own.provider = l.provider AND own.product = l.product
        AND own.unit = l.unit AND own.begin_on = l.begin_on
    WHERE l.region_id = %(region_id)s AND l.begin_on >= %(p0)s AND l.begin_on < %(p1)s
    GROUP BY 1, 2, 3, 4, 5, 6
) line
LEFT JOIN place USING (product)
UNION ALL
SELECT i.municipality, coalesce(s.code, 'niet ingedeeld'), i.category, i.provider,
    i.category LIKE '%%-verblijf', '', '', NULL, NULL, 0,
    i.amount * 100, i.amount * 100, 0, 0, NULL, NULL, true
FROM {instalments} i
LEFT JOIN segments_segment s ON s.scheme_id = %(scheme_id)s AND s.code = i.segment
WHERE i.period_from >= %(p0)s AND i.period_from < %(p1)s
"""

RECORD = """
WITH record AS (
    SELECT municipality, segment, category, provider, client, allocation_number, records
    FROM fact_money WHERE records > 0
    UNION ALL
    SELECT r.municipality COLLATE "C", coalesce(place.segment, 'niet ingedeeld') COLLATE "C",
        coalesce(place.category, '') COLLATE "C", r.provider COLLATE "C",
        r.client, r.allocation_number, count(*)
    FROM {records} r
    LEFT JOIN place ON place.product = r.product COLLATE "C"
    WHERE (r.kind = 'start' AND r.begin_on >= %(p0)s AND r.begin_on < %(p1)s)
        OR (r.kind = 'stop' AND r.end_on >= %(p0)s AND r.end_on < %(p1)s)
    GROUP BY 1, 2, 3, 4, 5, 6
), unseen AS MATERIALIZED (
    SELECT * FROM record WHERE NOT EXISTS (
        SELECT FROM near_care t
        WHERE t.client = record.client AND t.allocation_number = record.allocation_number
            AND t.municipality = record.municipality AND t.provider = record.provider
    )
)
SELECT municipality, segment, category, provider, records, 0 AS orphans FROM record
UNION ALL
SELECT municipality, segment, category, provider, 0, records FROM unseen
WHERE NOT EXISTS (
    SELECT FROM {trajectories} t
    WHERE t.region_id = %(region_id)s AND t.client = unseen.client
        AND t.allocation_number = unseen.allocation_number
        AND t.municipality = unseen.municipality AND t.provider = unseen.provider
)
"""

TABLES = (
    PLACE,
    TARIFF_DAY,
    SMALL_TABLES_STATISTICS,
    NEAR_CARE,
    NEAR_CARE_STATISTICS,
    MONEY_TABLE,
)
RELATIONS = {
    Source.CARE: CARE,
    Source.PRESENCE: PRESENCE,
    Source.INFLOW: INFLOW,
    Source.OUTFLOW: OUTFLOW,
    Source.ENDING: ENDING,
    Source.WAITING: WAITING,
    Source.EXPIRED: EXPIRED,
    Source.RETURN: RETURN,
    Source.MEASUREMENT: MEASUREMENT,
    Source.MONEY: "SELECT * FROM fact_money",
    Source.RECORD: RECORD,
}
