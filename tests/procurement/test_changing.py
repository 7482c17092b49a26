"""Changing many contracts at once: seen first, all or none, undone until confirmed."""

from datetime import date

import pytest
from django.db import transaction
from django.test import Client

from core.errors import DomainError
from core.jobs.api import run as run_job
from procurement.domain import changing
from procurement.models import ChangeRound, Contract, ContractProduct, VotingRule
from procurement.states import CHANGE_ROUND
from regions.enums import Role
from tests.factories import ContractFactory, Made, ProductFactory, a_region, with_users
from tests.states import every_pair

TODAY = date(2026, 3, 2)


@pytest.fixture
def made(db, settings) -> Made:
    settings.CLOCK_TODAY = TODAY.isoformat()
    return with_users(a_region())


@pytest.fixture
def by(made: Made):
    return made.users[Role.CONTRACT_MANAGER]


@pytest.fixture
def pair(made: Made) -> list[Contract]:
    Contract.objects.filter(pk=made.contract.pk).update(number="C-1")
    other = ContractFactory(region=made.region, number="C-2", end_date=date(2029, 1, 1))
    return [Contract.objects.get(pk=made.contract.pk), other]


def prepared(made: Made, pair, by, what: str, effective_from=TODAY, **values) -> ChangeRound:
    return changing.prepare_changes(
        region=made.region, kind=what, contracts=pair, values=values, reason="Nieuw beleid",
        by=by, effective_from=effective_from,
    )  # fmt: skip


def told(run: ChangeRound) -> list[tuple[str, str, str]]:
    return [(line.was, line.becomes, line.skipped) for line in run.lines.all()]


def fresh(contracts) -> list[Contract]:
    return list(Contract.objects.filter(pk__in=[c.pk for c in contracts]).order_by("number"))


def code_of(call, **given) -> str:
    with pytest.raises(DomainError) as refusal:
        call(**given)
    return refusal.value.code


def test_old_and_new_are_seen_before_anything_changes(made: Made, pair, by) -> None:
    run = prepared(made, pair, by, "end_date", last_day="2030-12-31")
    assert told(run) == [
        ("31 december 2030", "31 december 2030", "heeft deze laatste dag al"),
        ("31 december 2028", "31 december 2030", ""),
    ]
    assert [c.end_date for c in fresh(pair)] == [date(2031, 1, 1), date(2029, 1, 1)]


def test_a_round_that_changes_nothing_is_not_applied(made: Made, pair, by) -> None:
    run = prepared(made, pair[:1], by, "end_date", last_day="2030-12-31")
    with pytest.raises(DomainError, match="verandert niets"):
        changing.start_changing(run=run, by=by)


def test_another_last_day_is_read_from_its_day_on_and_undone_as_it_was(made, pair, by) -> None:
    run = prepared(made, pair, by, "end_date", date(2026, 7, 1), last_day="2032-12-31")
    changing.apply_changes(run=run, by=by)
    assert {c.end_date for c in fresh(pair)} == {date(2033, 1, 1)}
    before, after = (_last_day(pair[1], d) for d in (date(2026, 6, 30), date(2026, 7, 1)))
    assert (before, after) == ("2029-01-01", "2033-01-01")
    changing.undo_changes(run=run, by=by, reason="Vergissing")
    assert [c.end_date for c in fresh(pair)] == [date(2031, 1, 1), date(2029, 1, 1)]
    assert _last_day(pair[1], date(2026, 7, 1)) == "2029-01-01"


def _last_day(contract, day) -> str:
    versions = contract.versions.filter(effective_from__lte=day)
    return versions.order_by("-effective_from", "-number").first().head["end_date"]


def test_a_manager_a_clause_and_a_product_come_and_go(made: Made, pair, by) -> None:
    officer, product = made.users[Role.POLICY_OFFICER], ProductFactory(region=made.region)
    for kind, values in (
        ("manager", {"manager": officer.pk, "name": officer.name}),
        ("clause", {"kind": "other", "title": "Geen boetes", "text": "Wij beboeten niet."}),
        ("add_product", {"product": product.pk, "name": str(product)}),
    ):
        run = prepared(made, pair, by, kind, **values)
        changing.apply_changes(run=run, by=by)
        changed = [_shown(c) for c in fresh(pair)]
        changing.undo_changes(run=run, by=by, reason="Vergissing")
        undone = [_shown(c) for c in fresh(pair)]
        assert changed[0] != undone[0]
        assert undone == [(None, 0, 1), (None, 0, 0)]


def _shown(contract: Contract) -> tuple[int | None, int, int]:
    return contract.manager_id, contract.clauses.count(), contract.products.count()


