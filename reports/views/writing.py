"""Writing, commenting, adopting: the pages of an edition before it is published."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from core.states import Move
from core.states.pages import MovePage
from core.ui.editing import FormPage
from regions.models import Region
from regions.queries.access import access_of

from .. import forms as own_forms
from ..domain.adopting import (
    colleges_of,
    move_edition,
    record_adoption,
    start_correction,
)
from ..domain.authoring import answer_comment, comment, restore_made, template_of, write_passage
from ..domain.binding import bind
from ..domain.passages import Place, figures_for, place_of
from ..domain.readability import readability
from ..enums import EDITION
from ..models import Comment, Edition
from ..queries.texts import changed_since, last_laid_before, made_content, places_now, text_at
from ..rules import (
    can_adopt_for,
    can_comment,
    can_write,
    check_can_answer_comments,
    check_can_comment,
    check_can_make_editions,
    check_can_write,
    is_staff,
)
from .pages import find_edition


def texts(request: HttpRequest, region: Region, pk: UUID) -> HttpResponse:
    """Every place with its text, its comments, and how easily it reads."""
    found = find_edition(request, region, pk)
    if not (is_staff(request.user, found) or can_comment(request.user, found)):
        raise Http404("teksten niet zichtbaar")
    rows = places_now(found)
    moment = last_laid_before(found)
    context = {
        "edition": found,
        "rows": rows,
        "table": EDITION,
        "roles": access_of(request.user).roles_in(region.pk),
        "readability": readability(*(row.text for row in rows)),
        "changes": changed_since(found, moment),
        "changes_since": moment,
        "colleges": _colleges(request, found),
        "open_comments": sum(row.open_comments for row in rows),
        "may_write": can_write(request.user, found),
        "may_comment": can_comment(request.user, found),
        "is_staff": is_staff(request.user, found),
    }
    return render(request, "reports/texts.html", context)


def _colleges(request: HttpRequest, edition: Edition) -> list[dict[str, Any]]:
    """Each college that adopts: its decision, or whether this user may record it."""
    decided = {row.municipality: row for row in edition.adoptions.all()}
    return [
        {
            "code": code,
            "name": name,
            "adoption": decided.get(code),
            "may_record": can_adopt_for(request.user, edition, code),
        }
        for code, name in colleges_of(edition).items()
    ]


class OfEdition(FormPage):
    """A page with one form about an edition."""

    edition: Edition

    def check(self) -> None:
        """Found first (404), then asked whether this user may."""
        self.edition = find_edition(self.request, self.region, self.kwargs["pk"])
        self.check_edition()

    def check_edition(self) -> None:
        raise NotImplementedError

    def url(self, name: str, *words: Any) -> str:
        return reverse(name, args=[self.region.slug, self.edition.pk, *words])

    def back(self) -> str:
        return self.url("edition-texts")

    def way_back(self) -> list[tuple[str, str]]:
        return [
            ("Rapportages", reverse("editions", args=[self.region.slug])),
            (self.edition.title, self.url("edition")),
            ("Tekst en vaststelling", self.url("edition-texts")),
        ]


class AtPlace(OfEdition):
    """A form about one place of the edition."""

    place: Place

    def prepare(self) -> None:
        place = place_of(made_content(self.edition), self.kwargs["key"])
        if place is None:
            raise Http404("onbekende alinea")
        self.place = place

    def title(self) -> str:
        return self.place.title

    def back(self) -> str:
        return f"{self.url('edition-texts')}#{self.place.key}"


class WritePassage(AtPlace):
    """Rewrite a made sentence or fill an empty place; figures are chosen from a list."""

    template = "reports/write.html"
    form_class = own_forms.PassageForm
    done = "De tekst is bewaard."

    def check_edition(self) -> None:
        check_can_write(self.request.user, self.edition)

    @property
    def passage(self) -> Any:
        return self.edition.passages.filter(key=self.place.key).order_by("-version").first()

    def form_arguments(self) -> dict[str, Any]:
        return {"initial": {"template": template_of(self.place, self.passage)}}

    def save(self, form: Any) -> Any:
        if "restore" in self.request.POST:
            return restore_made(edition=self.edition, key=self.place.key, by=self.request.user)
        return write_passage(
            edition=self.edition,
            key=self.place.key,
            template=form.cleaned_data["template"],
            by=self.request.user,
        )

    def extra(self) -> dict[str, Any]:
        numbered = [(f"{{{n}}}", v) for n, v in enumerate(bind(self.place.made).values, start=1)]
        content = made_content(self.edition)
        named = figures_for(content, self.place.segment).items()
        return {
            "edition": self.edition,
            "place": self.place,
            "figures": [*numbered, *((f"{{{name}}}", value) for name, value in named)],
            "history": self.edition.passages.filter(key=self.place.key)
            .select_related("by")
            .order_by("-version"),
        }


class WriteComment(AtPlace):
    """Put a remark at a place."""

    form_class = own_forms.CommentForm
    submit = "Opmerking plaatsen"
    done = "De opmerking is geplaatst."

    def check_edition(self) -> None:
        check_can_comment(self.request.user, self.edition)

    def title(self) -> str:
        return f"Opmerking bij: {self.place.title}"

    def extra(self) -> dict[str, Any]:
        return {"intro": text_at(self.edition, self.place)}

    def save(self, form: Any) -> Any:
        text = form.cleaned_data["text"]
        return comment(edition=self.edition, key=self.place.key, text=text, by=self.request.user)


class AnswerComment(OfEdition):
    """Say what was done with a remark."""

    form_class = own_forms.AnswerForm
    submit = "Verwerkt"
    done = "De opmerking is verwerkt."
    row: Comment

    def check_edition(self) -> None:
        check_can_answer_comments(self.request.user, self.edition)

    def prepare(self) -> None:
        self.row = get_object_or_404(self.edition.comments, pk=self.kwargs["comment"])

    def title(self) -> str:
        return "Opmerking verwerken"

    def form_arguments(self) -> dict[str, Any]:
        return {"about": self.row.text}

    def save(self, form: Any) -> Any:
        answer = form.cleaned_data["answer"]
        return answer_comment(comment=self.row, answer=answer, by=self.request.user)


class RecordAdoption(OfEdition):
    """Write down the decision of a college."""

    form_class = own_forms.AdoptionForm
    submit = "Besluit vastleggen"
    done = "Het besluit is vastgelegd."
    name = ""

    def check_edition(self) -> None:
        code = self.kwargs["municipality"]
        names = colleges_of(self.edition)
        if code not in names or not can_adopt_for(self.request.user, self.edition, code):
            raise Http404("geen besluit van dit college")
        self.name = names[code]

    def title(self) -> str:
        return f"Besluit van het college van {self.name}"

    def save(self, form: Any) -> Any:
        return record_adoption(
            edition=self.edition,
            municipality=self.kwargs["municipality"],
            by=self.request.user,
            **form.cleaned_data,
        )


class StartCorrection(OfEdition):
    """Begin a corrected version beside a published edition."""

    form_class = own_forms.CorrectionForm
    submit = "Correctie beginnen"
    done = "Er ligt een nieuw concept. De gepubliceerde versie blijft staan tot u dit publiceert."

    def check_edition(self) -> None:
        check_can_make_editions(self.request.user, self.region)

    def title(self) -> str:
        return "Corrigeren"

    def back(self) -> str:
        draft = getattr(self, "saved", None)
        if draft is None:
            return self.url("edition-texts")
        return reverse("edition-texts", args=[self.region.slug, draft.pk])

    def save(self, form: Any) -> Any:
        reason = form.cleaned_data["reason"]
        return start_correction(edition=self.edition, reason=reason, by=self.request.user)


class MoveEdition(MovePage):
    """One step of an edition, with a reason where that is asked."""

    table = EDITION
    row: Edition

    def prepare(self) -> None:
        self.row = find_edition(self.request, self.region, self.kwargs["pk"])

    def roles(self) -> frozenset[str]:
        return access_of(self.request.user).roles_in(self.region.pk)

    def back(self) -> str:
        return reverse("edition", args=[self.region.slug, self.row.pk])

    def way_back(self) -> list[tuple[str, str]]:
        return [
            ("Rapportages", reverse("editions", args=[self.region.slug])),
            (self.row.title, self.back()),
        ]

    def verb(self, move: Move, form: forms.Form) -> Any:
        reason = form.cleaned_data["reason"]
        return move_edition(edition=self.row, move=move.name, by=self.request.user, reason=reason)
