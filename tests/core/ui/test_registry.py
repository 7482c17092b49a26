"""What apps add to shared pages, as one user sees it."""

from datetime import date

from core.ui import registry
from core.ui.registry import (
    AttentionItem,
    NavItem,
    NavSection,
    Registry,
    Tone,
)


class Here:
    """A place whose addresses are easy to read."""

    def url(self, name: str) -> str:
        return {"home": "/r/", "contracts": "/r/contracten/", "secret": "/r/geheim/"}[name]


def filled(monkeypatch) -> None:
    monkeypatch.setattr(registry, "_registry", Registry())
    registry.register_section(NavSection("b", "Inkopen", 2))
    registry.register_section(NavSection("a", "Sturen", 1))
    registry.register_nav(
        NavItem("Contracten", "contracts", "b"),
        NavItem("Overzicht", "home", "a", covers_below=False),
        NavItem("Geheim", "secret", "b", may_see=lambda place: False),
    )


def links(path: str) -> list[tuple[str, str, bool]]:
    return [
        (section.title, link.label, link.current)
        for section in registry.menu(Here(), path)  # type: ignore[arg-type]
        for link in section.links
    ]


def test_menu_is_in_order_without_what_the_user_may_not_see(monkeypatch) -> None:
    filled(monkeypatch)
    assert links("/r/") == [("Sturen", "Overzicht", True), ("Inkopen", "Contracten", False)]


def test_a_page_below_an_item_belongs_to_it(monkeypatch) -> None:
    filled(monkeypatch)
    assert links("/r/contracten/12/") == [
        ("Sturen", "Overzicht", False),
        ("Inkopen", "Contracten", True),
    ]


def test_what_is_bad_comes_first_then_what_is_due(monkeypatch) -> None:
    filled(monkeypatch)
    items = [
        AttentionItem("later", "/", due=date(2027, 1, 1)),
        AttentionItem("eerder", "/", due=date(2026, 1, 1)),
        AttentionItem("mislukt", "/", Tone.BAD),
        AttentionItem("ooit", "/"),
    ]
    registry.register_attention("test", lambda place: items)
    shown = [item.text for item in registry.attention(Here())]  # type: ignore[arg-type]
    assert shown == ["mislukt", "eerder", "later", "ooit"]


def test_search_waits_for_two_characters(monkeypatch) -> None:
    filled(monkeypatch)
    asked: list[str] = []
    source = registry.SearchSource("x", "X", lambda place, words, limit: asked.append(words) or [])
    registry.register_search(source)
    registry.search(Here(), " a ")  # type: ignore[arg-type]
    registry.search(Here(), " ab ")  # type: ignore[arg-type]
    assert asked == ["ab"]
