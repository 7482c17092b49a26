"""Verbs of price indices."""

from typing import Any

from django.db import transaction

from ..models import IndexRule
from ..rules import check_can_manage_budgets


@transaction.atomic
def keep_index(*, rule: IndexRule, by: Any) -> IndexRule:
    """Add or change the index of a year. Effects: one row; projections made before keep theirs."""
    check_can_manage_budgets(by, rule.region)
    rule.full_clean()
    rule.save()
    return rule


@transaction.atomic
def remove_index(*, rule: IndexRule, by: Any) -> None:
    check_can_manage_budgets(by, rule.region)
    rule.delete()
