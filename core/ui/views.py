"""The gallery of components, for who builds pages."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from core.charts import SHARE, LineChart, NormBand, Series

from .forms import DayField, EuroField, PercentField
from .registry import Tone
from .tables import Sorting


class ExampleForm(forms.Form):
    """Every kind of control, with one error to show how that looks."""

    name = forms.CharField(label="Naam", help_text="Zoals in het handelsregister.")
    kind = forms.ChoiceField(label="Soort", choices=[("a", "aanbieder"), ("b", "praktijk")])
    since = DayField(label="Vanaf")
    amount = EuroField(label="Bedrag", required=False)
    share = PercentField(label="Aandeel", required=False)
    note = forms.CharField(label="Toelichting", widget=forms.Textarea, required=False)
    parts = forms.MultipleChoiceField(
        label="Onderdelen",
        choices=[("1", "ambulant"), ("2", "verblijf")],
        widget=forms.CheckboxSelectMultiple,
    )
    agree = forms.BooleanField(label="Ik heb dit gecontroleerd")


def gallery(request: HttpRequest) -> HttpResponse:
    """Shown while developing, and to application administrators."""
    if not (settings.DEBUG or getattr(request.user, "is_staff", False)):
        raise Http404
    return render(request, "ui/gallery.html", examples(request))


def examples(request: HttpRequest) -> dict[str, Any]:
    filled = {"name": "", "kind": "a", "since": "2026-01-01", "amount": "1.234,50", "share": "12,5"}
    return {
        "tones": list(Tone),
        "form": ExampleForm(filled),
        "page": Paginator(range(430), 50).get_page(request.GET.get("pagina") or 3),
        "sorting": Sorting(request, {"naam": "name", "omzet": "amount"}, "naam"),
        "start": date(2026, 1, 1),
        "end": date(2029, 1, 1),
        "amount": Decimal("6167100.00"),
        "chart": example_chart(),
        "tabs": [("Overzicht", "#overzicht", True), ("Contracten", "#contracten", False)],
    }


def example_chart() -> LineChart:
    return LineChart(
        title="Uitval per halfjaar",
        periods=("2024-H1", "2024-H2", "2025-H1", "2025-H2"),
        series=(Series("Regio", (0.12, 0.13, 0.11, 0.1)),),
        unit=SHARE,
        band=NormBand("norm", 0.08, 0.12),
    )
