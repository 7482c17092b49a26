"""Signals about ceilings in the browser."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from core.documents import serve
from core.errors import NotAllowed
from core.states import Move
from core.states.pages import MovePage
from core.ui.editing import FormPage
from regions.models import Region
from regions.queries.access import access_of

from ..domain import ceilings as domain
from ..enums.ceilings import CEILING_SIGNAL, CeilingState
from ..forms import ceilings as forms
from ..models import CeilingSignal
from ..queries import ceilings as queries
from ..registers.ceilings import CEILING_SIGNALS
from ..rules.contracts import can_manage_contracts


@CEILING_SIGNALS.page
def signal_list(request: HttpRequest, region: Region) -> HttpResponseBase:
    asked = forms.SignalFilter(request.GET)
    rows = queries.signals_visible_to(request.user).filter(cap__contract__region=region)
    if asked.is_valid():
        rows = queries.matching(rows, asked.cleaned_data["zoek"].strip())
        rows = _in_state(rows, asked.cleaned_data["stand"])
    context = {"filter": asked, "may_report": _may_report(request.user, region)}
    return CEILING_SIGNALS.answer(request, rows, "procurement/ceiling_signals.html", context)


def _in_state(rows: Any, state: str) -> Any:
    if state == "open":
        return rows.filter(state__in=CeilingState.OPEN)
    return rows.filter(state=state) if state else rows


def _may_report(user: Any, region: Region) -> bool:
    own = access_of(user).provider_organisations_in(region.pk)
    return bool(own) or can_manage_contracts(user, region)


def signal_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    signal = _signal(request, region, pk)
    context = {
        "signal": signal,
        "contract": signal.cap.contract,
        "CEILING_SIGNAL": CEILING_SIGNAL,
        "roles": access_of(request.user).roles_in(region.pk),
        "letters": queries.letters_visible_to(request.user).filter(signal=signal),
        "share": min(round(100 * signal.share), 100),
        "may_manage": can_manage_contracts(request.user, region),
    }
    return render(request, "procurement/ceiling_signal.html", context)


def _signal(request: HttpRequest, region: Region, pk: int) -> CeilingSignal:
    rows = queries.signals_visible_to(request.user).filter(cap__contract__region=region)
    return get_object_or_404(rows, pk=pk)


def letter_file(request: HttpRequest, region: Region, pk: int, kind: str) -> HttpResponseBase:
    rows = queries.letters_visible_to(request.user).filter(signal__cap__contract__region=region)
    letter = get_object_or_404(rows, pk=pk)
    if kind not in ("pdf", "docx"):
        raise Http404
    return serve(letter.pdf if kind == "pdf" else letter.docx)


class Base:
    request: Any
    region: Any
    kwargs: dict[str, Any]
    row: Any = None
    saved: Any = None

    def url(self, name: str, *args: Any) -> str:
        return reverse(name, args=[self.region.slug, *args])

    def back(self) -> str:
        kept = self.saved if isinstance(self.saved, CeilingSignal) else self.row
        return self.url("ceiling-signal", kept.pk) if kept else self.url("ceiling-signals")

    def way_back(self) -> list[tuple[str, str]]:
        here = [(str(self.row), self.back())] if self.row else []
        return [("Plafondsignalen", self.url("ceiling-signals")), *here]


class ReportPage(Base, FormPage):
    """A provider, or who keeps its contract, says that a ceiling is nearly used."""

    form_class = forms.ReportForm
    submit = "Melden"
    done = "Het signaal is gegeven. Het gesprek is binnen twee weken."

    def check(self) -> None:
        if not _may_report(self.request.user, self.region):
            raise NotAllowed("Alleen een aanbieder, contractmanager of regiobeheerder meldt dit.")

    def title(self) -> str:
        return "Plafond bijna gebruikt"

    def form_arguments(self) -> dict[str, Any]:
        contract = self.request.GET.get("contract", "")
        return {"user": self.request.user, "region": self.region, "contract": contract}

    def save(self, form: Any) -> CeilingSignal:
        return domain.report(by=self.request.user, **form.cleaned_data)


class MoveSignal(Base, MovePage):
    table = CEILING_SIGNAL

    def prepare(self) -> None:
        self.row = _signal(self.request, self.region, self.kwargs["pk"])

    def roles(self) -> frozenset[str]:
        return access_of(self.request.user).roles_in(self.region.pk)

    @property
    def form_class(self) -> Any:  # type: ignore[override]
        return forms.MOVE_FORMS.get(self.kwargs["move"], forms.ReasonForm)

    def verb(self, move: Move, form: Any) -> Any:
        return domain.move_signal(
            signal=self.row, move=move.name, by=self.request.user, **form.cleaned_data
        )
