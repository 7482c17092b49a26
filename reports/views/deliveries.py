"""What others wait for, as files: CBS-style tables, the list of contracts, OCDS."""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from core.periods import HalfYear
from regions.models import Region

from ..domain.ocds import release_package
from ..queries.deliveries import (
    LIST_HEAD,
    TABLE_HEAD,
    contracted,
    half_year_table,
    half_years_of,
    package_of,
    years_of,
)
from ..rules import check_can_deliver


def deliveries(request: HttpRequest, region: Region) -> HttpResponse:
    """The files by half-year and year, and what is in them."""
    check_can_deliver(request.user, region)
    context = {
        "half_years": [(half.label.lower(), half.title) for half in half_years_of(region)],
        "years": years_of(region),
    }
    return render(request, "reports/deliveries.html", context)


def half_year_csv(request: HttpRequest, region: Region, half_year: str) -> HttpResponse:
    check_can_deliver(request.user, region)
    known = {half.label.lower(): half for half in half_years_of(region)}
    if half_year not in known:
        raise Http404("geen cijfers van dit halfjaar")
    half: HalfYear = known[half_year]
    name = f"jeugdhulp-{region.slug}-{half_year}.csv"
    return _csv(name, TABLE_HEAD, half_year_table(region, half))


def contracts_csv(request: HttpRequest, region: Region, year: int) -> HttpResponse:
    check_can_deliver(request.user, region)
    if year not in years_of(region):
        raise Http404("geen contracten in dit jaar")
    name = f"gecontracteerd-{region.slug}-{year}.csv"
    return _csv(name, LIST_HEAD, contracted(region, year))


def ocds_json(request: HttpRequest, region: Region) -> HttpResponse:
    check_can_deliver(request.user, region)
    address = f"{settings.SITE_URL}{reverse('deliveries-ocds', args=[region.slug])}"
    body = json.dumps(release_package(package_of(region, address)), ensure_ascii=False, indent=1)
    return _file(body.encode(), "application/json", f"ocds-{region.slug}.json")


def _csv(name: str, head: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> HttpResponse:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(rows)
    return _file(b"\xef\xbb\xbf" + out.getvalue().encode(), "text/csv; charset=utf-8", name)


def _file(body: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(body, content_type=kind, headers=headers)
