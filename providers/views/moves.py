"""The steps of conversations, agreements, incidents and proposals, one page each."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from core.errors import NotAllowed
from core.states import Move
from core.states.pages import MovePage
from regions.queries.access import access_of

from .. import forms, models
from ..domain import conversations, proposals
from ..enums import AGREEMENT, CONVERSATION, INCIDENT, PROPOSAL
from .editing import OfProvider


class Moves(OfProvider, MovePage):
    save = MovePage.save  # a step: parts of the file are kept otherwise

    def check(self) -> None:
        """Who may never make this move is told so, whatever the row."""
        ways = [move for move in self.table.moves if move.name == self.kwargs["move"]]
        if not ways:
            raise Http404
        if not any(set(move.who) & self.roles() for move in ways):
            raise NotAllowed(f"Uw rol mag deze stap niet zetten: {ways[0].label.lower()}.")

    def prepare(self) -> None:
        self.row = get_object_or_404(self.rows(), pk=self.kwargs["pk"])
        self.move  # noqa: B018 -- refuses at once what cannot be

    def roles(self) -> frozenset[str]:
        return access_of(self.request.user).roles_in(self.region.pk)


class MoveConversation(Moves):
    table = CONVERSATION
    model = models.ProviderConversation
    form_class = forms.ConversationMoveForm
    tab = "provider-contact"

    def verb(self, move: Move, form: Any) -> Any:
        return conversations.move_conversation(
            conversation=self.row, move=move.name, by=self.request.user, **form.cleaned_data
        )


class MoveAgreement(Moves):
    table = AGREEMENT
    model = models.ProviderAgreement
    tab = "provider-contact"

    def verb(self, move: Move, form: Any) -> Any:
        reason = form.cleaned_data["reason"]
        return conversations.move_agreement(
            agreement=self.row, move=move.name, by=self.request.user, reason=reason
        )


class MoveIncident(Moves):
    table = INCIDENT
    model = models.ProviderIncident
    tab = "provider-trust"

    def verb(self, move: Move, form: Any) -> Any:
        reason = form.cleaned_data["reason"]
        return conversations.move_incident(
            incident=self.row, move=move.name, by=self.request.user, reason=reason
        )


class MoveProposal(Moves):
    table = PROPOSAL
    model = models.ChangeProposal

    def verb(self, move: Move, form: Any) -> Any:
        reason = form.cleaned_data["reason"]
        return proposals.move_proposal(
            proposal=self.row, move=move.name, by=self.request.user, reason=reason
        )
