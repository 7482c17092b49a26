"""Transition plans in the browser."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.views.decorators.http import require_POST

from core import clock
from core.formats import date_short
from core.states import Move
from core.states.pages import MovePage
from core.ui.editing import RemovePage, RowPage
from providers.models import Provider
from regions.models import Region
from regions.queries.access import access_of

from ..domain import transition as domain
from ..domain.papers import FORMS, as_file
from ..domain.transition_paper import plan_document
from ..enums.transition import TRANSITION
from ..forms import transition as forms
from ..models import Contract, TransitionOffer, TransitionPlan, TransitionStep
from ..queries import transition as queries
from ..registers.transition import TRANSITIONS
from ..rules.contracts import can_manage_contracts, check_can_manage_contracts


@TRANSITIONS.page
def plan_list(request: HttpRequest, region: Region) -> HttpResponseBase:
    asked = forms.PlanFilter(request.GET)
    rows = queries.plans_visible_to(request.user).filter(region=region)
    if asked.is_valid():
        rows = queries.matching(rows, asked.cleaned_data["zoek"].strip())
        if asked.cleaned_data["stand"]:
            rows = rows.filter(state=asked.cleaned_data["stand"])
    context = {"filter": asked, "may_manage": can_manage_contracts(request.user, region)}
    return TRANSITIONS.answer(request, rows, "procurement/transitions.html", context)


def plan_page(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    plan = _plan(request, region, pk)
    user = request.user
    newest = queries.newest_count(plan)
    whole = queries.sees_whole_counts(user, plan)
    lines = queries.lines_visible_to(user, newest) if newest else ()
    manages = can_manage_contracts(user, region)
    steps = list(plan.steps.select_related("owner"))
    context = {
        "plan": plan,
        "TRANSITION": TRANSITION,
        "roles": access_of(user).roles_in(region.pk),
        "newest": newest,
        "numbers": queries.table_of(plan, lines),
        "sees_whole": whole,
        "counts": plan.counts.order_by("day") if whole else (),
        "steps": [(step, manages or step.owner_id == user.pk) for step in steps],
        "progress_text": f"{sum(s.done_on is not None for s in steps)} van {len(steps)}",
        "counted_note": f"geteld op {date_short(newest.day)}" if newest else "",
        "share": 100 * sum(s.done_on is not None for s in steps) // len(steps) if steps else 0,
        "offers": plan.offers.select_related("provider"),
        "alternatives": queries.alternatives_for(plan),
        "may_manage": manages,
        "may_change": manages and plan.state in domain.OPEN,
        "may_print": access_of(user).is_staff_of(region.pk),
        "today": clock.today(),
    }
    return render(request, "procurement/transition.html", context)


def _plan(request: HttpRequest, region: Region, pk: int) -> TransitionPlan:
    rows = queries.plans_visible_to(request.user).filter(region=region)
    return get_object_or_404(rows, pk=pk)


def plan_paper(request: HttpRequest, region: Region, pk: int, kind: str) -> HttpResponse:
    plan = _plan(request, region, pk)
    if kind not in FORMS or not access_of(request.user).is_staff_of(region.pk):
        raise Http404
    content, content_type = as_file(plan_document(plan), kind)
    answer = HttpResponse(content, content_type=content_type)
    name = f"overgangsplan-{slugify(plan.provider.name)}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
def count_again(request: HttpRequest, region: Region, pk: int) -> HttpResponse:
    check_can_manage_contracts(request.user, region)
    plan = _plan(request, region, pk)
    if domain.count_clients(plan=plan, by=request.user) is None:
        messages.warning(request, "Het aantal jeugdigen kan niet worden geteld.")
    else:
        messages.success(request, "De jeugdigen in zorg zijn opnieuw geteld.")
    return redirect("transition", region=region.slug, pk=plan.pk)


class Base:
    request: Any
    region: Any
    kwargs: dict[str, Any]
    row: Any = None

    def check(self) -> None:
        check_can_manage_contracts(self.request.user, self.region)

    def url(self, name: str, *args: Any) -> str:
        return reverse(name, args=[self.region.slug, *args])

    def plans(self) -> QuerySet[TransitionPlan]:
        return queries.plans_visible_to(self.request.user).filter(region=self.region)

    def back(self) -> str:
        kept = getattr(self, "saved", None) or self.row
        return self.url("transition", kept.pk) if kept else self.url("transitions")

    def way_back(self) -> list[tuple[str, str]]:
        here = [(str(self.row), self.back())] if self.row else []
        return [("Overgangsplannen", self.url("transitions")), *here]


class KeepPlan(Base, RowPage):
    noun = "overgangsplan"
    form_class = forms.PlanForm

    def rows(self) -> QuerySet[TransitionPlan]:
        return self.plans()

    def new_row(self) -> TransitionPlan:
        """Begun from a contract or a provider that the address names."""
        plan = TransitionPlan(region=self.region, starts_on=clock.today(), owner=self.request.user)
        contract = self._named(Contract, "contract")
        provider = contract.provider if contract else self._named(Provider, "aanbieder")
        if provider is not None:
            plan.provider = provider
        if contract is not None:
            plan.contract = contract
            plan.ends_on = contract.last_day or clock.today()
        return plan

    def _named(self, model: Any, name: str) -> Any:
        asked = self.request.GET.get(name, "")
        rows = model.objects.filter(region=self.region)
        return rows.filter(pk=int(asked)).first() if asked.isdecimal() else None

    def save(self, form: Any) -> TransitionPlan:
        return domain.keep_plan(plan=form.instance, by=self.request.user)


class MovePlan(Base, MovePage):
    table = TRANSITION

    def prepare(self) -> None:
        self.row = get_object_or_404(self.plans(), pk=self.kwargs["pk"])

    def roles(self) -> frozenset[str]:
        return access_of(self.request.user).roles_in(self.region.pk)

    def verb(self, move: Move, form: Any) -> Any:
        reason = form.cleaned_data["reason"]
        return domain.move_plan(plan=self.row, move=move.name, by=self.request.user, reason=reason)


class OfPlan(Base):
    """A step or an alternative: the address names the plan when it is new."""

    model: Any

    @property
    def plan(self) -> TransitionPlan:
        if "plan" in self.kwargs:
            return get_object_or_404(self.plans(), pk=self.kwargs["plan"])
        found: TransitionPlan = self.row.plan
        return found

    def rows(self) -> QuerySet[Any]:
        return self.model.objects.filter(plan__in=self.plans())

    def new_row(self) -> Any:
        return self.model(plan=self.plan)

    def save(self, form: Any) -> Any:
        return domain.keep_part(part=form.instance, by=self.request.user)

    def remove(self) -> None:
        domain.remove_part(part=self.row, by=self.request.user)

    def back(self) -> str:
        return self.url("transition", self.plan.pk)

    def way_back(self) -> list[tuple[str, str]]:
        here = (str(self.plan), self.back())
        return [("Overgangsplannen", self.url("transitions")), here]


class KeepStep(OfPlan, RowPage):
    noun = "stap"
    model = TransitionStep
    form_class = forms.StepForm

    def check(self) -> None:
        """Who has to set the step may note how far it is; the verb asks."""

    def prepare(self) -> None:
        super().prepare()
        if self.row is None or self.row.owner_id != self.request.user.pk:
            check_can_manage_contracts(self.request.user, self.region)


class RemoveStep(OfPlan, RemovePage):
    noun = "stap"
    model = TransitionStep


class KeepOffer(OfPlan, RowPage):
    """Another provider that takes over; the list of who could names one in the address."""

    noun = "alternatief"
    model = TransitionOffer
    form_class = forms.OfferForm

    def new_row(self) -> TransitionOffer:
        offer = TransitionOffer(plan=self.plan, from_day=clock.today())
        asked = self.request.GET.get("aanbieder", "")
        rows = Provider.objects.filter(region=self.region)
        found = rows.filter(pk=int(asked)).first() if asked.isdecimal() else None
        if found is not None:
            offer.provider = found
        offer.product_code = self.request.GET.get("product", "")[:5]
        return offer


class RemoveOffer(OfPlan, RemovePage):
    noun = "alternatief"
    model = TransitionOffer
