"""One contract: everything at a glance, as it read on a day, and what changed between two."""

from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify

from core import clock
from core.ui import panels
from regions.models import Region

from ..desk_slots import CONTRACT_PAGE
from ..domain.addendum_paper import addendum_document
from ..domain.extending import extensions_left
from ..domain.papers import FORMS, as_file
from ..domain.parts import HEAD, PARTS
from ..domain.reading import HEAD_TITLE, differences
from ..enums.contracts import ContractStatus, RevisionState
from ..forms.contracts import PeriodForm
from ..models import Contract
from ..queries import contracts, tariffs
from ..queries.reading import reading_of, told_of
from ..queries.timeline import due_of, timeline_of
from ..rules.contracts import can_manage_contracts, roles_about
from ..states import CONTRACT, EXTENSION, OBLIGATION, REVISION, SANCTION
from .pages import asked_day

TABLES = {
    "contract": CONTRACT, "herziening": REVISION, "verlenging": EXTENSION,
    "verplichting": OBLIGATION, "sanctie": SANCTION,
}  # fmt: skip


def contract_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    contract = _contract(request, region, pk)
    asked, day = asked_day(request)
    inside = region.pk in contracts.readable_region_ids(request.user)
    context = {
        **_about(request, contract),
        **_parts(contract, day),
        "filter": asked,
        "day": day,
        "due": due_of(contract, clock.today(), inside=inside),
        "timeline": timeline_of(contract, inside=inside),
        "extensions_left": extensions_left(contract),
        "panels": panels(CONTRACT_PAGE, request.place, contract),  # type: ignore[attr-defined]
    }
    context["revisions"] = contracts.revisions_visible_to(request.user).filter(contract=contract)
    return render(request, "procurement/contract.html", context)


def _contract(request: HttpRequest, region: Region, pk: int) -> Contract:
    return get_object_or_404(contracts.visible_to(request.user), pk=pk, region=region)


def _about(request: HttpRequest, contract: Contract) -> dict[str, Any]:
    """Who may do what on the pages of a contract."""
    return {
        "contract": contract,
        "tables": TABLES,
        "roles": roles_about(request.user, contract),
        "may_manage": can_manage_contracts(request.user, contract.region),
        "runs": contract.status in ContractStatus.LIVE,
        "today": clock.today(),
    }


def _parts(contract: Contract, day: date) -> dict[str, Any]:
    """The parts that hold on the day, under the names of the page."""
    prices = tariffs.tariffs_of(contract, day)
    parts = {code: kind.rows_on(contract, day) for code, kind in PARTS.items()}
    return {
        "parts": parts,
        "phases": parts["fase"].order_by("start_date"),
        "products": [
            (row, [t for (code, _), t in prices.items() if code == row.product.code])
            for row in contracts.products_on(contract, day)
        ],
        "bespoke": contract.tariffs.order_by("product_code", "-valid_from"),
        "extensions": contract.extensions.prefetch_related("tests"),
        "sanctions": contract.sanctions.all(),
    }


def reading_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """The whole text of the agreement as it read on `?op=`."""
    contract = _contract(request, region, pk)
    asked, day = asked_day(request)
    reading = reading_of(contract, day)
    context = {
        "contract": contract,
        "filter": asked,
        "reading": reading,
        "parts": [(kind.plural, reading.of(code)) for code, kind in PARTS.items()],
        "versions": contract.versions.select_related("made_by").order_by("-number"),
    }
    return render(request, "procurement/reading.html", context)


def difference_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    """What changed from `?van=` to `?tot=`; at first from the beginning until today."""
    contract = _contract(request, region, pk)
    today = clock.today()
    first = {"van": min(contract.start_date, today), "tot": today}
    asked = PeriodForm(request.GET if request.GET.get("van") else first)
    found = None
    if asked.is_valid():
        days = asked.cleaned_data["van"], asked.cleaned_data["tot"]
        found = differences(*(reading_of(contract, day) for day in days))
    names = {code: kind.noun for code, kind in PARTS.items()} | {HEAD: HEAD_TITLE}
    context = {
        "contract": contract,
        "filter": asked,
        "differences": found,
        "names": names,
        "moments": _moments(contract),
    }
    return render(request, "procurement/difference.html", context)


def _moments(contract: Contract) -> list[tuple[str, date, date]]:
    """The days around which each version begins, as links to compare."""
    versions = contract.versions.exclude(number=0)
    return [
        (f"versie {v.number}: {v.summary}", v.effective_from - timedelta(days=1), v.effective_from)
        for v in versions
    ]


def revision_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    seen = contracts.visible_to(request.user).filter(region=region)
    rows = contracts.revisions_visible_to(request.user).filter(contract__in=seen)
    row = get_object_or_404(rows.select_related("contract__region"), pk=pk)
    contract = seen.get(pk=row.contract_id)
    context = {
        **_about(request, contract),
        "revision": row,
        "changes": [(change, told_of(change)) for change in row.changes.all()],
        "kinds": PARTS.values(),
        "rows": _revisable(contract) if row.state == RevisionState.DRAFT else [],
        "is_draft": row.state == RevisionState.DRAFT,
    }
    return render(request, "procurement/revision.html", context)


def addendum(request: HttpRequest, region: Region, pk: int, kind: str) -> HttpResponse:
    """The addendum as a file, to send and to sign."""
    rows = contracts.revisions_visible_to(request.user).filter(contract__region=region)
    row = get_object_or_404(rows.select_related("contract__provider"), pk=pk)
    if kind not in FORMS:
        raise Http404
    content, content_type = as_file(addendum_document(row), kind)
    answer = HttpResponse(content, content_type=content_type)
    name = f"addendum-{row.number}-{slugify(row.contract.number)}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _revisable(contract: Contract) -> list[tuple[Any, Any]]:
    """Every part that holds now and can change or end."""
    return [
        (kind, row)
        for kind in PARTS.values()
        for row in kind.rows(contract).filter(valid_to__isnull=True)
    ]
