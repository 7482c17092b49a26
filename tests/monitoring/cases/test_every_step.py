"""Each state, each move and each role, through the verb."""

import pytest
from django.db import transaction

from core.errors import DomainError
from monitoring.domain.cases.following import move_action
from monitoring.domain.cases.moving import move_case
from monitoring.enums.cases import ACTION, CASE, ActionState, CaseState
from monitoring.models import ImprovementAction
from tests.states import every_pair

from .build import a_case, bring_to, talk, with_clients

pytestmark = pytest.mark.django_db


class Undo(Exception):
    pass


def outcome_of(verb):
    """What the verb answers, taken back afterwards: None or the code of its refusal."""
    found = None
    try:
        with transaction.atomic():
            try:
                verb()
            except DomainError as refusal:
                found = refusal.code
            raise Undo
    except Undo:
        return found


@pytest.mark.parametrize("state", CaseState.values)
def test_a_case_moves_along_its_table_only(made, state):
    with_clients(made, 150)
    case = bring_to(made, a_case(made), state)
    assert case.state == state
    tried = [pair for pair in every_pair(CASE) if pair.state == state]
    assert tried

    def attempt(pair):
        move_case(case=case, move=pair.move, by=made.users[pair.role], reason="Omdat.")
        assert case.state == pair.target

    found = {}
    for pair in tried:
        case.refresh_from_db()
        found[str(pair)] = outcome_of(lambda pair=pair: attempt(pair))
    assert found == {str(pair): pair.expected for pair in tried}


@pytest.mark.parametrize("state", ActionState.values)
def test_an_action_moves_along_its_table_only(made, state):
    case = bring_to(made, a_case(made), "in_dialogue")
    action = talk(made, case).actions.get()
    ImprovementAction.objects.filter(pk=action.pk).update(state=state)

    def attempt(pair):
        move_action(action=action, move=pair.move, by=made.users[pair.role], reason="Omdat.")
        assert action.state == pair.target

    tried = [pair for pair in every_pair(ACTION) if pair.state == state]
    found = {}
    for pair in tried:
        action.refresh_from_db()
        found[str(pair)] = outcome_of(lambda pair=pair: attempt(pair))
    assert found == {str(pair): pair.expected for pair in tried}
