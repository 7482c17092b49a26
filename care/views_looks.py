"""Who looked at rows of single clients, for whoever must answer for it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.utils.timezone import localtime

from core.audit.models import Look
from core.ui import matches
from core.ui.forms import DayField
from core.ui.registers import Field, Register
from regions.models import Region

from .queries.looks import looks_visible_to, most_looked
from .rules import check_can_see_looks


def _moment(row: Look) -> str:
    return localtime(row.at).strftime("%Y-%m-%d %H:%M:%S")


LOOKS = Register(
    code="client-looks",
    title="Inzage in cliëntgegevens",
    sorting={"wanneer": "at", "wie": "user__name", "wat": "what", "rijen": "rows"},
    default="-wanneer",
    fields=(
        Field("Wanneer", _moment, "Nederlandse tijd."),
        Field("Wie", "user.name", "Leeg: het account is er niet meer.", width=30),
        Field("Account", "user.email", width=34),
        Field("Wat", "what"),
        Field("Rijen", "rows", "Hoeveel rijen zijn gegeven; van een bestand alle.", 0),
        Field("Gezocht op", "narrowed", "Leeg: op niets.", width=40),
        Field("Waarom", "reason", "Leeg: niet opgegeven.", width=40),
    ),
    notes=("Wat er in de rijen stond, bewaren we niet.",),
)


class LookFilter(forms.Form):
    zoek = forms.CharField(label="Wie of waarom", required=False)
    wat = forms.ChoiceField(label="Wat", required=False)
    vanaf = DayField(label="Vanaf", required=False)
    tot = DayField(label="Tot en met", required=False)

    def __init__(self, *args: Any, looks: Any) -> None:
        super().__init__(*args)
        kinds = looks.order_by("what").values_list("what", flat=True).distinct()
        self.fields["wat"].choices = [("", "alles"), *((k, k) for k in kinds)]  # type: ignore[attr-defined]

    def narrow(self, looks: Any) -> Any:
        if not self.is_valid():
            return looks
        given = self.cleaned_data
        looks = matches(looks, given["zoek"].strip(), ("user__name", "user__email", "reason"))
        asked = {
            "what": given["wat"],
            "at__date__gte": given["vanaf"],
            "at__date__lte": given["tot"],
        }
        return looks.filter(**{name: value for name, value in asked.items() if value})


@LOOKS.page
def looks(request: HttpRequest, region: Region) -> HttpResponseBase:
    """Newest first; who was given most rows of late stands above it."""
    check_can_see_looks(request.user, region.pk)
    every = looks_visible_to(request.user).filter(tenant_id=region.pk)
    asked = LookFilter(request.GET, looks=every)
    rows = asked.narrow(every).select_related("user")
    return LOOKS.answer(
        request, rows, "care/looks.html", {"filter": asked, "most": most_looked(every)}
    )
