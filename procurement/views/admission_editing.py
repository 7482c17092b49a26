"""Writing an application, its judgement and the rules of the open house in the browser."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from core.errors import NotAllowed
from core.states import Move
from core.states.pages import MovePage
from core.ui.editing import FormPage, RemovePage, RowPage
from regions.queries.access import access_of

from ..domain import admission as domain
from ..domain import objections, open_house
from ..enums.admission import ADMISSION, OBJECTION
from ..forms import admission as forms
from ..models import (
    Admission,
    AdmissionObjection,
    EligibilityRequirement,
    Evidence,
    OpenHouse,
)
from ..queries import admission as queries
from ..rules.contracts import can_manage_contracts, check_can_judge, check_can_manage_contracts


class Base:
    request: Any
    region: Any
    kwargs: dict[str, Any]
    row: Any = None

    def url(self, name: str, *args: Any) -> str:
        return reverse(name, args=[self.region.slug, *args])

    def admissions(self) -> QuerySet[Admission]:
        return queries.admissions_visible_to(self.request.user).filter(region=self.region)

    def check_applicant(self) -> None:
        access = access_of(self.request.user)
        own = access.provider_organisations_in(self.region.pk)
        if not own and not can_manage_contracts(self.request.user, self.region):
            raise NotAllowed(
                "Alleen een aanbieder, contractmanager of regiobeheerder vraagt een toelating aan."
            )


class OfAdmission(Base):
    """A page below one admission."""

    admission: Admission

    def prepare(self) -> None:
        self.admission = get_object_or_404(self.admissions(), pk=self.kwargs["pk"])

    def back(self) -> str:
        return self.url("admission", self.admission.pk)

    def way_back(self) -> list[tuple[str, str]]:
        return [
            ("Toelatingen", self.url("admissions")),
            (str(self.admission.provider), self.back()),
        ]


class Apply(Base, FormPage):
    form_class = forms.ApplyForm
    submit = "Aanvraag beginnen"
    done = "De aanvraag is begonnen. Beantwoord de eisen en dien haar in."

    def check(self) -> None:
        self.check_applicant()

    def title(self) -> str:
        return "Toelating aanvragen"

    def form_arguments(self) -> dict[str, Any]:
        return {"region": self.region, "user": self.request.user}

    def save(self, form: Any) -> Admission:
        return domain.apply_for(by=self.request.user, **form.cleaned_data)

    def back(self) -> str:
        saved = getattr(self, "saved", None)
        return self.url("admission", saved.pk) if saved else self.url("admissions")

    def way_back(self) -> list[tuple[str, str]]:
        return [("Toelatingen", self.url("admissions"))]


class KeepPlan(OfAdmission, FormPage):
    form_class = forms.PlanForm

    def check(self) -> None:
        self.check_applicant()

    def title(self) -> str:
        return "Plan van aanpak"

    def form_arguments(self) -> dict[str, Any]:
        return {"instance": self.admission}

    def save(self, form: Any) -> Admission:
        return domain.keep_plan(admission=form.instance, by=self.request.user)


class Answer(OfAdmission, FormPage):
    """What the applicant shows for one requirement."""

    form_class = forms.AnswerForm
    evidence: Evidence

    def check(self) -> None:
        self.check_applicant()

    def prepare(self) -> None:
        rows = Evidence.objects.filter(admission__in=self.admissions())
        self.evidence = get_object_or_404(
            rows.select_related("requirement", "admission__provider"), pk=self.kwargs["pk"]
        )
        self.admission = self.evidence.admission

    def title(self) -> str:
        return f"Eis {self.evidence.requirement.code}"

    def extra(self) -> dict[str, Any]:
        return {"intro": self.evidence.requirement.text}

    def form_arguments(self) -> dict[str, Any]:
        return {"instance": self.evidence}

    def save(self, form: Any) -> Evidence:
        return domain.answer(evidence=form.instance, by=self.request.user)


class Judge(OfAdmission, FormPage):
    """One's own score for one requirement."""

    form_class = forms.JudgeForm
    evidence: Evidence

    def check(self) -> None:
        check_can_judge(self.request.user, self.region)

    prepare = Answer.prepare
    extra = Answer.extra

    def title(self) -> str:
        return f"Eis {self.evidence.requirement.code} beoordelen"

    def form_arguments(self) -> dict[str, Any]:
        own = self.admission.judgements.filter(
            requirement=self.evidence.requirement,
            round=self.admission.round,
            assessor=self.request.user,
        ).first()
        given = {"score": own.score, "motivation": own.motivation} if own else {}
        return {"initial": given, "least": self.evidence.requirement.least_score}

    def save(self, form: Any) -> Any:
        return domain.judge(
            admission=self.admission,
            requirement=self.evidence.requirement,
            by=self.request.user,
            **form.cleaned_data,
        )


