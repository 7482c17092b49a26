"""The checks themselves: one statement each over `checked_line`, giving (line, check, at stake).

What is at stake is signed as the line is: a credit takes back what its debit put at stake, so that
a line that was corrected leaves nothing.
"""

from psycopg.sql import SQL, Composed

from .check_scope import same_spot

_TERMS = SQL("JOIN terms_of ON {}").format(same_spot("line", "terms_of"))

# Care of before the first contract in the register cannot be held against it.
NO_CONTRACT = SQL("""
SELECT line.id, 'no_contract' AS kind, line.amount_cents AS at_stake, NULL::bigint AS expected
FROM checked_line line {terms}
WHERE terms_of.contract_id IS NULL
    AND line.begin_on >= (SELECT min(start_date) FROM agreed)
""").format(terms=_TERMS)

# A contract that names no products at all cannot say that one is missing.
NOT_IN_CONTRACT = SQL("""
SELECT line.id, 'product', line.amount_cents, NULL::bigint
FROM checked_line line {terms}
WHERE terms_of.contract_id IS NOT NULL AND terms_of.names_products AND NOT terms_of.covers
""").format(terms=_TERMS)

TARIFF = SQL("""
SELECT id, CASE WHEN sign(volume) * (amount_cents - expected) > 0 THEN 'tariff_high'
    ELSE 'tariff_low' END, amount_cents - expected, expected
FROM (
    SELECT line.id, line.volume, line.amount_cents,
        round(line.volume * terms_of.tariff * 100)::bigint AS expected
    FROM checked_line line {terms}
    WHERE terms_of.tariff IS NOT NULL AND line.volume <> 0
) priced
WHERE abs(amount_cents - expected) > %(tolerance_cents)s
""").format(terms=_TERMS)

AFTER_STOP = SQL("""
SELECT line.id, 'after_stop', line.amount_cents, NULL::bigint
FROM checked_line line WHERE line.begin_on > line.stop_on
""")

# The normal duration of the product where it has one, else the term of the region.
LONG = SQL("""
SELECT line.id, 'long', line.amount_cents, NULL::bigint
FROM checked_line line
LEFT JOIN segments_product product
    ON product.region_id = %(region_id)s AND product.code = line.product
WHERE line.begin_on >= line.start_on + CASE
    WHEN product.normal_duration_days IS NULL THEN make_interval(months => %(long_months)s)
    ELSE make_interval(days => product.normal_duration_days) END
""")

LATE = SQL("""
SELECT line.id, 'late', line.amount_cents, NULL::bigint
FROM checked_line line
WHERE line.dagtekening > line.end_on + make_interval(months => %(late_months)s)
""")

# Debits less credits of what is the same; all but one of what is left, the last received first.
DOUBLE = SQL("""
SELECT id, 'double', amount_cents, NULL::bigint
FROM (
    SELECT id, amount_cents,
        sum(sign(amount_cents)) OVER same AS left_over,
        row_number() OVER (
            PARTITION BY client, provider, product, unit, begin_on, end_on, abs(volume),
                abs(amount_cents), sign(amount_cents)
            ORDER BY dagtekening DESC, run DESC, seq DESC
        ) AS place
    FROM checked_line WHERE amount_cents <> 0
    WINDOW same AS (PARTITION BY client, provider, product, unit, begin_on, end_on, abs(volume),
        abs(amount_cents))
) counted
WHERE amount_cents > 0 AND place < left_over
""")

# Time is counted in minutes: WJ756 has minutes, hours and parts of a day (four hours).
_MINUTES = "CASE {unit} WHEN '01' THEN 1 WHEN '04' THEN 60 WHEN '16' THEN 240 ELSE 1 END"
_IN = "CASE WHEN {unit} IN ('01', '04', '16') THEN 'time' ELSE {unit} END"

# Of every allocation of the scope, as last stated. A budget (unit 83) is a volume of euros.
_ALLOCATED = SQL(f"""
allocated AS (
    SELECT DISTINCT ON (client, allocation_number, municipality, provider)
        client, allocation_number, municipality, provider, change_reason, frequency,
        valid_from, coalesce(valid_through, 'infinity'::date) AS valid_through,
        CASE WHEN volume IS NULL THEN '6' ELSE frequency END AS per,
        coalesce(volume::bigint * {_MINUTES.format(unit="unit")}, budget_cents) AS most,
        CASE WHEN volume IS NULL THEN 'money' ELSE {_IN.format(unit="unit")} END AS counted_in
    FROM care_allocationrecord
    JOIN (
        SELECT DISTINCT client, allocation_number, municipality, provider FROM checked_line
        WHERE allocation_number IS NOT NULL
    ) place USING (client, allocation_number, municipality, provider)
    WHERE region_id = %(region_id)s
    ORDER BY client, allocation_number, municipality, provider,
        dagtekening DESC, run DESC, seq DESC
)""")  # noqa: S608 -- made of constants

# Of an allocation for its whole term every line counts, also those outside the scope.
_USED = SQL(f"""
used AS (
    SELECT line.id, line.client, line.allocation_number, line.municipality, line.provider,
        NULL::date AS care_month, line.end_on, line.dagtekening, line.run, line.seq, line.begin_on,
        line.amount_cents,
        CASE allocated.counted_in WHEN 'money' THEN line.amount_cents
            ELSE line.volume::bigint * {_MINUTES.format(unit="line.unit")} END AS volume
    FROM allocated JOIN care_declarationline line
        USING (client, allocation_number, municipality, provider)
    WHERE line.region_id = %(region_id)s AND line.counts AND NOT line.refused
        AND allocated.per = '6'
        AND allocated.counted_in IN ('money', {_IN.format(unit="line.unit")})
    UNION ALL
    SELECT line.id, line.client, line.allocation_number, line.municipality, line.provider,
        line.care_month, line.end_on, line.dagtekening, line.run, line.seq, line.begin_on,
        line.amount_cents, line.volume::bigint * {_MINUTES.format(unit="line.unit")}
    FROM allocated JOIN checked_line line
        USING (client, allocation_number, municipality, provider)
    WHERE allocated.per IN ('1', '2', '4')
        AND allocated.counted_in = {_IN.format(unit="line.unit")}
)""")  # noqa: S608 -- made of constants

