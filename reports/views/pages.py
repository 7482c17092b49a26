"""Pages of editions, under /regio/<korte naam>/."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from core.documents import serve
from core.ui import Tone, page_of
from core.ui.editing import FormPage
from regions.models import Region

from ..domain.asking import count_read
from ..domain.making import request_editions
from ..domain.render import contents
from ..domain.repeat import repeat
from ..enums import EditionKind, Medium
from ..forms import EditionFilter, EditionsForm
from ..models import Edition
from ..queries.readers import reads_of
from ..queries.texts import written
from ..queries.visible import editions_visible_to, questions_visible_to, without_older_versions
from ..rules import (
    can_ask,
    can_comment,
    can_make_editions,
    can_see_questions,
    check_can_make_editions,
    is_only_notice,
    is_staff,
)


def editions(request: HttpRequest, region: Region) -> HttpResponse:
    """The register: the last version of each edition, older ones when asked."""
    visible = editions_visible_to(request.user).filter(region=region)
    asked = EditionFilter(request.GET or None, rows=visible)
    rows = asked.narrow(visible)
    if not request.GET.get("old"):
        rows = without_older_versions(rows)
    context = {
        "filter": asked,
        "page": page_of(request, rows, 30),
        "may_make": can_make_editions(request.user, region),
        "may_ask_or_answer": can_see_questions(request.user, region),
    }
    return render(request, "reports/editions.html", context)


class MakeEditions(FormPage):
    """Ask for all editions of a half-year."""

    form_class = EditionsForm
    submit = "Rapportages maken"
    done = "De rapportages worden gemaakt. Deze pagina laat zien hoe ver het is."

    def check(self) -> None:
        check_can_make_editions(self.request.user, self.region)

    def title(self) -> str:
        return "Rapportages maken"

    def way_back(self) -> list[tuple[str, str]]:
        return [("Rapportages", reverse("editions", args=[self.region.slug]))]

    def form_arguments(self) -> dict[str, Any]:
        return {"region": self.region}

    def save(self, form: Any) -> Any:
        return request_editions(region=self.region, by=self.request.user, **form.cleaned_data)

    def back(self) -> str:
        job = getattr(self, "saved", None)
        if job is None:
            return reverse("editions", args=[self.region.slug])
        return reverse("job", args=[self.region.slug, job.pk])


def edition(request: HttpRequest, region: Region, pk: UUID) -> HttpResponse:
    """The web edition: the text as it reads now, with the same words and figures as the PDF."""
    found = find_edition(request, region, pk)
    if is_only_notice(request.user, found):
        return render(request, "reports/withdrawn.html", {"edition": found})
    text = written(found)
    if found.published_at:
        count_read(found, Medium.WEB)
    context = {
        "edition": found,
        "content": text.content,
        "authored": text.authored,
        "contents": contents(text.content),
        "newest": newer_than(request.user, found),
        "questions": questions_visible_to(request.user).filter(edition=found),
        "for_managers": found.kind not in EditionKind.FOR_COUNCILS,
        "may_repeat": can_make_editions(request.user, region),
        "may_comment": can_comment(request.user, found),
        "may_ask": can_ask(request.user, found),
        "is_staff": is_staff(request.user, found),
        "reads": reads_of(found),
    }
    return render(request, "reports/edition.html", context)


def newer_than(user: Any, edition: Edition) -> Edition | None:
    """The newest later version that this user may read."""
    later = editions_visible_to(user).filter(
        region=edition.region,
        kind=edition.kind,
        half_year=edition.half_year,
        municipality=edition.municipality,
        scheme=edition.scheme,
        version__gt=edition.version,
    )
    return later.order_by("-version").first()


def edition_pdf(request: HttpRequest, region: Region, pk: UUID) -> HttpResponseBase:
    found = find_edition(request, region, pk)
    if found.pdf is None or is_only_notice(request.user, found):
        raise Http404("geen PDF")
    if found.published_at:
        count_read(found, Medium.PDF)
    return serve(found.pdf, as_attachment=False)


@require_POST
def edition_repeat(request: HttpRequest, region: Region, pk: UUID) -> HttpResponse:
    """Compute the edition again from its inputs and say what comes out."""
    check_can_make_editions(request.user, region)
    found = find_edition(request, region, pk)
    answer = repeat(found)
    tone = Tone.GOOD if answer.same else Tone.ATTENTION
    return render(
        request, "reports/repeated.html", {"edition": found, "answer": answer, "tone": tone}
    )


def find_edition(request: HttpRequest, region: Region, pk: UUID) -> Edition:
    """An edition that the user may read, or 404."""
    return get_object_or_404(editions_visible_to(request.user), region=region, pk=pk)
