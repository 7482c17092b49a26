"""Front door of the desk: what an app adds to shared pages. See docs/core/ui.md."""

from .finding import best_first, matches
from .places import Place, Tenant
from .refusals import refusals_in
from .registry import (
    HOME,
    AttentionItem,
    Hit,
    NavItem,
    NavSection,
    Panel,
    SearchSource,
    Tone,
    attention,
    menu,
    panels,
    register_attention,
    register_nav,
    register_panel,
    register_search,
    register_section,
    search,
)
from .tables import Sorting, page_of

__all__ = [
    "HOME",
    "AttentionItem",
    "Hit",
    "NavItem",
    "NavSection",
    "Panel",
    "Place",
    "SearchSource",
    "Sorting",
    "Tenant",
    "Tone",
    "attention",
    "best_first",
    "matches",
    "menu",
    "page_of",
    "panels",
    "refusals_in",
    "register_attention",
    "register_nav",
    "register_panel",
    "register_search",
    "register_section",
    "search",
]
