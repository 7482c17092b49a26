"""Records that were accepted but ask for attention: nothing of this rejects a record.

Told per rule and code (a provider, a product), with the number of records; never per person.
"""

from datetime import date
from typing import Any

from psycopg.sql import SQL

TITLES = {
    "unknown-provider": "Aanbieder niet bekend in de regio",
    "unknown-product": "Productcode niet bekend in de regio",
    "no-contract": "Aanbieder zonder contract in die periode",
    "no-product": "Toewijzing zonder productcode (telt onder ‘niet ingedeeld’)",
    "takes-no-part": "Gemeente neemt niet deel aan dit segment",
    "unknown-indicator": "Indicator niet bekend in de regio",
    "start-after-stop": "Start na een definitieve stop (heropent het traject niet)",
}

# Where a table says of an allocation that nothing began or ended.
NO_DAY = SQL("date '1900-01-01'")

# Few distinct combinations, whatever the number of records.
_COMBINATIONS = SQL("""
CREATE TEMPORARY TABLE combination ON COMMIT DROP AS
SELECT municipality, provider, product, is_allocation, month, sum(records) AS records FROM (
    SELECT municipality, provider, product, true AS is_allocation,
        date_trunc('month', valid_from)::date AS month, count(*) AS records
    FROM care_allocationrecord WHERE region_id = %(region_id)s AND run = %(run)s
    GROUP BY 1, 2, 3, 5
    UNION ALL
    SELECT municipality, provider, product, false,
        date_trunc('month', begin_on)::date, count(*)
    FROM care_carerecord WHERE region_id = %(region_id)s AND run = %(run)s
        AND begin_on > {no_day}
    GROUP BY 1, 2, 3, 5
    UNION ALL
    SELECT municipality, provider, product, false, date_trunc('month', begin_on)::date, count(*)
    FROM care_declarationline WHERE region_id = %(region_id)s AND run = %(run)s
    GROUP BY 1, 2, 3, 5
) record GROUP BY 1, 2, 3, 4, 5
""").format(no_day=NO_DAY)

_RULES = SQL("""
SELECT 'unknown-provider', provider, sum(records) FROM pg_temp.combination c
WHERE NOT EXISTS (
    SELECT FROM providers_provider p
    WHERE p.region_id = %(region_id)s AND p.agb_code = c.provider
) GROUP BY provider
UNION ALL
SELECT 'unknown-product', product, sum(records) FROM pg_temp.combination c
WHERE product <> '' AND NOT EXISTS (
    SELECT FROM segments_product p WHERE p.region_id = %(region_id)s AND p.code = c.product
) GROUP BY product
UNION ALL
SELECT 'no-contract', provider, sum(records) FROM pg_temp.combination c
WHERE EXISTS (SELECT FROM procurement_contract WHERE region_id = %(region_id)s)
    AND NOT EXISTS (
        SELECT FROM procurement_contract contract
        JOIN providers_provider p ON p.id = contract.provider_id
        WHERE contract.region_id = %(region_id)s AND p.agb_code = c.provider
            AND contract.start_date < c.month + interval '1 month'
            AND (contract.end_date IS NULL OR contract.end_date > c.month)
    ) GROUP BY provider
UNION ALL
SELECT 'no-product', provider, sum(records) FROM pg_temp.combination
WHERE product = '' AND is_allocation GROUP BY provider
UNION ALL
SELECT 'takes-no-part', municipality, sum(records) FROM pg_temp.combination c
WHERE EXISTS (
    SELECT FROM segments_productplacement placement
    JOIN segments_segmentscheme scheme ON scheme.id = placement.scheme_id
    JOIN segments_segmentparticipation part ON part.segment_id = placement.segment_id
    JOIN regions_municipality m ON m.id = part.municipality_id
    WHERE scheme.region_id = %(region_id)s AND placement.product_code = c.product
        AND m.gm_code = c.municipality
        AND c.month >= date_trunc('month', scheme.valid_from)
        AND (scheme.valid_to IS NULL OR c.month < scheme.valid_to)
        AND c.month >= date_trunc('month', placement.valid_from)
        AND (placement.valid_to IS NULL OR c.month < placement.valid_to)
        AND (part.participation = 'none' OR (
            part.participation = 'partial' AND part.products <> '[]'::jsonb
            AND NOT part.products ? c.product AND NOT part.products ? left(c.product, 2)
        ))
) GROUP BY municipality
UNION ALL
SELECT 'start-after-stop', t.provider, count(*)
FROM care_carerecord record JOIN care_trajectory t USING
    (region_id, client, allocation_number, municipality, provider)
WHERE record.region_id = %(region_id)s AND record.run = %(run)s AND record.kind = 'start'
    AND t.stop_on IS NOT NULL AND record.begin_on > t.stop_on
GROUP BY t.provider
ORDER BY 1, 3 DESC, 2
""")


def attention(cursor: Any, *, region_id: int, run: int) -> list[dict[str, Any]]:
    """Per rule and code the number of records of a run; titles are in TITLES."""
    params = {"region_id": region_id, "run": run}
    cursor.execute("DROP TABLE IF EXISTS pg_temp.combination")
    cursor.execute(_COMBINATIONS, params)
    cursor.execute(_RULES, params)
    return [
        {"rule": rule, "code": code, "records": int(records)}
        for rule, code, records in cursor.fetchall()
    ]


def touched_from(cursor: Any, *, region_id: int, run: int, care: date | None) -> str | None:
    """The first day of the first month that a run tells of, as ISO text; call it after `attention`
    of that run. `care` is what `settle` found: care that was moved away counts too, and so does
    money that was refused. Figures of half-years before it are as they were."""
    cursor.execute(
        """
        SELECT least(
            (SELECT min(month) FROM pg_temp.combination), date_trunc('month', %(care)s::date)::date,
            (SELECT min(care_month) FROM care_spendmovement
                WHERE region_id = %(region_id)s AND run = %(run)s)
        )
        """,
        {"region_id": region_id, "run": run, "care": care},
    )
    (first,) = cursor.fetchone()
    return first.isoformat() if first else None
