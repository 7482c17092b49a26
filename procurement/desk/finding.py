"""What the search finds of frameworks, decisions, procedures and development tables.

All of them in one question to the database: each kind gives its best rows, under a name of its own.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast

from core.ui import Hit, Place, SearchSource, matches, register_search

from ..queries import choices, plans, tables

Find = Callable[[Any], QuerySet[Any]]
# Fewer letters stand in a noun by chance: 'der' in 'kader'.
PART_OF_NOUN = 4


@dataclass(frozen=True)
class Findable:
    """Rows that are found by `columns`, or all of them by what they are called.

    `page` is the page of the row that `target` names; `at` leads to the row on that page.
    """

    noun: str
    rows: Find
    region: str
    columns: tuple[str, ...]
    title: str
    about: str
    page: str
    target: str = "pk"
    at: str = ""

    def matching(self, place: Place, words: str, number: int, limit: int) -> QuerySet[Any]:
        """The rows as (number, target, row, title, about); all of them when asked by the noun."""
        rows = self.rows(place.user).filter(**{self.region: place.tenant_id})
        if len(words) < PART_OF_NOUN or words.lower() not in self.noun:
            rows = matches(rows, words, self.columns)
        return (
            rows.order_by()
            .annotate(
                found=Value(number),
                target=F(self.target or "pk"),
                row=F("pk"),
                words=Cast(F(self.title), TextField()),
                beside=Cast(F(self.about), TextField()),
            )
            .values_list("found", "target", "row", "words", "beside")[:limit]
        )

    def hit(self, place: Place, target: int, row: int, title: str, about: str) -> Hit:
        url = place.url(self.page, pk=target) if self.target else place.url(self.page)
        shown = ", ".join(filter(None, (self.noun.capitalize(), about)))
        return Hit(title, f"{url}{self.at.format(row)}", shown[:160])


FINDABLE = (
    Findable(
        "kader", plans.frameworks_visible_to, "region", ("title", "text"), "title", "version",
        "framework",
    ),
    Findable(
        "raadsvoorstel", plans.proposals_visible_to, "region",
        ("title", "programme", "municipality__name", "chapters__text"), "title",
        "municipality__name", "proposal",
    ),
    Findable(
        "besluit", plans.decisions_visible_to, "plan__region",
        ("question", "note", "plan__title", "body__name"), "question", "body__name", "plan",
        target="plan_id",
    ),
    Findable(
        "motie of amendement", plans.motions_visible_to, "region",
        ("title", "text", "submitted_by", "follow_up"), "title", "submitted_by", "decisions",
        target="",
    ),
    Findable(
        "consultatie", plans.consultations_visible_to, "plan__region",
        ("title", "introduction", "plan__title"), "title", "plan__title", "consultation",
    ),
    Findable(
        "procedure", choices.procedures_visible_to, "region", ("name", "note"), "name", "source",
        "procedure",
    ),
    Findable(
        "ontwikkeltafel", tables.tables_visible_to, "region", ("name", "purpose"), "name",
        "source", "table",
    ),
    Findable(
        "vraagstuk", tables.issues_visible_to, "table__region", ("title", "text", "outcome"),
        "title", "table__name", "table", target="table_id", at="#vraagstuk-{}",
    ),
)  # fmt: skip


def find_decided(place: Place, words: str, limit: int) -> Iterable[Hit]:
    found = [one.matching(place, words, i, limit) for i, one in enumerate(FINDABLE)]
    rows = found[0].union(*found[1:], all=True).order_by("found", "words")
    for kind, target, row, title, about in rows:
        yield FINDABLE[kind].hit(place, target, row, title, about)


register_search(
    SearchSource("decided", "Kaders, besluiten, procedures en tafels", find_decided, order=14)
)
