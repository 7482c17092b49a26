"""Figures that follow from other figures, or need a statement of their own.

Each reads the temporary table `figure` that the counting statements filled, or the same relations.
"""

COLUMNS = (
    "code, municipality, segment, category, provider, numerator, denominator, value, cases, parties"
)


def into_figure(query: str) -> str:
    """Every query here gives the columns of a figure."""
    return f"INSERT INTO figure ({COLUMNS})\n{query}"


CLIENTS_PER_100 = """
WITH youth AS (
    SELECT DISTINCT ON (municipality) municipality, count FROM {youth} y
    WHERE counted_on <= %(p0)s
    ORDER BY municipality, counted_on DESC
), population AS (
    SELECT coalesce(municipality, '') AS municipality, sum(count) AS youths FROM youth
    WHERE municipality = ANY (%(members)s)
    GROUP BY ROLLUP (municipality)
    HAVING grouping(municipality) = 0 OR count(*) = cardinality(%(members)s::text[])
)
SELECT 'clients_per_100', f.municipality, '', '', '', f.numerator, youths,
    (f.numerator * 100 / youths)::double precision, f.numerator, NULL
FROM figure f JOIN population USING (municipality)
WHERE f.code = 'clients' AND f.segment = '' AND f.category = '' AND f.provider = ''
    AND youths > 0
"""

CATEGORY_SHARES = """
WITH part AS MATERIALIZED (
    SELECT * FROM figure
    WHERE code IN ('clients', 'spend') AND municipality = '' AND segment = '' AND provider = ''
)
SELECT CASE part.code WHEN 'clients' THEN 'client_share' ELSE 'spend_share' END,
    '', '', part.category, '', part.numerator, whole.numerator,
    (part.numerator / whole.numerator)::double precision, part.cases, part.parties
FROM part
JOIN part whole ON whole.code = part.code AND whole.category = ''
WHERE part.category <> '' AND whole.numerator > 0 AND part.numerator >= 0
"""

SPEND_PER_CLIENT = """
SELECT 'spend_per_client', municipality, segment, category, provider,
    spend.numerator, clients.numerator,
    (spend.numerator / clients.numerator)::double precision, spend.cases, spend.parties
FROM figure spend
JOIN figure clients USING (municipality, segment, category, provider)
WHERE spend.code = 'spend' AND clients.code = 'clients' AND clients.numerator > 0
"""

# Shares of a market with a negative part (credits) are no value.
MARKET = """
WITH part AS (
    SELECT code, segment, numerator AS amount, cases,
        row_number() OVER (PARTITION BY code, segment ORDER BY numerator DESC) AS place
    FROM figure
    WHERE code IN ('spend', 'clients') AND segment <> '' AND provider <> ''
), market AS (
    SELECT code, segment, sum(amount) AS total, sum(amount * amount) AS squares,
        sum(amount) FILTER (WHERE place <= 3) AS top_3,
        sum(amount) FILTER (WHERE place <= 7) AS top_7,
        sum(cases) AS cases, count(*) AS parties
    FROM part GROUP BY code, segment
    HAVING min(amount) >= 0 AND sum(amount) > 0
)
SELECT row.code || CASE market.code WHEN 'clients' THEN ':clients' ELSE '' END,
    '', segment, '', '', row.numerator, total, row.value,
    coalesce(cases, total), parties
FROM market
CROSS JOIN LATERAL (VALUES
    ('top_share_3', top_3, (top_3 / total)::double precision),
    ('top_share_7', top_7, (top_7 / total)::double precision),
    ('hhi', NULL, (squares * 10000 / (total * total))::double precision)
) row (code, numerator, value)
"""

UNIT_PRICE = """
SELECT 'unit_price:' || product || ':' || unit, '', '', '', coalesce(provider, ''),
    sum(amount) / 100, sum(volume),
    (sum(amount) / 100 / sum(volume))::double precision,
    count(DISTINCT client), count(DISTINCT provider)
FROM fact_money
WHERE product <> '' AND unit <> '' AND volume IS NOT NULL
GROUP BY GROUPING SETS ((product, unit), (product, unit, provider))
HAVING sum(volume) <> 0
"""

