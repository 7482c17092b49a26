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
from .sources import Lines, Passage, Passages, in_words, lines_in, register_passages
from .tables import Sorting, page_of

__all__ = [
    "HOME",
    "AttentionItem",
    "Hit",
    "Lines",
    "NavItem",
    "NavSection",
    "Panel",
    "Passage",
    "Passages",
    "Place",
    "SearchSource",
    "Sorting",
    "Tenant",
    "Tone",
    "attention",
    "best_first",
    "in_words",
    "lines_in",
    "matches",
    "menu",
    "page_of",
    "panels",
    "refusals_in",
    "register_attention",
    "register_nav",
    "register_panel",
    "register_passages",
    "register_search",
    "register_section",
    "search",
]
