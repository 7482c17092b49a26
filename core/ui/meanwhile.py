"""Two people at one row: what was shown, what was typed, what it is now.

A page that changes a row carries a signed token of the row as it was shown. When the row is another
by the time of saving, nothing is saved: the page compares field by field and asks what must stay.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core import signing
from django.db import connection
from django.db.models import Model
from django.http import QueryDict

from core import formats
from core.audit.queries import Entry, history_of

SHOWN = "_shown"
RESOLVED = "_resolved"
CHOICE = "_keep-"
MINE, THEIRS = "mine", "theirs"
SALT = "core.ui.meanwhile"
MOST_ENTRIES = 5
# The audit trail notes when a transaction began, which may be just before the page was shown.
SLACK = timedelta(seconds=10)


@dataclass(frozen=True)
class Shown:
    """What the page showed: which row, in which state, and a digest of each field."""

    key: str
    digest: str
    fields: dict[str, str]
    moment: datetime

    def as_token(self) -> str:
        plain = [self.key, self.digest, self.fields, self.moment.isoformat()]
        return signing.dumps(plain, salt=SALT, compress=True)

    @classmethod
    def from_token(cls, token: str) -> "Shown | None":
        """None for no token, or one that we did not make."""
        try:
            key, digest, fields, moment = signing.loads(token, salt=SALT)
        except (signing.BadSignature, ValueError):
            return None
        return cls(key, digest, fields, datetime.fromisoformat(moment))


@dataclass(frozen=True)
class Clash:
    """One field of which the typed value is not what is stored now.

    `both` says that the other changed it too: somebody has to choose.
    """

    name: str
    label: str
    typed: str
    now: str
    both: bool
    suggested: str


def key_of(row: Model) -> str:
    return f"{row._meta.label_lower}:{row.pk}"


def state_of(row: Model) -> str:
    """Digest of the row as it is stored: its columns and its many-to-many keys."""
    columns = [(f.attname, f.value_to_string(row)) for f in row._meta.concrete_fields]
    for many in row._meta.many_to_many:
        keys = getattr(row, many.name).order_by("pk").values_list("pk", flat=True)
        columns.append((many.name, ",".join(map(str, keys))))
    return _digest(columns)


def shown(row: Model, form: forms.BaseForm) -> Shown:
    """The token's content for a row and its unbound form."""
    fields = {name: _digest(values) for name, values in as_posted(form).items()}
    return Shown(key_of(row), state_of(row), fields, _database_time())


def _database_time() -> datetime:
    """The clock of the audit trail, which no setting moves."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        found: datetime = cursor.fetchone()[0]
    return found


def as_posted(form: forms.BaseForm) -> dict[str, list[str]]:
    """What a browser would post of an unbound form that nobody touched."""
    return {form.add_prefix(name): _posted(form[name]) for name in form.fields if _held(form, name)}


def _held(form: forms.BaseForm, name: str) -> bool:
    """Files cannot be shown again, so they are nobody's older version."""
    return not isinstance(form.fields[name].widget, forms.FileInput)


def _posted(bound: Any) -> list[str]:
    widget, value = bound.field.widget, bound.value()
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if value else []
    if isinstance(widget, forms.MultiWidget):
        return _filled(value if isinstance(value, list) else widget.decompress(value) or [])
    made = widget.format_value(value)
    return _filled(made if isinstance(made, list | tuple) else [made])


def _filled(values: Iterable[Any]) -> list[str]:
    """The values as text, alike however the line ends came; empty ones are no value."""
    plain = ["" if value is None else str(value) for value in values]
    return [text for value in plain if (text := value.replace("\r\n", "\n").strip())]


def typed(data: QueryDict, name: str) -> list[str]:
    return _filled(data.getlist(name))


def clashes(
    seen: Shown, data: QueryDict, bound: forms.BaseForm, now: forms.BaseForm
) -> list[Clash]:
    """Every field of which what was typed is not what is stored now.

    `bound` holds what was typed, `now` is an unbound form of the row as it is.
    """
    present = as_posted(now)
    differing = [name for name in bound.changed_data if _held(bound, name)]
    return [_clash(seen, data, now[name], present) for name in differing]


def _clash(seen: Shown, data: QueryDict, field: Any, present: dict[str, list[str]]) -> Clash:
    name = field.html_name
    mine, theirs, old = typed(data, name), present[name], seen.fields.get(name)
    i_changed, they_changed = _digest(mine) != old, _digest(theirs) != old
    return Clash(
        name=name,
        label=str(field.label),
        typed=_read(field.field, mine),
        now=_read(field.field, theirs),
        both=i_changed and they_changed,
        suggested=MINE if i_changed else THEIRS,
    )


def _read(field: forms.Field, values: list[str]) -> str:
    """Posted values as people read them."""
    if isinstance(field.widget, forms.CheckboxInput):
        return "ja" if values else "nee"
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        choices: Any = field.choices
        names = {str(key): str(label) for key, label in _flat(choices)}
        values = [names.get(value, value) for value in values]
    if isinstance(field, forms.DateField):
        values = [_day(field, value) for value in values]
    return ", ".join(values) or "(leeg)"


def _day(field: forms.DateField, value: str) -> str:
    try:
        return formats.date_short(field.to_python(value))
    except forms.ValidationError:
        return value


def _flat(choices: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label


def resolved(data: QueryDict, now: forms.BaseForm) -> QueryDict:
    """What was typed, with the present value wherever somebody chose to keep that."""
    merged = data.copy()
    for name, values in as_posted(now).items():
        if data.get(f"{CHOICE}{name}") == THEIRS:
            merged.setlist(name, values)
    return merged


def kept_input(data: QueryDict) -> list[tuple[str, str]]:
    """All that was typed, to be carried along in hidden fields."""
    ours = (SHOWN, RESOLVED, "csrfmiddlewaretoken")
    names = [name for name in data if name not in ours and not name.startswith(CHOICE)]
    return [(name, value) for name in names for value in data.getlist(name)]


def input_to_read(data: QueryDict, fields: Mapping[str, forms.Field]) -> list[tuple[str, str]]:
    """All that was typed, by the labels of its fields."""
    found = [(fields[name], typed(data, name)) for name in data if name in fields]
    return [(str(field.label or ""), _read(field, values)) for field, values in found if values]


def entries_since(row: Model, moment: datetime) -> list[Entry]:
    """What others did to the row since it was shown, newest first; empty when it is not audited."""
    since = [entry for entry in history_of(row) if entry.moment >= moment - SLACK]
    return [entry for entry in since if entry.changes][:MOST_ENTRIES]


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:24]
