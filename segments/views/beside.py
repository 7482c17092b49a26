"""Two strategies side by side: of one region, or of two in which the user works."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from core.writing import DOCX, PDF, Heading, Table, Written, to_docx, to_pdf
from regions.models import Region

from ..domain.beside import Line, Part, side_by_side
from ..models import SegmentScheme
from ..queries.beside import topics_of
from ..queries.framework import schemes_visible_to

FORMS = {"docx": (DOCX, to_docx), "pdf": (PDF, to_pdf)}


class OtherScheme(forms.Form):
    """Which one to lay beside it, of all that the user may see."""

    met: Any = forms.ModelChoiceField(label="Leg ernaast", queryset=None, empty_label="kies")

    def __init__(self, *args: Any, schemes: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["met"]
        field.queryset = schemes
        field.label_from_instance = lambda scheme: f"{scheme.region}: {scheme}"


def beside(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    left, right, form = _asked(request, region, pk)
    context = {
        "scheme": left,
        "right": right,
        "filter": form,
        "parts": _parts(request, left, right) if right else [],
        "query": request.GET.urlencode(),
    }
    return render(request, "segments/beside.html", context)


def beside_file(request: HttpRequest, region: Region, pk: int, form: str) -> HttpResponse:
    """On paper: two beside each other, or the one alone."""
    left, right, _ = _asked(request, region, pk)
    if form not in FORMS:
        raise Http404
    content_type, make = FORMS[form]
    written = _written(left, right, _parts(request, left, right))
    answer = HttpResponse(make(written), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="strategieen-naast-elkaar.{form}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _asked(
    request: HttpRequest, region: Region, pk: int
) -> tuple[SegmentScheme, SegmentScheme | None, OtherScheme]:
    """A right on both is needed: another scheme than those of `schemes_visible_to` is a 404."""
    schemes = schemes_visible_to(request.user).select_related("region__organisation")
    left = get_object_or_404(schemes, pk=pk, region=region)
    others = schemes.exclude(pk=left.pk).order_by("region__name", "valid_from")
    form = OtherScheme(request.GET or None, schemes=others)
    asked = request.GET.get("met", "")
    right = get_object_or_404(others, pk=asked) if asked.isdigit() else None
    return left, right, form


def _parts(request: HttpRequest, left: SegmentScheme, right: SegmentScheme | None) -> list[Part]:
    other = topics_of(request.user, right) if right else []
    return side_by_side(topics_of(request.user, left), other)


def _written(left: SegmentScheme, right: SegmentScheme | None, parts: list[Part]) -> Written:
    schemes = [left, right] if right else [left]
    columns = ("Onderwerp", *(f"{scheme.region}: {scheme}" for scheme in schemes))
    blocks: list[Any] = []
    for part in parts:
        rows = [
            (row.title, *(_text(lines) for lines in (row.left, row.right)[: len(schemes)]))
            for row in part.rows
        ]
        widths = (1.0, *(2.4 for _ in schemes))
        blocks.append(Heading(part.title))
        blocks.append(Table(columns, rows, widths=widths, caption="", row_headers=True))
    return Written(
        title="Twee strategieën naast elkaar" if right else "De strategie in het kort",
        subtitle=" en ".join(str(scheme) for scheme in schemes),
        author=str(left.region.organisation),
        blocks=tuple(blocks),
    )


def _text(lines: tuple[Line, ...]) -> str:
    return "\n\n".join(line.text for line in lines) or "niet vermeld"
