"""Every state, every move, every role: the verbs do what the tables say."""

from datetime import date

import pytest
from django.db import transaction

from core import clock
from core.errors import DomainError
from procurement.domain import indexing
from procurement.domain.moves import WORKFLOWS, Workflow, make_move
from procurement.models import (
    ContractExtension,
    ContractRevision,
    IndexationRule,
    IndexationRun,
    Obligation,
    Sanction,
)
from procurement.states import INDEXATION
from regions.enums import Role
from tests.factories import ContractFactory, Made, ProviderFactory, a_region, with_users
from tests.states import every_pair

pytestmark = pytest.mark.django_db

GIVEN = {
    ("contract", "give_notice"): {
        "given_on": date(2026, 1, 1), "last_day": date(2026, 12, 31), "agreed": True,
    },
    ("contract", "dissolve"): {"last_day": date(2026, 12, 31)},
    ("verplichting", "meet"): {"proof": "Verslag van 1 maart"},
    ("verplichting", "meet_partly"): {"proof": "Verslag van 1 maart"},
}  # fmt: skip


@pytest.fixture
def made(settings) -> Made:
    settings.CLOCK_TODAY = "2026-03-01"
    return with_users(a_region())


def an_object(workflow: Workflow, made: Made):
    contract = made.contract
    day = clock.today()
    if workflow.model is ContractRevision:
        revision = ContractRevision.objects.create(
            contract=contract, number=1, title="Eerste", reason_code="policy", explanation="-",
            effective_from=date(2026, 7, 1),
        )  # fmt: skip
        revision.changes.create(part="contract", action="change", label="Contract")
        return revision
    if workflow.model is ContractExtension:
        return ContractExtension.objects.create(
            contract=contract, number=1, months=12, previous_end=contract.end_date,
            new_end=date(2032, 1, 1),
        )  # fmt: skip
    if workflow.model is Obligation:
        return Obligation.objects.create(contract=contract, title="Jaarplan", due=day)
    if workflow.model is Sanction:
        return Sanction.objects.create(
            contract=contract, kind="reclaim", ground="Te veel betaald", starts_on=day
        )
    return contract


def outcome(workflow, code, obj, pair, user) -> tuple[str | None, str]:
    """The code of the refusal (None: it went well), and the state afterwards."""
    refusal = None
    try:
        given = GIVEN.get((code, pair.move), {})
        make_move(workflow, obj, pair.move, by=user, reason="Omdat het moet", **given)
    except DomainError as error:
        refusal = error.code
    obj = type(obj).objects.get(pk=obj.pk)
    return refusal, workflow.state_of(obj)


@pytest.mark.parametrize("code", sorted(WORKFLOWS))
def test_each_move_from_each_state_by_each_role(made: Made, code: str) -> None:
    workflow = WORKFLOWS[code]
    obj = an_object(workflow, made)
    unlike = []
    for pair in every_pair(workflow.table):
        with transaction.atomic():
            fields = {workflow.status_field: pair.state}
            if pair.state in ("accepted", "refused"):
                fields["answered_on"] = clock.today()
            if pair.state == "agreed":
                fields["agreed_on"] = clock.today()
            if pair.state in ("met", "partly_met"):
                fields["proof"] = "Verslag"
            type(obj).objects.filter(pk=obj.pk).update(**fields)
            fresh = type(obj).objects.get(pk=obj.pk)
            found = outcome(workflow, code, fresh, pair, made.users[pair.role])
            if found != (pair.expected, pair.target or pair.state):
                unlike.append((str(pair), found))
            transaction.set_rollback(True)
    assert unlike == []


def test_each_move_of_a_round_of_indexation(made: Made) -> None:
    """All roles; the tariffs of the round have been made where it was applied."""
    unlike = []
    IndexationRule.objects.create(region=made.region, kind="flat", flat_percentage=2)
    run = indexing.prepare_run(region=made.region, year=2027, by=made.users[Role.CONTRACT_MANAGER])
    for pair in every_pair(INDEXATION):
        with transaction.atomic():
            if pair.state == "applied":
                indexing.apply_run(run=run, by=made.users[Role.CONTRACT_MANAGER])
            IndexationRun.objects.filter(pk=run.pk).update(state=pair.state)
            fresh = IndexationRun.objects.get(pk=run.pk)
            given = {"run": fresh, "by": made.users[pair.role], "reason": "Omdat het moet"}
            verbs = {"apply": indexing.apply_run, "undo": indexing.undo_run}
            try:
                verbs[pair.move](**given) if pair.move in verbs else indexing.move(
                    name=pair.move, **given
                )
                found = None
            except DomainError as error:
                found = error.code
            if found != pair.expected:
                unlike.append((str(pair), found))
            transaction.set_rollback(True)
    assert unlike == []


def test_a_provider_answers_only_for_its_own_contract(made: Made) -> None:
    other = ContractFactory(
        region=made.region, provider=ProviderFactory(region=made.region), status="offered"
    )
    with pytest.raises(DomainError) as refusal:
        make_move(WORKFLOWS["contract"], other, "accept", by=made.users[Role.PROVIDER])
    assert refusal.value.code == "stap-niet-bevoegd"
