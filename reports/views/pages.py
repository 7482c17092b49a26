"""Pages of editions, under /regio/<korte naam>/."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from core.documents import serve
from core.periods import HalfYear
from core.ui import page_of
from core.ui.editing import FormPage
from regions.models import Region
from regions.queries.access import access_of

from ..domain.adopting import publish_mirrors
from ..domain.asking import count_read
from ..domain.outline import chapters, contents
from ..domain.repeat import ask_repeat, last_repeat
from ..domain.requesting import request_editions
from ..enums import EditionKind, Medium
from ..forms import EditionFilter, EditionsForm, MirrorsForm
from ..models import Edition
from ..queries.readers import reads_of
from ..queries.texts import written
from ..queries.themes import theme_addresses
from ..queries.visible import editions_visible_to, questions_visible_to, without_older_versions
from ..rules import (
    can_ask,
    can_comment,
    can_make_editions,
    can_publish,
    can_see_questions,
    check_can_make_editions,
    check_can_publish,
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
        "zips": zips_of(visible),
        "may_publish": can_publish(request.user, region),
        "only_mirror": access_of(request.user).is_only_provider_in(region.pk),
        "may_ask_or_answer": can_see_questions(request.user, region),
    }
    return render(request, "reports/editions.html", context)


def zips_of(visible: Any) -> list[tuple[str, str]]:
    """Half-years with a PDF that this user may read, newest first: label and title."""
    labels = visible.filter(pdf__isnull=False).values_list("half_year", flat=True)
    newest = sorted(set(labels), reverse=True)[:3]
    return [(label.lower(), HalfYear.parse(label).title) for label in newest]


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
        return request_editions(region=self.region, by=self.request.user, **form.asked)

    def back(self) -> str:
        job = getattr(self, "saved", None)
        if job is None:
            return reverse("editions", args=[self.region.slug])
        return reverse("job", args=[self.region.slug, job.pk])


class PublishMirrors(FormPage):
    """Give every provider its mirror of a half-year."""

    form_class = MirrorsForm
    submit = "Spiegels publiceren"
    done = "De spiegels die klaarlagen, zijn gepubliceerd."

    def check(self) -> None:
        check_can_publish(self.request.user, self.region)

    def title(self) -> str:
        return "Spiegels publiceren"

    def way_back(self) -> list[tuple[str, str]]:
        return [("Rapportages", self.back())]

    def save(self, form: Any) -> Any:
        return publish_mirrors(region=self.region, by=self.request.user, **form.cleaned_data)

    def back(self) -> str:
        return reverse("editions", args=[self.region.slug])


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
        "chapters": chapters(text.content),
        "contents": contents(text.content),
        "newest": newer_than(request.user, found),
        "questions": questions_visible_to(request.user).filter(edition=found),
        "for_managers": found.kind == EditionKind.CONTRACT_MANAGERS,
        "for_councils": found.kind in EditionKind.FOR_COUNCILS,
        "may_repeat": can_make_editions(request.user, region),
        "may_comment": can_comment(request.user, found),
        "may_ask": can_ask(request.user, found),
        "is_staff": is_staff(request.user, found),
        "reads": reads_of(found),
        **theme_addresses(found),
    }
    return render(request, "reports/edition.html", context)


def newer_than(user: Any, edition: Edition) -> Edition | None:
    """The newest later version that this user may read."""
    later = editions_visible_to(user).filter(
        region=edition.region,
        kind=edition.kind,
        half_year=edition.half_year,
        municipality=edition.municipality,
        provider=edition.provider,
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


def edition_repeat(request: HttpRequest, region: Region, pk: UUID) -> HttpResponse:
    """What came of computing the edition again from its inputs; POST asks for it."""
    check_can_make_editions(request.user, region)
    found = find_edition(request, region, pk)
    if request.method == "POST":
        ask_repeat(edition=found, by=request.user)
        return redirect("edition-repeat", region=region.slug, pk=found.pk)
    return render(request, "reports/repeated.html", {"edition": found, "job": last_repeat(found)})


def find_edition(request: HttpRequest, region: Region, pk: UUID) -> Edition:
    """An edition that the user may read, or 404."""
    return get_object_or_404(editions_visible_to(request.user), region=region, pk=pk)
