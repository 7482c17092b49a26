"""Pages for anybody: figures of published editions, as text, charts and open data.

They set no cookie and know no user, so one rendering serves everybody until an edition moves.
"""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import asdict, fields
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from core.documents import serve
from regions.models import Region

from ..domain.dcat import Dataset, describe
from ..domain.rounding import rounded_for_public
from ..domain.theming import HOUSE, Look
from ..domain.view import trend_chart
from ..models import Edition
from ..queries.public import (
    OpenRow,
    newest_of,
    open_rows,
    places_of,
    public_editions,
    public_regions,
    stamp,
)
from ..queries.texts import written
from ..queries.themes import look_of, theme_addresses

KEPT_SECONDS = 3600
FRESH_SECONDS = 60


def _open(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    return require_safe(login_not_required(view))


def _kept(request: HttpRequest, kind: str, make: Callable[[], str]) -> HttpResponse:
    """The rendering, made once per address until an edition moves.

    Whatever it needs is read within `make`: an edition is hundreds of kilobytes.
    """
    key = f"public:{stamp()}:{request.path}"
    body = cache.get(key)
    if body is None:
        body = make()
        cache.set(key, body, KEPT_SECONDS)
    return HttpResponse(
        body, content_type=kind, headers={"Cache-Control": f"public, max-age={FRESH_SECONDS}"}
    )


@_open
def public_home(request: HttpRequest) -> HttpResponse:
    """Every region that published."""
    return _kept(
        request,
        "text/html; charset=utf-8",
        lambda: render_to_string("reports/public/home.html", {"regions": public_regions()}),
    )


@_open
def public_place(request: HttpRequest, slug: str, gm_code: str = "") -> HttpResponse:
    """The figures of a region or one of its municipalities."""
    return _kept(request, "text/html; charset=utf-8", lambda: _page(slug, gm_code))


def _page(slug: str, gm_code: str) -> str:
    edition = _edition(slug, gm_code)
    text = rounded_for_public(written(edition))
    context = {
        "edition": edition,
        "content": text.content,
        "authored": text.authored,
        "places": places_of(slug),
        "slug": slug,
        "files": _files(slug, edition.municipality),
        **theme_addresses(edition),
        "earlier": public_editions()
        .filter(region__slug=slug, municipality=edition.municipality)
        .exclude(pk=edition.pk),
    }
    return render_to_string("reports/public/place.html", context)


@_open
def public_csv(request: HttpRequest, slug: str, gm_code: str = "") -> HttpResponse:
    """The figures as CSV: `;`, decimal comma, UTF-8 with a byte order mark."""
    return _kept(
        request,
        "text/csv; charset=utf-8",
        lambda: _csv(open_rows(_edition(slug, gm_code))),
    )


def _csv(rows: list[OpenRow]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    names = [field.name for field in fields(OpenRow)]
    writer.writerow(names)
    writer.writerows([_cell(getattr(row, name)) for name in names] for row in rows)
    return "\ufeff" + out.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", ",")
    return "" if value is None else str(value)


@_open
def public_json(request: HttpRequest, slug: str, gm_code: str = "") -> HttpResponse:
    return _kept(request, "application/json", lambda: _json(open_rows(_edition(slug, gm_code))))


def _json(rows: list[OpenRow]) -> str:
    return json.dumps([asdict(row) for row in rows], ensure_ascii=False)


@_open
def public_dcat(request: HttpRequest, slug: str, gm_code: str = "") -> HttpResponse:
    """The description of the open data, DCAT-AP-NL."""
    return _kept(
        request,
        "application/ld+json",
        lambda: json.dumps(describe(_dataset(slug, gm_code)), ensure_ascii=False, indent=1),
    )


def _dataset(slug: str, gm_code: str) -> Dataset:
    edition = _edition(slug, gm_code)
    files = {name: f"{settings.SITE_URL}{url}" for name, url in _files(slug, edition.municipality)}
    where = edition.municipality_name or edition.region.name
    moment = edition.published_at
    published = localdate(moment).isoformat() if moment else ""
    words = [slug, *([edition.municipality] if edition.municipality else [])]
    return Dataset(
        address=files["JSON-LD"],
        page=f"{settings.SITE_URL}{reverse('public-place', args=words)}",
        report=files["PDF"],
        title=f"Jeugdhulp in {where}, {edition.period.title}",
        description=(
            "Cijfers over jeugdhulp uit de gepubliceerde voortgangsrapportage. Kleine aantallen "
            "zijn afgeschermd."
        ),
        publisher=edition.region.organisation.name,
        issued=published,
        modified=published,
        start=edition.period.start.isoformat(),
        end=edition.period.last_day.isoformat(),
        csv=files["CSV"],
        json=files["JSON"],
    )


@xframe_options_exempt
@_open
def public_chart(request: HttpRequest, slug: str, code: str, gm_code: str = "") -> HttpResponse:
    """One chart as SVG, to put on another page."""
    return _kept(request, "image/svg+xml", lambda: _chart(slug, gm_code, code))


def _chart(slug: str, gm_code: str, code: str) -> str:
    content = rounded_for_public(written(_edition(slug, gm_code))).content
    trends = {trend.figure_code: trend for trend in content.trends}
    if code not in trends:
        raise Http404("deze grafiek is er niet")
    return str(trend_chart(trends[code]).svg(id=f"grafiek-{code}", width=640))


@_open
def public_pdf(request: HttpRequest, slug: str, gm_code: str = "") -> HttpResponseBase:
    edition = _edition(slug, gm_code)
    if edition.pdf is None:
        raise Http404("geen PDF")
    return serve(edition.pdf, as_attachment=False)


@_open
def public_theme(request: HttpRequest, slug: str, gm_code: str = "") -> HttpResponse:
    """The colours of a place as a style sheet; those of the house for what is unknown."""
    return _lasting(_look(slug, gm_code).css, "text/css; charset=utf-8")


@_open
def public_arms(request: HttpRequest, slug: str, gm_code: str = "") -> HttpResponse:
    look = _look(slug, gm_code)
    if not look.arms:
        raise Http404("geen wapen")
    return _lasting(look.arms, look.arms_type)


def _look(slug: str, gm_code: str) -> Look:
    region = Region.objects.filter(slug=slug).values_list("pk", flat=True).first()
    return look_of(region, gm_code) if region else HOUSE


def _lasting(body: str | bytes, kind: str) -> HttpResponse:
    age = f"public, max-age={FRESH_SECONDS}"
    return HttpResponse(body, content_type=kind, headers={"Cache-Control": age})


def _edition(slug: str, gm_code: str) -> Edition:
    edition = newest_of(slug, gm_code)
    if edition is None:
        raise Http404("er is niets gepubliceerd")
    return edition


def _files(slug: str, gm_code: str) -> list[tuple[str, str]]:
    words = [slug, gm_code] if gm_code else [slug]
    return [
        ("PDF", reverse("public-pdf", args=words)),
        ("CSV", reverse("public-csv", args=words)),
        ("JSON", reverse("public-json", args=words)),
        ("JSON-LD", reverse("public-dcat", args=words)),
    ]
