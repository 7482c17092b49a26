"""Asking for the editions of a half-year."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from core import clock
from core.periods import HalfYear
from core.ui.forms import DayField
from core.users.models import User
from regions.models import Region
from regions.queries.membership import municipalities_of
from segments.models import SegmentScheme

from .domain.requesting import Wanted
from .enums import EditionKind
from .models import Milestone

YEARS_BACK = 4


def half_years(today_half: HalfYear) -> list[tuple[str, str]]:
    """The half-year that runs and those before it, newest first."""
    back = (today_half.shift(-step) for step in range(YEARS_BACK * 2))
    return [(half.label, half.title) for half in back]


MIRRORS = "spiegels"


class EditionsForm(forms.Form):
    """Which half-year, and which division into segments."""

    half_year = forms.ChoiceField(
        label="Halfjaar",
        help_text="Kies meestal het laatste halfjaar dat helemaal voorbij is.",
    )
    scheme = forms.ModelChoiceField(
        label="Indeling in segmenten",
        queryset=SegmentScheme.objects.none(),
        required=False,
        empty_label="de indeling die aan het eind van het halfjaar geldt",
        help_text="Met een indeling die later ingaat maakt u een nulmeting.",
    )

    which = forms.ChoiceField(
        label="Welke rapportages",
        choices=[
            ("", "voor raden, colleges en contractmanagers, met alle gemeenten"),
            (MIRRORS, "spiegels: voor elke aanbieder de eigen cijfers naast het segment"),
            *((k.value, k.label) for k in EditionKind if k.value in EditionKind.ON_REQUEST),
        ],
        required=False,
    )

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = HalfYear.of(clock.today())
        self.fields["half_year"].choices = half_years(now)  # type: ignore[attr-defined]
        self.fields["half_year"].initial = now.previous().label
        self.fields["scheme"].queryset = SegmentScheme.objects.filter(  # type: ignore[attr-defined]
            region=region
        ).order_by("-valid_from")

    def clean_half_year(self) -> HalfYear:
        return HalfYear.parse(self.cleaned_data["half_year"])

    @property
    def asked(self) -> dict[str, Any]:
        """As the verb asks for it."""
        which = self.cleaned_data["which"]
        return {
            "half_year": self.cleaned_data["half_year"],
            "scheme": self.cleaned_data["scheme"],
            "mirrors": which == MIRRORS,
            "only": (Wanted(which),) if which in EditionKind.ON_REQUEST else (),
        }


class MirrorsForm(forms.Form):
    half_year = forms.ChoiceField(
        label="Halfjaar",
        help_text="Elke aanbieder leest daarna de eigen spiegel, en alleen die.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = HalfYear.of(clock.today())
        self.fields["half_year"].choices = half_years(now)  # type: ignore[attr-defined]
        self.fields["half_year"].initial = now.previous().label

    def clean_half_year(self) -> HalfYear:
        return HalfYear.parse(self.cleaned_data["half_year"])


COLOUR = RegexValidator(r"^#[0-9a-fA-F]{6}$", "Schrijf een kleur als #08343d.")


class ThemeForm(forms.Form):
    name = forms.CharField(
        label="Naam op de omslag",
        max_length=60,
        required=False,
        help_text="Als die anders is dan de officiële naam, zoals gemeente Den Haag.",
    )
    primary = forms.CharField(
        label="Hoofdkleur",
        max_length=7,
        validators=[COLOUR],
        help_text="Voor omslag en koppen, zoals #08343d. Wit moet er goed op te lezen zijn.",
    )
    accent = forms.CharField(
        label="Steunkleur",
        max_length=7,
        validators=[COLOUR],
        help_text="Voor de baan op de omslag, zoals #f4b942.",
    )
    arms = forms.FileField(
        label="Wapen of beeldmerk",
        required=False,
        help_text="Een SVG of PNG van ten hoogste 400 kB.",
        widget=forms.FileInput(attrs={"accept": ".svg,.png"}),
    )
    without_arms = forms.BooleanField(label="Het wapen weghalen", required=False)


class EditionFilter(forms.Form):
    """Which editions to list."""

    half_year = forms.ChoiceField(label="Halfjaar", required=False)
    kind = forms.ChoiceField(label="Soort", required=False)
    old = forms.BooleanField(label="Ook eerdere versies", required=False)

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        halves = sorted(set(rows.values_list("half_year", flat=True)), reverse=True)
        kinds = set(rows.values_list("kind", flat=True))
        self.fields["half_year"].choices = [  # type: ignore[attr-defined]
            ("", "alle"),
            *((label, HalfYear.parse(label).title) for label in halves),
        ]
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            ("", "alle"),
            *((value, label) for value, label in EditionKind.choices if value in kinds),
        ]

    def narrow(self, rows: Any) -> Any:
        """The rows that fit; an unknown choice narrows nothing."""
        if not self.is_valid():
            return rows
        asked = self.cleaned_data
        for name in ("half_year", "kind"):
            if asked[name]:
                rows = rows.filter(**{name: asked[name]})
        return rows


def paragraphs(rows: int = 6) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class PassageForm(forms.Form):
    template = forms.CharField(
        label="Tekst",
        required=False,
        max_length=6000,
        widget=paragraphs(8),
        help_text=(
            "Schrijf een cijfer als {naam}, met een naam uit de lijst hieronder. Laat het veld "
            "leeg om de alinea weg te laten."
        ),
    )


class CommentForm(forms.Form):
    text = forms.CharField(label="Opmerking", max_length=4000, widget=paragraphs())


class AboutForm(forms.Form):
    """A form that shows what it is about."""

    def __init__(self, *args: Any, about: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first = next(iter(self.fields.values()))
        first.help_text = f"Het gaat om: “{about}”"


class AnswerForm(AboutForm):
    answer = forms.CharField(label="Wat is ermee gedaan?", max_length=4000, widget=paragraphs(4))


class QuestionAnswerForm(AboutForm):
    text = forms.CharField(label="Antwoord", max_length=8000, widget=paragraphs())


class AdoptionForm(forms.Form):
    decided_on = DayField(label="Besloten op")
    reference = forms.CharField(label="Kenmerk van het besluit", required=False, max_length=120)


class CorrectionForm(forms.Form):
    reason = forms.CharField(
        label="Waarom is een correctie nodig?",
        max_length=2000,
        widget=paragraphs(4),
        help_text="Dit leest iedereen die de nieuwe versie opent.",
    )


class QuestionForm(forms.Form):
    chapter = forms.ChoiceField(label="Over welk onderdeel gaat uw vraag?")
    text = forms.CharField(label="Uw vraag", max_length=4000, widget=paragraphs())

    def __init__(self, *args: Any, chapters: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chapter"].choices = chapters  # type: ignore[attr-defined]


class CycleForm(forms.Form):
    half_year = forms.ChoiceField(label="Halfjaar")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = HalfYear.of(clock.today())
        self.fields["half_year"].choices = half_years(now)  # type: ignore[attr-defined]
        self.fields["half_year"].initial = now.label

    def clean_half_year(self) -> HalfYear:
        return HalfYear.parse(self.cleaned_data["half_year"])


class MilestoneForm(forms.ModelForm):
    due = DayField(label="Gepland op")
    done_on = DayField(label="Gedaan op", required=False)
    municipality = forms.ChoiceField(label="Gemeente", required=False)

    class Meta:
        model = Milestone
        fields = ("kind", "municipality", "due", "owner", "team", "done_on", "note")

    def __init__(self, *args: Any, region: Region, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = municipalities_of(region).order_by("name").values_list("gm_code", "name")
        self.fields["municipality"].choices = [("", "de hele regio"), *members]  # type: ignore[attr-defined]
        self.fields["owner"].queryset = User.objects.filter(  # type: ignore[attr-defined]
            role_assignments__region=region, is_active=True
        ).distinct()
