"""Budgets and completed spend: asked of finance, which knows how they come about."""

from typing import Any

from .scope import Scope


def add_finance_figures(cursor: Any, scope: Scope) -> None:
    """Add budget, spend_completed and budget_use to `figure`."""
