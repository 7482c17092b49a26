"""Writing the parts of a contract down, revising them, and taking steps."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from core.states import Move
from core.states.pages import MovePage
from core.ui.editing import FormPage, RemovePage, RowPage

from ..domain import extending, judging, revising
from ..domain.moves import WORKFLOWS, Workflow, make_move
from ..domain.parts import HEAD, PARTS, PartKind, plain_value
from ..enums.contracts import ChangeAction
from ..forms import moves as move_forms
from ..forms.parts import CHANGE_FORMS, PART_FORMS, form_of
from ..models import (
    Contract,
    ContractExtension,
    ContractRevision,
    ExtensionTest,
    RevisionChange,
    Sanction,
)
from ..rules.contracts import roles_about
from .editing import OfContract, OfContracts, OfParts

AGREED_NOTE = (
    "Dit contract is gesloten. Hier herstelt u wat verkeerd is opgeschreven; verandert de afspraak "
    "zelf, maak dan een herziening."
)


class OfPart(OfContract):
    """A part of the kind that the address names."""

    @property
    def kind(self) -> PartKind:
        kind = PARTS.get(self.kwargs["part"])
        if kind is None:
            raise Http404
        return kind

    def rows(self) -> QuerySet[Any]:
        return self.kind.model._default_manager.filter(contract__in=self.contracts())

    def new_row(self) -> Any:
        return self.kind.new(self.contract)


class KeepPart(OfPart, RowPage):
    def title(self) -> str:
        return f"{self.kind.noun.capitalize()} {'wijzigen' if self.row else 'toevoegen'}"

    @property
    def form_class(self) -> Any:  # type: ignore[override]
        return PART_FORMS[self.kind.code]

    def extra(self) -> dict[str, Any]:
        return {"note": AGREED_NOTE if self.contract.status != "draft" else ""}


class RemovePart(OfPart, RemovePage):
    def title(self) -> str:
        return f"{self.kind.noun.capitalize()} verwijderen"


class KeepSanction(OfContract, RowPage):
    noun = "sanctie"
    model = Sanction
    form_class = form_of(Sanction, ("kind", "ground", "starts_on", "ends_on", "amount"))

    def save(self, form: Any) -> Any:
        return judging.keep_sanction(sanction=form.instance, by=self.request.user)


class KeepRevision(OfContract, RowPage):
    noun = "herziening"
    model = ContractRevision
    form_class = move_forms.RevisionForm

    def save(self, form: Any) -> Any:
        return revising.keep_revision(revision=form.instance, by=self.request.user)

    def back(self) -> str:
        kept = getattr(self, "saved", None) or self.row
        return self.url("revision", kept.pk) if kept else super().back()


class OfRevision(OfParts):
    """A page about one revision that is still a draft."""

    revision: ContractRevision

    def prepare(self) -> None:
        rows = ContractRevision.objects.filter(contract__in=self.contracts())
        self.revision = get_object_or_404(rows, pk=self.kwargs["revision"])

    def back(self) -> str:
        return self.url("revision", self.revision.pk)

    def way_back(self) -> list[tuple[str, str]]:
        contract = self.revision.contract
        here = (contract.number, self.url("contract", contract.pk))
        return [*super().way_back(), here, (f"Herziening {self.revision.number}", self.back())]


class KeepChange(OfRevision, FormPage):
    """One change in a revision: a part that comes, or the row `pk` that changes."""

    submit = "In de herziening zetten"

    def prepare(self) -> None:
        super().prepare()
        code = self.kwargs["part"]
        if code not in CHANGE_FORMS:
            raise Http404
        self.target: Any = None
        if "pk" in self.kwargs:
            rows = PARTS[code].rows(self.revision.contract)
            self.target = get_object_or_404(rows, pk=self.kwargs["pk"])

    def form(self) -> Any:
        code, contract = self.kwargs["part"], self.revision.contract
        instance = contract if code == HEAD else self.target or PARTS[code].new(contract)
        if self.request.method == "POST":
            return CHANGE_FORMS[code](self.request.POST, instance=instance)
        lists = revising.put_drafted(revision=self.revision, part=code, row=instance)
        return CHANGE_FORMS[code](instance=instance, initial=lists)

    def title(self) -> str:
        code = self.kwargs["part"]
        if code == HEAD:
            return "Algemene afspraken herzien"
        noun = PARTS[code].noun.capitalize()
        return f"{noun} herzien" if self.target else f"{noun} toevoegen"

    def save(self, form: Any) -> Any:
        values = {name: form_value(form, name) for name in form.fields}
        new = self.target is None and self.kwargs["part"] != HEAD
        return revising.add_change(
            revision=self.revision,
            part=self.kwargs["part"],
            action=ChangeAction.ADD if new else ChangeAction.CHANGE,
            target=self.target,
            values=values,
            by=self.request.user,
        )


def form_value(form: Any, name: str) -> Any:
    """What the form says of a field, as plain JSON."""
    value = form.cleaned_data[name]
    if hasattr(value, "values_list"):
        return sorted(value.values_list("pk", flat=True))
    return plain_value(form.instance, name)


class EndPart(OfRevision, RemovePage):
    """Writes into a revision that a part ends."""

    def prepare(self) -> None:
        super().prepare()
        kind = PARTS.get(self.kwargs["part"])
        if kind is None:
            raise Http404
        self.row = get_object_or_404(kind.rows(self.revision.contract), pk=self.kwargs["pk"])

    def title(self) -> str:
        return f"Laten vervallen: {PARTS[self.kwargs['part']].title(self.row)}"

    def remove(self) -> None:
        revising.add_change(
            revision=self.revision,
            part=self.kwargs["part"],
            action=ChangeAction.END,
            target=self.row,
            by=self.request.user,
        )


class RemoveChange(OfParts, RemovePage):
    noun = "wijziging"

    def rows(self) -> QuerySet[RevisionChange]:
        return RevisionChange.objects.filter(revision__contract__in=self.contracts())

    def remove(self) -> None:
        revising.remove_change(change=self.row, by=self.request.user)

    def back(self) -> str:
        return self.url("revision", self.row.revision_id)


class ProposeExtension(OfContract, RowPage):
    noun = "verlenging"
    model = ContractExtension
    form_class = move_forms.ExtensionForm
    submit = "Voorstellen"

    def title(self) -> str:
        return "Verlenging voorstellen"

    def save(self, form: Any) -> Any:
        return extending.propose_extension(
            contract=self.contract, by=self.request.user, **form.cleaned_data
        )


class RecordTest(OfContracts, FormPage):
    """The outcome of a test on which an extension depends."""

    form_class = move_forms.TestForm

    def prepare(self) -> None:
        rows = ContractExtension.objects.filter(contract__in=self.contracts())
        self.extension = get_object_or_404(rows, pk=self.kwargs["pk"])

    def form_arguments(self) -> dict[str, Any]:
        return {"instance": ExtensionTest(extension=self.extension)}

    def title(self) -> str:
        return "Toets vastleggen"

    def save(self, form: Any) -> Any:
        return extending.record_test(
            extension=self.extension, by=self.request.user, **form.cleaned_data
        )

    def back(self) -> str:
        return self.url("contract", self.extension.contract_id)


class TakeStep(OfContracts, MovePage):
    """Any step of a contract or of what belongs to it; `work` names the table of states."""

    def check(self) -> None:
        """The table says who may; a provider answers offers too."""

    def prepare(self) -> None:
        if self.kwargs["work"] not in WORKFLOWS:
            raise Http404
        rows = self.workflow.model.objects.all()
        own = self.contracts()
        of_mine = {"pk__in": own} if self.workflow.model is Contract else {"contract__in": own}
        self.row = get_object_or_404(rows.filter(**of_mine), pk=self.kwargs["pk"])

    @property
    def workflow(self) -> Workflow:
        return WORKFLOWS[self.kwargs["work"]]

    @property
    def table(self) -> Any:  # type: ignore[override]
        return self.workflow.table

    @property
    def form_class(self) -> Any:  # type: ignore[override]
        return move_forms.move_form(self.kwargs["work"], self.kwargs["move"])

    def roles(self) -> frozenset[str]:
        return roles_about(self.request.user, self.workflow.contract_of(self.row))

    def state(self) -> str:
        return self.workflow.state_of(self.row)

    def verb(self, move: Move, form: Any) -> Any:
        reason = form.cleaned_data["reason"]
        given = form.given()
        return make_move(
            self.workflow, self.row, move.name, by=self.request.user, reason=reason, **given
        )

    def back(self) -> str:
        if isinstance(self.row, ContractRevision):
            return self.url("revision", self.row.pk)
        return self.url("contract", self.workflow.contract_of(self.row).pk)

    def way_back(self) -> list[tuple[str, str]]:
        contract = self.workflow.contract_of(self.row)
        return [*super().way_back(), (contract.number, self.url("contract", contract.pk))]
