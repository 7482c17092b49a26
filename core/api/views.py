"""Views of the API: what the user may see comes first, the rest is declared."""

from functools import wraps
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from .conditional import answer_if_same, check_if_match
from .once import once_by_body
from .paging import Cursor, Pager, Pages
from .rows import Rows

UNCHANGED = ("", "identity")
WRITING = ("post", "put", "patch", "delete")


class ApiView(GenericViewSet[Any]):
    """Base of every address that asks for a token.

    `check_access(user)` refuses, with a sentence, who has no business with the resource at all.
    """

    check_access: ClassVar[Any] = None
    pagination_class: type[Pager] | None = None
    # A view that reads an upload by itself also calls `answer_once` by itself.
    answers_once = True

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.headers.get("Content-Encoding", "").lower() not in UNCHANGED:
            raise UnsupportedMediaType("Content-Encoding")
        check = type(self).check_access
        if check is not None:
            check(request.user)
        name = (request.method or "").lower()
        handler = getattr(self, name, None)
        if name not in WRITING or handler is None:
            return
        handler = self.heeding_if_match(handler)
        if name == "post" and self.answers_once:
            handler = once_by_body(handler)
        setattr(self, name, handler)

    def heeding_if_match(self, handler: Any) -> Any:
        """The handler of a writing method, with what must hold before it is called."""
        return handler


class ListView(ApiView):
    """Read access to rows: a list with filters and pages.

    Give `visible = staticmethod(..._visible_to)`, `serializer_class` (Rows), `filterset_class`,
    and `lookup_field` with `lookup_value_converter` when the key in the address is no number.
    """

    visible: ClassVar[Any]
    serializer_class: type[Rows]
    pagination_class: type[Pager] | None = Pages
    lookup_value_converter = "int"
    about = ""

    @property
    def paginator(self) -> Pager:
        return Pages()

    def get_queryset(self) -> QuerySet[Any]:
        return type(self).visible(self.request.user)

    def read(self, queryset: QuerySet[Any]) -> list[dict[str, Any]]:
        return self.serializer_class.read(queryset)

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        queryset = self.filter_queryset(self.get_queryset())
        return Response(self.paginator.body(request, queryset, self.read))


class RegisterView(ListView):
    """A list whose rows have an address of their own."""

    @property
    def paginator(self) -> Pager:
        return Pages(count_along=True)

    def row(self) -> dict[str, Any]:
        """The row that the address names, if the user may see it; else a 404."""
        key = {self.lookup_field: self.kwargs[self.lookup_url_kwarg or self.lookup_field]}
        found = self.read(self.get_queryset().filter(**key)[:1])
        if not found:
            raise Http404
        return found[0]

    def heeding_if_match(self, handler: Any) -> Any:
        """Every write on one row heeds `If-Match`: a 412 when the row has changed since."""
        if not self.detail:
            return handler

        @wraps(handler)
        def answer(request: Request, *args: Any, **kwargs: Any) -> Any:
            return check_if_match_of(self, request) or handler(request, *args, **kwargs)

        return answer

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        row = self.row()
        etag, unchanged = answer_if_same(request, row)
        return unchanged or Response(row, headers={"ETag": etag})


def check_if_match_of(view: RegisterView, request: Request) -> HttpResponseBase | None:
    return check_if_match(request, view.row()) if "If-Match" in request.headers else None


class CursorView(ListView):
    """Rows too many to count: the list goes by cursor along `cursor_columns`."""

    pagination_class: type[Pager] | None = Cursor
    cursor_columns: ClassVar[tuple[str, ...]] = ("pk",)

    @property
    def paginator(self) -> Pager:
        return Cursor(self.cursor_columns)
