"""Who looked at rows of single clients, for whoever must answer for it."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localtime

from core.audit.models import Look
from core.ui import matches
from core.ui.editing import FormPage
from core.ui.forms import DayField
from core.ui.registers import Field, Register
from regions.models import Region

from .forms import WhyForm
from .queries.looks import looks_visible_to, most_looked
from .rules import check_can_see_looks, check_can_see_rows_of
from .why import keep_why, said_why


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


class SayWhy(FormPage):
    """Asks what rows of clients are for, and leads back to the page that shows them."""

    form_class = WhyForm
    submit = "Verder"
    done = "Vandaag staat dit bij elke inzage die u doet."

    def check(self) -> None:
        check_can_see_rows_of(self.request.user, self.region.pk)

    def title(self) -> str:
        return "Waarvoor bekijkt u deze gegevens?"

    def extra(self) -> dict[str, Any]:
        said = said_why(self.request.session, self.region)
        if said:
            return {"intro": INTRO, "note": f"U zei vandaag eerder: {said}."}
        # The page behind it would only ask again.
        return {"intro": INTRO, "back": reverse("home", args=[self.region.slug])}

    def back(self) -> str:
        asked = self.request.GET.get("terug", "")
        own = url_has_allowed_host_and_scheme(asked, {self.request.get_host()})
        return asked if own else reverse("home", args=[self.region.slug])

    def save(self, form: WhyForm) -> None:
        keep_why(self.request.session, self.region, form.why())


INTRO = (
    "Hier staan gegevens over afzonderlijke jeugdigen, zonder naam. Zeg eerst waarvoor u ze nodig "
    "hebt. De beheerder van de regio ziet wie wat bekeek, wanneer en waarvoor. Uw antwoord geldt "
    "vandaag, of tot u iets anders kiest."
)