class Moves(OfAdmission, MovePage):
    def check(self) -> None:
        ways = [move for move in self.table.moves if move.name == self.kwargs["move"]]
        if not ways:
            raise Http404
        if not any(set(move.who) & self.roles() for move in ways):
            raise NotAllowed(f"Uw rol mag deze stap niet zetten: {ways[0].label.lower()}.")

    def roles(self) -> frozenset[str]:
        return access_of(self.request.user).roles_in(self.region.pk)


class MoveAdmission(Moves):
    table = ADMISSION
    form_class = forms.AdmissionMoveForm

    def prepare(self) -> None:
        super().prepare()
        self.row = self.admission
        self.move  # noqa: B018 -- refuses at once what cannot be

    def verb(self, move: Move, form: Any) -> Any:
        return domain.move_admission(
            admission=self.admission, move=move.name, by=self.request.user, **form.cleaned_data
        )


class MoveObjection(Moves):
    table = OBJECTION

    def prepare(self) -> None:
        rows = queries.objections_visible_to(self.request.user)
        self.row = get_object_or_404(
            rows.filter(admission__region=self.region), pk=self.kwargs["pk"]
        )
        self.admission = self.row.admission
        self.move  # noqa: B018 -- refuses at once what cannot be

    def verb(self, move: Move, form: Any) -> Any:
        reason = form.cleaned_data["reason"]
        return objections.move_objection(
            objection=self.row, move=move.name, by=self.request.user, reason=reason
        )


class ObjectTo(OfAdmission, FormPage):
    """Registers an objection that came in against a letter."""

    form_class = forms.ObjectionForm
    letter: Any

    def check(self) -> None:
        check_can_manage_contracts(self.request.user, self.region)

    def prepare(self) -> None:
        rows = queries.letters_visible_to(self.request.user)
        self.letter = get_object_or_404(
            rows.filter(admission__region=self.region), pk=self.kwargs["pk"]
        )
        self.admission = self.letter.admission

    def title(self) -> str:
        return "Bezwaar vastleggen"

    def form_arguments(self) -> dict[str, Any]:
        return {"instance": AdmissionObjection(admission=self.admission, letter=self.letter)}

    def save(self, form: Any) -> AdmissionObjection:
        return objections.object_to(
            letter=self.letter, by=self.request.user,
            received_on=form.cleaned_data["received_on"], grounds=form.cleaned_data["grounds"],
        )  # fmt: skip


class OfOpenHouse(Base):
    """The rules of the open house: its state and the requirements."""

    def check(self) -> None:
        check_can_manage_contracts(self.request.user, self.region)

    def back(self) -> str:
        return self.url("open-house")

    def way_back(self) -> list[tuple[str, str]]:
        return [("Toelatingen", self.url("admissions")), ("Open house", self.back())]

    def form_arguments(self) -> dict[str, Any]:
        arguments: dict[str, Any] = super().form_arguments()  # type: ignore[misc]
        return {**arguments, "user": self.request.user}

    def remove(self) -> None:
        open_house.remove_row(row=self.row, by=self.request.user)


class KeepOpenHouse(OfOpenHouse, RowPage):
    noun = "stand van de toelating"
    form_class = forms.OpenHouseForm

    def rows(self) -> QuerySet[OpenHouse]:
        return OpenHouse.objects.filter(region=self.region)

    def new_row(self) -> OpenHouse:
        return OpenHouse(region=self.region)

    def save(self, form: Any) -> OpenHouse:
        missing = form.cleaned_data["missing"]
        return open_house.keep_open_house(
            house=form.instance, missing=missing, by=self.request.user
        )


class RemoveOpenHouse(OfOpenHouse, RemovePage):
    noun = "stand van de toelating"
    rows = KeepOpenHouse.rows


class KeepRequirement(OfOpenHouse, RowPage):
    noun = "eis"
    form_class = forms.RequirementForm

    def rows(self) -> QuerySet[EligibilityRequirement]:
        return EligibilityRequirement.objects.filter(region=self.region)

    def new_row(self) -> EligibilityRequirement:
        return EligibilityRequirement(region=self.region)

    def save(self, form: Any) -> EligibilityRequirement:
        return open_house.keep_requirement(requirement=form.instance, by=self.request.user)


class RemoveRequirement(OfOpenHouse, RemovePage):
    noun = "eis"
    rows = KeepRequirement.rows
