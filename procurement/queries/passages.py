"""Which lines of a document the texts of a region hold: chapters, proposals and meetings."""

from collections.abc import Iterator

from core.ui import Passage, Place, lines_in

from .plans import meetings_visible_to, proposals_visible_to, sections_visible_to, themes_visible_to


def passages(place: Place) -> Iterator[Passage]:
    """What this user may read of it. A source that names several places gives one for each."""
    yield from _chapters(place)
    yield from _proposals(place)
    yield from _meetings(place)


def _chapters(place: Place) -> Iterator[Passage]:
    rows = sections_visible_to(place.user).filter(document__region=place.tenant_id)
    for row in rows.exclude(source="").defer("text", "document__summary").order_by("pk"):
        page = place.url("plan", pk=row.document_id)
        label = f"{row.document.title}, {row}"
        yield from _each(row.source, label, f"{page}#hoofdstuk-{row.pk}", page, str(row))


def _proposals(place: Place) -> Iterator[Passage]:
    rows = proposals_visible_to(place.user).filter(region=place.tenant_id).exclude(source="")
    for row in rows.order_by("pk"):
        page = place.url("proposal", pk=row.pk)
        yield from _each(row.source, f"Raadsvoorstel {row}", page, page)


def _meetings(place: Place) -> Iterator[Passage]:
    rows = meetings_visible_to(place.user).filter(region=place.tenant_id).exclude(source="")
    for row in rows.order_by("pk"):
        page = place.url("meeting", pk=row.pk)
        yield from _each(row.source, str(row), page, page)
    themes = themes_visible_to(place.user).filter(meeting__region=place.tenant_id)
    for theme in themes.exclude(source="").select_related("meeting").order_by("pk"):
        page = place.url("meeting", pk=theme.meeting_id)
        yield from _each(theme.source, f"{theme.meeting}, {theme}", page, page)


def _each(source: str, label: str, url: str, whole: str, part: str = "") -> Iterator[Passage]:
    for lines in lines_in(source):
        yield Passage(lines, label, url, whole, part)
