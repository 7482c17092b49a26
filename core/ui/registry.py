"""What upper apps add to shared pages: menu items, panels, points of attention, search sources."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from .places import Place

HOME = "home"


class Tone(StrEnum):
    """How a message or status feels; shown by words and a mark, never by colour alone."""

    NEUTRAL = "neutral"
    GOOD = "good"
    BUSY = "busy"
    ATTENTION = "attention"
    BAD = "bad"


def everyone(place: Place) -> bool:
    return True


@dataclass(frozen=True)
class NavSection:
    """A heading in the main navigation."""

    code: str
    title: str
    order: int


@dataclass(frozen=True)
class NavItem:
    """A page in the main navigation; `url_name` takes only the region."""

    label: str
    url_name: str
    section: str
    order: int = 100
    may_see: Callable[[Place], bool] = everyone
    # Whether the item is also current on pages below its address.
    covers_below: bool = True


@dataclass(frozen=True)
class Panel:
    """A part of a shared page, such as home or a provider's page.

    `data(place, subject)` returns the context of the template, or None to stay away. `subject` is
    the object of the page (None on home). `wide` takes the whole row.
    """

    slot: str
    code: str
    template: str
    data: Callable[[Place, Any], Mapping[str, Any] | None]
    order: int = 100
    wide: bool = False


@dataclass(frozen=True)
class ShownPanel:
    panel: Panel
    data: Mapping[str, Any]


@dataclass(frozen=True)
class AttentionItem:
    """Something that waits for this user, with the page on which to act."""

    text: str
    url: str
    tone: Tone = Tone.ATTENTION
    due: date | None = None
    note: str = ""


AttentionSource = Callable[[Place], Iterable[AttentionItem]]


@dataclass(frozen=True)
class Hit:
    label: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class SearchSource:
    """Finds what this user may see; `find(place, words, limit)` returns the best hits first."""

    code: str
    title: str
    find: Callable[[Place, str, int], Iterable[Hit]]
    order: int = 100


@dataclass
class Registry:
    sections: dict[str, NavSection] = field(default_factory=dict)
    items: dict[str, NavItem] = field(default_factory=dict)
    panels: dict[tuple[str, str], Panel] = field(default_factory=dict)
    attention: dict[str, AttentionSource] = field(default_factory=dict)
    searches: dict[str, SearchSource] = field(default_factory=dict)


_registry = Registry()


def register_section(section: NavSection) -> None:
    _registry.sections[section.code] = section


def register_nav(*items: NavItem) -> None:
    for item in items:
        _registry.items[item.url_name] = item


def register_panel(panel: Panel) -> None:
    _registry.panels[panel.slot, panel.code] = panel


def register_attention(code: str, source: AttentionSource) -> None:
    _registry.attention[code] = source


def register_search(source: SearchSource) -> None:
    _registry.searches[source.code] = source


@dataclass(frozen=True)
class MenuLink:
    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class MenuSection:
    code: str
    title: str
    links: tuple[MenuLink, ...]


def menu(place: Place, path: str) -> list[MenuSection]:
    """The main navigation as this user sees it; the item with the longest match is current."""
    seen = sorted((i for i in _registry.items.values() if i.may_see(place)), key=_nav_order)
    urls = {item.url_name: place.url(item.url_name) for item in seen}
    above = (urls[i.url_name] for i in seen if i.covers_below and path.startswith(urls[i.url_name]))
    current = path if path in urls.values() else max(above, key=len, default="")
    sections = []
    for section in sorted(_registry.sections.values(), key=lambda s: s.order):
        links = tuple(
            MenuLink(item.label, urls[item.url_name], urls[item.url_name] == current)
            for item in seen
            if item.section == section.code
        )
        if links:
            sections.append(MenuSection(section.code, section.title, links))
    return sections


def _nav_order(item: NavItem) -> tuple[int, str]:
    return item.order, item.label


def panels(slot: str, place: Place, subject: Any = None) -> list[ShownPanel]:
    """The panels of a shared page that have something to show to this user."""
    shown = []
    for panel in sorted(_registry.panels.values(), key=lambda p: (p.order, p.code)):
        data = panel.data(place, subject) if panel.slot == slot else None
        if data is not None:
            shown.append(ShownPanel(panel, data))
    return shown


def attention(place: Place) -> list[AttentionItem]:
    """All that waits for this user: what is bad first, then by date."""
    items = [item for source in _registry.attention.values() for item in source(place)]
    return sorted(
        items,
        key=lambda item: (item.tone is not Tone.BAD, item.due or date.max, item.text),
    )


def search(place: Place, words: str, limit: int = 20) -> list[tuple[SearchSource, list[Hit]]]:
    """Hits per source, for at least two characters; sources without hits stay away."""
    if len(words.strip()) < 2:
        return []
    sources = sorted(_registry.searches.values(), key=lambda s: (s.order, s.title))
    found = [(source, list(source.find(place, words.strip(), limit))) for source in sources]
    return [(source, hits) for source, hits in found if hits]
