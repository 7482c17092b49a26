"""Filters that people keep: for themselves, or for their team."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from core.errors import DomainError
from core.tasks.api import memberships_of, role_label

from .models import SavedFilter

MOST = 50


def visible_to(user: Any, tenant_id: int) -> QuerySet[SavedFilter]:
    """The user's own, and those that colleagues in the same role share."""
    roles = {m.role for m in memberships_of(user) if m.tenant_id == tenant_id}
    mine = Q(user=user.pk) | Q(team__in=roles)
    return SavedFilter.objects.filter(mine, tenant_id=tenant_id).select_related("user")


def of_register(request: Any, register: str) -> list[SavedFilter]:
    """The filters of one register that the user may use; asked once per request."""
    known: dict[str, list[SavedFilter]] = request.__dict__.setdefault("_saved_filters", {})
    if register not in known:
        rows = visible_to(request.user, request.place.tenant_id)
        known[register] = list(rows.filter(register=register))
    return known[register]


def default_of(request: Any, register: str) -> str:
    mine = (row for row in of_register(request, register) if row.user_id == request.user.pk)
    return next((row.query for row in mine if row.is_default), "")


@dataclass(frozen=True)
class ShownFilter:
    row: SavedFilter
    is_mine: bool
    is_current: bool


def shown_to(request: Any, register: str, query: str) -> list[ShownFilter]:
    rows = of_register(request, register)
    return [ShownFilter(row, row.user_id == request.user.pk, row.query == query) for row in rows]


def teams_of(request: Any) -> list[tuple[str, str]]:
    joined = memberships_of(request.user)
    roles = {m.role for m in joined if m.tenant_id == request.place.tenant_id}
    return [(role, role_label(role)) for role in sorted(roles)]


class SaveForm(forms.ModelForm):
    class Meta:
        model = SavedFilter
        fields = ("register", "name", "query", "team", "is_default")


@transaction.atomic
def keep(*, user: Any, tenant_id: int, values: dict[str, Any]) -> SavedFilter:
    """Keep a filter under a name; the same name again replaces it. One default per register."""
    own = SavedFilter.objects.filter(user=user, tenant_id=tenant_id, register=values["register"])
    roles = {m.role for m in memberships_of(user) if m.tenant_id == tenant_id}
    if values["team"] and values["team"] not in roles:
        raise DomainError("U kunt een filter alleen delen met uw eigen team.", code="niet-uw-team")
    if own.exclude(name=values["name"]).count() >= MOST:
        raise DomainError("U hebt al 50 filters bewaard. Verwijder er eerst een.", code="te-veel")
    if values["is_default"]:
        own.update(is_default=False)
    row, _ = SavedFilter.objects.update_or_create(
        user=user,
        tenant_id=tenant_id,
        register=values["register"],
        name=values["name"],
        defaults={name: values[name] for name in ("query", "team", "is_default")},
    )
    return row


@require_POST
def save_filter(request: HttpRequest, region: Any) -> HttpResponse:
    form = SaveForm(request.POST)
    if not form.is_valid():
        raise DomainError(
            "Geef het filter een naam van hoogstens 80 tekens.", code="naam-ontbreekt"
        )
    keep(user=request.user, tenant_id=region.pk, values=form.cleaned_data)
    return _back(request, f"?{form.cleaned_data['query']}")


@require_POST
def remove_filter(request: HttpRequest, region: Any, pk: int) -> HttpResponse:
    mine = SavedFilter.objects.filter(user=request.user.pk, tenant_id=region.pk)
    get_object_or_404(mine, pk=pk).delete()
    return _back(request, "?alles=ja")


def _back(request: HttpRequest, query: str) -> HttpResponse:
    """To the register that was on screen; only within the site."""
    page = request.POST.get("page", "")
    inside = page.startswith("/") and url_has_allowed_host_and_scheme(page, allowed_hosts=None)
    return redirect(f"{page}{query}" if inside else "start")
