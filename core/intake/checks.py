"""Rules that set-based merges apply to staged rows: which rows break one, told as rejections."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from psycopg.sql import SQL, Composable, Composed, Literal


@dataclass(frozen=True)
class Check:
    """`broken` is a condition on a staged row under the name `staged`.

    `field` is the Dutch header; `message` and `advice` are Dutch and hold no value of a person.
    """

    rule: str
    field: str
    broken: SQL | Composed
    message: str
    advice: str


def fault_of(checks: Sequence[Check]) -> Composable:
    """An expression: the rule that a staged row breaks first, or NULL."""
    if not checks:
        return SQL("NULL::text")
    cases = SQL(" ").join(
        SQL("WHEN {} THEN {}").format(check.broken, Literal(check.rule)) for check in checks
    )
    return SQL("CASE {} END").format(cases)


def reject_faulty(
    cursor: Any, *, table: str, checks: Sequence[Check], params: Mapping[str, Any]
) -> int:
    """Write a rejection for every row of `table` whose column `fault` names a rule; how many.

    The table has file_no, record_no and fault; `params` holds run_id.
    """
    if not checks:
        return 0
    texts = SQL(", ").join(
        SQL("({})").format(
            SQL(", ").join(
                Literal(text) for text in (check.rule, check.field, check.message, check.advice)
            )
        )
        for check in {check.rule: check for check in checks}.values()
    )
    cursor.execute(
        SQL("""
            INSERT INTO intake_rejection
                (run_id, file_no, message_ref, record_no, line_no, field, rule, message, advice)
            SELECT %(run_id)s, file_no, '', record_no, record_no, field, rule, message, advice
            FROM {table} faulty
            JOIN (VALUES {texts}) text (rule, field, message, advice) ON text.rule = faulty.fault
            ORDER BY file_no, record_no
        """).format(table=SQL(table), texts=texts),
        params,
    )
    return int(cursor.rowcount)