# What is allowed of a day, week or month goes with the days of the month (or of the longest line
# that began in it) on which the allocation holds; a week that has begun counts whole.
VOLUME = SQL("""
WITH {allocated}, {used}, period AS (
    SELECT client, allocation_number, municipality, provider, care_month,
        greatest(care_month, valid_from) AS first_day,
        least(
            greatest(max(end_on), (care_month + interval '1 month - 1 day')::date), valid_through
        ) AS last_day,
        per, most, sum(volume) AS volume
    FROM used JOIN allocated USING (client, allocation_number, municipality, provider)
    WHERE most IS NOT NULL AND change_reason <> '13'
    GROUP BY 1, 2, 3, 4, 5, valid_from, valid_through, per, most
), allowed AS (
    SELECT *, volume - CASE
        WHEN per <> '6' AND last_day < first_day THEN 0
        WHEN per = '1' THEN most * (last_day - first_day + 1)
        WHEN per = '2' THEN most * ceil((last_day - first_day + 1) / 7.0)
        WHEN per = '4' THEN most * (
            1 + 12 * (date_part('year', last_day) - date_part('year', first_day))
            + date_part('month', last_day) - date_part('month', first_day)
        )
        ELSE most END AS too_much
    FROM period
), laid_out AS (
    SELECT used.id, used.amount_cents, used.volume,
        least(used.volume, allowed.too_much::bigint - coalesce(sum(used.volume) OVER (
            PARTITION BY client, allocation_number, municipality, provider, allowed.care_month
            ORDER BY used.begin_on DESC, used.dagtekening DESC, used.run DESC, used.seq DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ), 0)) AS beyond
    FROM allowed JOIN used USING (client, allocation_number, municipality, provider)
    WHERE allowed.too_much > 0 AND used.volume > 0
        AND used.care_month IS NOT DISTINCT FROM allowed.care_month
)
SELECT id, 'volume', round(amount_cents * beyond / volume::numeric)::bigint, NULL::bigint
FROM laid_out WHERE beyond > 0
""").format(allocated=_ALLOCATED, used=_USED)

# Ceilings of the years and providers in the scope that the movements say are passed: only then are
# lines read. Crisis care is always paid (contract standard, art. 1.5).
CAPPED = SQL("""
CREATE TEMPORARY TABLE capped ON COMMIT DROP AS
SELECT cap.contract_id, cap.year, agreed.provider, (cap.amount * 100)::bigint AS most
FROM procurement_spendingcap cap JOIN agreed ON agreed.id = cap.contract_id
JOIN (
    SELECT provider, date_part('year', care_month)::int AS year, sum(amount_cents) AS spent
    FROM care_spendmovement
    WHERE region_id = %(region_id)s AND care_month >= %(first_year)s AND care_month < %(after_year)s
        AND category <> '46'
    GROUP BY 1, 2
) year ON year.provider = agreed.provider AND year.year = cap.year
WHERE cap.valid_to IS NULL AND year.spent > cap.amount * 100
    AND EXISTS (
        SELECT FROM checked_line line WHERE line.provider = agreed.provider
            AND date_part('year', line.begin_on) = cap.year
    )
""")

CAPPED_LINES = SQL("""
CREATE TEMPORARY TABLE capped_line ON COMMIT DROP AS
SELECT line.id, line.provider, line.municipality, line.product, line.unit, line.begin_on,
    line.amount_cents, line.dagtekening, line.run, line.seq,
    date_part('year', line.begin_on)::int AS year
FROM care_declarationline line
WHERE line.region_id = %(region_id)s AND line.counts AND NOT line.refused
    AND line.begin_on >= %(first_year)s AND line.begin_on < %(after_year)s
    AND line.provider IN (SELECT provider FROM capped) AND line.category <> '46'
    AND line.product NOT IN (
        SELECT code FROM segments_product WHERE region_id = %(region_id)s AND category = '46'
    )
""")

CEILING = SQL("""
WITH under AS (
    SELECT line.*, capped.contract_id, capped.most,
        sum(amount_cents) OVER (PARTITION BY capped.contract_id, line.year) - capped.most
            AS too_much
    FROM capped_line line
    JOIN capped_terms ON {same}
    JOIN capped ON capped.contract_id = capped_terms.contract_id AND capped.year = line.year
), laid_out AS (
    SELECT id, least(amount_cents, too_much - coalesce(sum(amount_cents) OVER (
        PARTITION BY contract_id, year ORDER BY dagtekening DESC, run DESC, seq DESC
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ), 0)) AS beyond
    FROM under WHERE too_much > 0 AND amount_cents > 0
)
SELECT id, 'ceiling', beyond::bigint, NULL::bigint FROM laid_out WHERE beyond > 0
""").format(same=same_spot("line", "capped_terms"))

ALL: tuple[SQL | Composed, ...] = (
    NO_CONTRACT,
    NOT_IN_CONTRACT,
    TARIFF,
    AFTER_STOP,
    LONG,
    LATE,
    DOUBLE,
    VOLUME,
)
