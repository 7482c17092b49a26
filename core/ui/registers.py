"""One register: sorted, filtered, kept as a view of one's own, downloaded, and acted on in bulk.

A view hands over its rows, already narrowed to what the user may see and asked for:
`return CONTRACTS.answer(request, rows, "procurement/contracts.html", {"filter": asked})`.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import wraps
from itertools import islice
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify

from core.clock import today
from core.exports import Cell, Column, Sheet, csv_lines, write_xlsx
from core.formats import date_long

from . import bulk, saved
from .bulk import BulkAction
from .tables import PER_PAGE, Columns, Sorting, page_of

FILE = "bestand"
ALL = "alles"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CHUNK = 2000
Beside = Callable[[Sequence[Any]], None]


@dataclass(frozen=True)
class Field:
    """A column of the file. `value` is a function of the row, or a path such as 'provider.name';
    what it names is called when it can be ('get_kind_display')."""

    header: str
    value: str | Callable[[Any], Cell]
    definition: str = ""
    decimals: int | None = None
    share: bool = False
    width: int = 18
    unit: str = ""
    total: bool = False

    @property
    def column(self) -> Column:
        return Column(
            self.header, self.definition, self.decimals, self.share, self.width, self.unit,
            self.total,
        )  # fmt: skip

    def cell(self, row: Any) -> Cell:
        if callable(self.value):
            return self.value(row)
        found = row
        for part in self.value.split("."):
            found = getattr(found, part, None)
            found = found() if callable(found) else found
            if found is None:
                return None
        return found if isinstance(found, Cell) else str(found)


def last_day(path: str) -> Callable[[Any], date | None]:
    """The last day of a half-open period, for a Field."""

    def day(row: Any) -> date | None:
        end: date | None = getattr(row, path)
        return end - timedelta(days=1) if end else None

    return day


@dataclass(frozen=True)
class Register:
    """A list that people work with. `code` names it for saved filters; `sorting` maps what stands
    in the address to the column to order by; `fields` are the columns of its files."""

    code: str
    title: str
    sorting: Columns
    default: str
    fields: Sequence[Field]
    actions: Sequence[BulkAction] = ()
    notes: Sequence[str] = field(default=())
    per_page: int = PER_PAGE

    def page(self, view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        """Decorator of the view: without a question it opens with the user's default filter."""

        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method == "GET" and not request.GET:
                query = saved.default_of(request, self.code)
                if query:
                    return redirect(f"{request.path}?{query}")
            return view(request, *args, **kwargs)

        return opened

    def answer(
        self,
        request: HttpRequest,
        rows: QuerySet[Any],
        template: str,
        context: Mapping[str, Any],
        beside: Beside | None = None,
    ) -> HttpResponseBase:
        """The page, the file that `?bestand=` asks for, or the bulk action that was posted.

        `beside` puts what is no column on rows, many at once, before they are shown or written.
        """
        sorting = Sorting(request, self.sorting, self.default)
        ordered = sorting.apply(rows)
        if request.method == "POST":
            return bulk.act(request, self.title, self.allowed(request), ordered)
        if request.GET.get(FILE) in ("csv", "xlsx"):
            return self.file(request.GET[FILE], ordered, beside)
        shown = page_of(request, ordered, self.per_page)
        if beside is not None:
            shown.object_list = list(shown)
            beside(shown.object_list)
        tools = Tools(self, request, shown, self.allowed(request))
        return render(
            request, template, {"sorting": sorting, "page": shown, "register": tools, **context}
        )

    def allowed(self, request: HttpRequest) -> list[BulkAction]:
        return [action for action in self.actions if action.may(request)]

    def file(
        self, kind: str, rows: QuerySet[Any], beside: Beside | None = None
    ) -> HttpResponseBase:
        """All rows as filtered and sorted on screen."""
        columns = [field.column for field in self.fields]
        name = f"{slugify(self.title)}-{today().isoformat()}.{kind}"
        answer: HttpResponseBase
        if kind == "csv":
            lines = csv_lines(columns, self.cells(rows, beside))
            answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        else:
            made = io.BytesIO()
            notes = (f"Stand van {date_long(today())}.", *self.notes)
            write_xlsx(made, [Sheet(self.title, columns, self.cells(rows, beside))], notes=notes)
            answer = HttpResponse(made.getvalue(), content_type=XLSX)
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer

    def cells(self, rows: QuerySet[Any], beside: Beside | None = None) -> Iterator[list[Cell]]:
        found = rows.iterator(chunk_size=CHUNK)
        while chunk := list(islice(found, CHUNK)):
            if beside is not None:
                beside(chunk)
            for row in chunk:
                yield [field.cell(row) for field in self.fields]


@dataclass(frozen=True)
class Tools:
    """What `{% register_tools %}` and `{% bulk %}` draw."""

    register: Register
    request: HttpRequest
    page: Page[Any]
    actions: Sequence[BulkAction]

    @property
    def code(self) -> str:
        return self.register.code

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @property
    def query(self) -> str:
        """The question on screen, without the page and the file."""
        asked = self.request.GET.copy()
        for name in (FILE, ALL, "pagina"):
            asked.pop(name, None)
        return asked.urlencode()

    def file_address(self, kind: str) -> str:
        query = f"{self.query}&" if self.query else ""
        return f"{self.request.path}?{query}{FILE}={kind}"

    @property
    def csv(self) -> str:
        return self.file_address("csv")

    @property
    def xlsx(self) -> str:
        return self.file_address("xlsx")

    @property
    def filters(self) -> Iterable[Any]:
        return saved.shown_to(self.request, self.code, self.query)

    @property
    def team_choices(self) -> list[tuple[str, str]]:
        return saved.teams_of(self.request)