def test_a_product_goes_on_its_day_and_comes_back_whole(made: Made, pair, by) -> None:
    values = {"product": made.product.pk, "name": "45A01"}
    run = prepared(made, pair, by, "end_product", date(2027, 1, 1), **values)
    assert [line.skipped for line in run.lines.all()] == ["", "heeft dit product niet"]
    changing.apply_changes(run=run, by=by)
    assert ContractProduct.objects.get().valid_to == date(2027, 1, 1)
    changing.undo_changes(run=run, by=by, reason="Vergissing")
    assert ContractProduct.objects.get().valid_to is None


def test_what_the_colleges_vote_on_does_not_go_in_bulk(made: Made, pair, by) -> None:
    VotingRule.objects.create(
        region=made.region, subject="product", electorate="region", valid_from=date(2020, 1, 1)
    )
    values = {"product": made.product.pk, "name": "45A01"}
    run = prepared(made, pair, by, "end_product", date(2027, 1, 1), **values)
    assert code_of(changing.apply_changes, run=run, by=by) == "stemming-nodig"
    assert ChangeRound.objects.get().state == "prepared"


def test_one_contract_that_changed_meanwhile_refuses_the_whole(made: Made, pair, by) -> None:
    run = prepared(made, pair, by, "end_date", last_day="2032-12-31")
    Contract.objects.filter(pk=pair[1].pk).update(end_date=date(2030, 1, 1))
    assert code_of(changing.apply_changes, run=run, by=by) == "contract-veranderd"
    assert fresh(pair)[0].end_date == date(2031, 1, 1)


def test_what_changed_after_applying_is_not_undone_over(made: Made, pair, by) -> None:
    run = prepared(made, pair, by, "end_date", last_day="2032-12-31")
    changing.apply_changes(run=run, by=by)
    Contract.objects.filter(pk=pair[0].pk).update(end_date=date(2034, 1, 1))
    assert code_of(changing.undo_changes, run=run, by=by, reason="-") == "contract-veranderd"
    assert fresh(pair)[1].end_date == date(2033, 1, 1)


def test_a_contract_that_does_not_run_stays_out(made: Made, pair, by) -> None:
    Contract.objects.filter(pk=pair[1].pk).update(status="expired")
    run = prepared(made, fresh(pair), by, "end_date", last_day="2032-12-31")
    assert run.lines.get(contract=pair[1]).skipped == "loopt niet (afgelopen)"


@pytest.mark.django_db(transaction=True)
def test_one_job_applies_it_and_the_register_offers_it(settings) -> None:
    settings.CLOCK_TODAY = TODAY.isoformat()
    made = with_users(a_region())
    client = Client()
    client.force_login(made.users[Role.CONTRACT_MANAGER])
    address = f"/regio/{made.region.slug}/contracten/"
    assert "Samen wijzigen" in client.get(address).content.decode()
    asked = {"_bulk": "together", "_rows": [made.contract.pk], "_step": "see"}
    wrong = client.post(address, {**asked, "kind": "end_date", "reason": "Beleid"})
    assert wrong.status_code == 422
    done = client.post(
        address,
        {**asked, "kind": "end_date", "reason": "Beleid", "last_day": "2032-12-31",
         "clause_kind": "other"},
    )  # fmt: skip
    run = ChangeRound.objects.get()
    assert done["Location"] == f"{address}samen-wijzigen/{run.pk}/"
    assert "31 december 2032" in client.get(done["Location"]).content.decode()
    job = changing.start_changing(run=run, by=made.users[Role.CONTRACT_MANAGER])
    run_job(job.pk)
    run.refresh_from_db()
    assert (run.state, Contract.objects.get().end_date) == ("applied", date(2033, 1, 1))


def test_each_move_from_each_state_by_each_role(made: Made, pair, by) -> None:
    run = prepared(made, pair, by, "end_date", last_day="2032-12-31")
    unlike = []
    for one in every_pair(CHANGE_ROUND):
        with transaction.atomic():
            if one.state == "applied":
                changing.apply_changes(run=run, by=by)
            ChangeRound.objects.filter(pk=run.pk).update(state=one.state)
            now = ChangeRound.objects.get(pk=run.pk)
            given = {"run": now, "by": made.users[one.role], "reason": "Omdat het moet"}
            verbs = {"apply": changing.apply_changes, "undo": changing.undo_changes}
            try:
                verbs[one.move](**given) if one.move in verbs else changing.move(
                    name=one.move, **given
                )
                found = None
            except DomainError as error:
                found = error.code
            if found != one.expected:
                unlike.append((str(one), found))
            transaction.set_rollback(True)
    assert unlike == []
