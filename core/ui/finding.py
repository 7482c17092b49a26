"""Finding rows by words: accents do not matter, parts of words count, the best comes first."""

from collections.abc import Sequence
from typing import TypeVar

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import F, Func, Model, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, Greatest

M = TypeVar("M", bound=Model)
MOST_WORDS = 8


def matches(rows: QuerySet[M], text: str, fields: Sequence[str]) -> QuerySet[M]:
    """The rows in which every word of `text` is found in one of the fields, in any order.

    A field may follow relations ('provider__name', 'goals__text'); no row comes twice. Text
    without words gives all rows.
    """
    wanted = Q()
    for word in text.split()[:MOST_WORDS]:
        wanted &= _anywhere(word, fields)
    if not wanted:
        return rows
    if any(_is_many(rows.model, field) for field in fields):
        return rows.filter(pk__in=rows.filter(wanted).order_by().values("pk"))
    return rows.filter(wanted)


def best_first(rows: QuerySet[M], text: str, fields: Sequence[str]) -> QuerySet[M]:
    """`matches`, the row that looks most like the text first (pg_trgm), ties by key."""
    own = [field for field in fields if not _is_many(rows.model, field)]
    likeness = [
        Coalesce(TrigramWordSimilarity(text, _unaccented(field)), Value(0.0)) for field in own
    ]
    if not likeness or not text.strip():
        return matches(rows, text, fields)
    rank = likeness[0] if len(likeness) == 1 else Greatest(*likeness)
    ranked: QuerySet[M] = matches(rows, text, fields).annotate(likeness=rank)  # type: ignore[assignment]
    return ranked.order_by("-likeness", "pk")


def _anywhere(word: str, fields: Sequence[str]) -> Q:
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__unaccent__icontains": word})
    return found


def _unaccented(field: str) -> Func:
    return Func(Cast(F(field), TextField()), function="UNACCENT", output_field=TextField())


def _is_many(model: type[Model], path: str) -> bool:
    """Whether a path goes over a relation with several rows."""
    here: type[Model] = model
    for part in path.split("__")[:-1]:
        relation = here._meta.get_field(part)
        if relation.one_to_many or relation.many_to_many:
            return True
        here = relation.related_model  # type: ignore[assignment]
    return False
