"""The page on which somebody makes one move: what will happen, a reason, and the button."""

from functools import cached_property
from typing import Any, ClassVar

from django import forms

from core.ui.editing import FormPage

from .table import Move, StateTable


class ReasonForm(forms.Form):
    """Asks why. The reason is obligatory when the move says so."""

    reason = forms.CharField(
        label="Reden", required=False, max_length=2000, widget=forms.Textarea({"rows": 4})
    )

    def __init__(self, *args: Any, move: Move, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = move.reason
        if not move.reason:
            self.fields["reason"].label = "Toelichting"


class MovePage(FormPage):
    """Makes the move that the address names as `move`; subclasses name the row and the verb.

    `verb(move, form)` calls the domain verb, which calls `core.states.api.take`. A form of its own
    takes `move=` too.
    """

    table: ClassVar[StateTable]
    form_class: ClassVar[type[forms.BaseForm]] = ReasonForm
    row: Any = None

    def roles(self) -> frozenset[str]:
        raise NotImplementedError

    def state(self) -> str:
        return str(self.row.state)

    def verb(self, move: Move, form: Any) -> Any:
        raise NotImplementedError

    @cached_property
    def move(self) -> Move:
        """Found before the verb: one that is refused half-way may have moved the row in memory."""
        return self.table.check(self.state(), self.kwargs["move"], self.roles(), reason="?")

    def form_arguments(self) -> dict[str, Any]:
        return {"move": self.move}

    def title(self) -> str:
        return self.move.label

    @property
    def submit(self) -> str:  # type: ignore[override]
        return self.move.label

    @property
    def done(self) -> str:  # type: ignore[override]
        return "De stap is gezet."

    def save(self, form: Any) -> Any:
        """Returns the row: the verb gives its step, and `back` leads to what was saved."""
        self.verb(self.move, form)
        return self.row