# A median of counted lags: linear interpolation between the two middle lines, as percentile_cont.
# The lines are counted twice, in the finest groups of which all cells are made.
DECLARATION_LAG = """
WITH line AS MATERIALIZED (
    SELECT l.municipality COLLATE "C" AS municipality, place.segment, place.category,
        l.provider COLLATE "C" AS provider, l.sent_on - l.end_on AS days
    FROM {lines} l
    LEFT JOIN place ON place.product = l.product COLLATE "C"
    WHERE l.region_id = %(region_id)s AND l.begin_on >= %(p0)s AND l.begin_on < %(p1)s AND l.counts
), of_provider AS MATERIALIZED (
    SELECT coalesce(segment, 'niet ingedeeld') AS segment, provider, days, count(*) AS lines
    FROM line GROUP BY 1, 2, 3
), of_municipality AS MATERIALIZED (
    SELECT municipality, coalesce(segment, 'niet ingedeeld') AS segment,
        coalesce(category, '') AS category, days, count(*) AS lines
    FROM line GROUP BY 1, 2, 3, 4
), cell AS (
    SELECT '' AS municipality, coalesce(segment, '') AS segment, '' AS category, provider, days,
        sum(lines) AS lines
    FROM of_provider
    GROUP BY GROUPING SETS ((segment, provider, days), (provider, days))
    UNION ALL
    SELECT coalesce(municipality, ''), coalesce(segment, ''), coalesce(category, ''), '', days,
        sum(lines)
    FROM of_municipality
    GROUP BY GROUPING SETS (
        (days), (municipality, days), (municipality, segment, days), (segment, days),
        (category, days)
    )
    HAVING grouping(category) = 1 OR category <> ''
), counted AS (
    SELECT municipality, segment, category, provider, days,
        sum(lines) OVER (cell ORDER BY days) AS upto,
        (sum(lines) OVER cell - 1) * 0.5 AS middle, sum(lines) OVER cell AS total
    FROM cell
    WINDOW cell AS (PARTITION BY municipality, segment, category, provider)
)
SELECT 'declaration_lag_p50', municipality, segment, category, provider, NULL, max(total),
    min(days) FILTER (WHERE upto > floor(middle))
        + (max(middle) - floor(max(middle)))::double precision
        * (min(days) FILTER (WHERE upto > ceil(middle))
            - min(days) FILTER (WHERE upto > floor(middle))),
    NULL, NULL
FROM counted
GROUP BY municipality, segment, category, provider
"""

IN_REGION_STAY = """
WITH stay AS (
    SELECT n.municipality, n.segment, n.category, n.provider, n.client, n.start_on, n.id,
        p.place = ANY (%(members)s) AS inside
    FROM near_care n
    JOIN {placements} p USING (client, allocation_number, municipality, provider)
    WHERE n.is_stay AND n.fed AND n.start_on < %(p1)s AND n.end_on >= %(p0)s
), latest AS (
    SELECT coalesce(municipality, '') AS municipality, coalesce(segment, '') AS segment,
        coalesce(category, '') AS category, coalesce(provider, '') AS provider,
        grouping(category) = 0 AND category = '' AS without_category,
        (array_agg(inside ORDER BY start_on DESC, id DESC))[1] AS inside
    FROM stay
    GROUP BY client, GROUPING SETS (
        (), (municipality), (municipality, segment), (segment), (segment, provider),
        (category), (provider)
    )
)
SELECT 'in_region_stay', municipality, segment, category, provider,
    count(*) FILTER (WHERE inside), count(*),
    (count(*) FILTER (WHERE inside))::double precision / count(*), NULL, NULL
FROM latest
WHERE NOT without_category
GROUP BY municipality, segment, category, provider
"""

REJECT_SHARE = """
SELECT 'reject_share', '', '', '', '', sum(rejected), sum(offered),
    sum(rejected)::double precision / sum(offered), NULL, NULL
FROM {offered} message
WHERE dagtekening >= %(p0)s AND dagtekening < %(p1)s
HAVING sum(offered) > 0
"""

# Deliveries of providers. For what the messages count too, only those of segments that are fed by
# delivery; what a region added itself, or only providers know, counts everywhere. Medians do not
# add up: they stand in the cells of one provider only.
_DELIVERED = """
SELECT d.indicator, coalesce(d.municipality, ''), coalesce(d.segment, ''), '',
    coalesce(d.provider, ''), sum(d.numerator), sum(d.denominator), NULL, NULL, NULL
FROM {deliveries} d
LEFT JOIN segments_segment s ON s.scheme_id = %(scheme_id)s AND s.code = d.segment
WHERE d.half_year = %(half_year)s AND d.indicator <> ALL (%(not_deliverable)s)
    AND (d.indicator <> ALL (%(computed)s) OR s.feed = 'delivery')
GROUP BY d.indicator, GROUPING SETS (
    (), (d.municipality), (d.municipality, d.segment), (d.segment), (d.segment, d.provider),
    (d.provider)
)
HAVING (d.indicator <> ALL (%(medians)s) OR grouping(d.provider) = 0)
    AND (grouping(d.municipality) = 1 OR d.municipality <> '')
    AND (grouping(d.segment) = 1 OR d.segment <> '')
"""

MERGE_DELIVERED = """
WITH part AS (
    DELETE FROM figure
    WHERE code IN (SELECT code FROM figure WHERE value IS NULL)
    RETURNING *
)
INSERT INTO figure (
    code, municipality, segment, category, provider, numerator, denominator, value, cases, parties
)
SELECT code, municipality, segment, category, provider, sum(numerator), sum(denominator),
    CASE
        WHEN code = ANY (%(medians)s) THEN coalesce(max(value), sum(numerator)::double precision)
        WHEN code = ANY (%(counts)s) OR sum(denominator) IS NULL
            THEN sum(numerator)::double precision
        ELSE (sum(numerator) / nullif(sum(denominator), 0))::double precision
    END, NULL, NULL
FROM part
GROUP BY code, municipality, segment, category, provider
"""

# Counts of nothing are 0, in every cell of the region; not where only a provider can tell.
_ZEROS = """
WITH segments AS (
    SELECT code COLLATE "C" AS segment, feed = 'messages' AS fed FROM segments_segment
    WHERE scheme_id = %(scheme_id)s
), members AS (
    SELECT unnest(%(members)s::text[]) COLLATE "C" AS municipality
), cells AS (
    SELECT '' AS municipality, '' AS segment, '' AS category, '' AS provider
    UNION SELECT municipality, '', '', '' FROM members
    UNION SELECT '', segment, '', '' FROM segments
    UNION SELECT municipality, segment, '', '' FROM members, segments
    UNION SELECT '', '', category, '' FROM place WHERE category <> ''
    UNION SELECT municipality, segment, category, provider FROM figure
), codes AS (
    SELECT * FROM unnest(
        %(zero_codes)s::text[], %(zero_beside)s::boolean[], %(zero_money)s::boolean[]
    ) AS listed (code, beside, is_money)
)
SELECT code, municipality, segment, category, provider, 0, CASE WHEN beside THEN 0 END, 0, 0, 0
FROM cells
CROSS JOIN codes
LEFT JOIN segments USING (segment)
WHERE (is_money OR coalesce(fed, true)) AND NOT EXISTS (
    SELECT FROM figure
    WHERE figure.code = codes.code COLLATE "C" AND figure.municipality = cells.municipality
        AND figure.segment = cells.segment AND figure.category = cells.category
        AND figure.provider = cells.provider
)
"""

COUNTED = tuple(map(into_figure, (IN_REGION_STAY, DECLARATION_LAG, REJECT_SHARE, UNIT_PRICE)))
RELATED = tuple(map(into_figure, (CLIENTS_PER_100, CATEGORY_SHARES, SPEND_PER_CLIENT, MARKET)))
DELIVERED = into_figure(_DELIVERED)
ZEROS = into_figure(_ZEROS)
