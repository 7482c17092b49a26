"""Notice, extension, revision and phases: what is refused, and what follows."""

import io
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from docx import Document

from core.errors import DomainError
from core.ui import Place
from core.ui.registry import attention, search
from procurement.domain import extending, lifecycle, revising
from procurement.domain.contracts import keep_contract, keep_part, new_contract, remove_part
from procurement.domain.moves import WORKFLOWS, make_move
from procurement.domain.parts import PARTS
from procurement.models import Contract, ContractPhase, ContractPolicy, ContractRevision, Obligation
from procurement.queries.deadlines import answering_until, key_dates_until, obligations_until
from procurement.queries.timeline import KeyKind
from regions.enums import Role
from tests.factories import ContractFactory, Made, a_region, user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(settings) -> Made:
    settings.CLOCK_TODAY = "2026-03-01"
    return a_region()


@pytest.fixture
def manager(made: Made):
    return user_with(Role.CONTRACT_MANAGER, made.region)


def refusal_of(verb, **given) -> str:
    with pytest.raises(DomainError) as refused, transaction.atomic():
        verb(**given)
    return refused.value.code


# -- phases


def a_phase(contract: Contract, number: int, start: date, end: date) -> ContractPhase:
    return ContractPhase(contract=contract, number=number, start_date=start, end_date=end)


def test_a_gap_between_phases_is_refused_in_words(made: Made, manager) -> None:
    late = a_phase(made.contract, 2, date(2026, 2, 1), date(2031, 1, 1))
    assert refusal_of(keep_part, part=late, by=manager) == "fasen-sluiten-niet-aan"


def test_the_database_itself_refuses_a_gap(made: Made) -> None:
    a_phase(made.contract, 2, date(2026, 2, 1), date(2031, 1, 1)).save()
    with pytest.raises(IntegrityError, match="leave a gap"), transaction.atomic():
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    made.contract.phases.get(number=2).delete()


def test_the_middle_phase_cannot_be_taken_away(made: Made, manager) -> None:
    for number, start, end in ((2, 2026, 2028), (3, 2028, 2031)):
        part = a_phase(made.contract, number, date(start, 1, 1), date(end, 1, 1))
        keep_part(part=part, by=manager)
    middle = made.contract.phases.get(number=2)
    assert refusal_of(remove_part, part=middle, by=manager) == "fasen-sluiten-niet-aan"


def test_a_revision_may_move_two_phases_at_once(made: Made, manager) -> None:
    """3 + 5 years become 4 + 4: each alone would leave a gap or overlap."""
    keep_part(part=a_phase(made.contract, 2, date(2026, 1, 1), date(2031, 1, 1)), by=manager)
    revision = a_revision(made.contract, manager, date(2026, 6, 1))
    first, second = made.contract.phases.order_by("number")
    for row, changed in (
        (first, {"end_date": "2027-01-01"}),
        (second, {"start_date": "2027-01-01"}),
    ):
        values = PARTS["fase"].values(row) | changed
        revising.add_change(
            revision=revision, part="fase", action="change", target=row, values=values, by=manager
        )
    step("herziening", revision, "offer", manager)
    step("herziening", revision, "accept", manager)
    held = PARTS["fase"].rows_on(made.contract, date(2026, 6, 1)).order_by("number")
    assert [(p.start_date.year, p.end_date.year) for p in held] == [(2023, 2027), (2027, 2031)]
    before = PARTS["fase"].rows_on(made.contract, date(2026, 5, 31)).order_by("number")
    assert [(p.start_date.year, p.end_date.year) for p in before] == [(2023, 2026), (2026, 2031)]


def step(work: str, obj, move: str, by, **given):
    obj.refresh_from_db()
    return make_move(WORKFLOWS[work], obj, move, by=by, **given)


# -- terms


def test_a_long_framework_needs_its_reasons(made: Made, manager) -> None:
    contract = made.contract
    contract.kind = "framework"
    asked = {"contract": contract, "segments": [], "by": manager}
    assert refusal_of(keep_contract, **asked) == "motivering-ontbreekt"
    contract.long_term_reason = "De transformatie vraagt acht jaar."
    keep_contract(**asked)


def test_a_term_below_the_minimum_is_refused(made: Made, manager) -> None:
    contract = made.contract
    contract.min_term_months, contract.end_date = 72, date(2028, 12, 31)
    contract.phases.all().delete()
    asked = {"contract": contract, "segments": [], "by": manager}
    assert refusal_of(keep_contract, **asked) == "looptijd-te-kort"
    contract.end_date = date(2029, 1, 1)
    keep_contract(**asked)


def test_a_new_contract_begins_with_the_rules_of_the_strategy(made: Made) -> None:
    ContractPolicy.objects.create(
        scheme=made.scheme, min_term_months=72, max_extensions=1, extension_months=12,
        extension_tests=["Doelrealisatie"],
    )  # fmt: skip
    found = new_contract(made.region)
    assert (found.status, found.min_term_months, found.max_extensions) == ("draft", 72, 1)
    assert found.extension_tests == ["Doelrealisatie"]


# -- notice


def test_notice_ends_the_contract_earlier_and_can_be_withdrawn(made: Made, manager) -> None:
    contract = made.contract
    Contract.objects.update(notice_months=6)
    given = {"given_on": date(2026, 3, 1), "last_day": date(2026, 8, 31), "reason": "Stopt"}
    with pytest.raises(DomainError) as refused, transaction.atomic():
        step("contract", contract, "give_notice", manager, **given)
    assert refused.value.code == "opzegtermijn-te-kort"
    assert "1 september 2026" in refused.value.message
    given["last_day"] = date(2026, 9, 1)
    step("contract", contract, "give_notice", manager, **given)
    contract.refresh_from_db()
    assert (contract.status, contract.end_date) == ("notice", date(2026, 9, 2))
    step("contract", contract, "withdraw_notice", manager, reason="Toch niet")
    contract.refresh_from_db()
    assert (contract.status, contract.end_date) == ("active", date(2031, 1, 1))


def test_refusing_a_revision_counts_as_notice(made: Made, manager) -> None:
    revision = a_revision(made.contract, manager, date(2026, 8, 1))
    product = made.contract.products.get()
    revising.add_change(revision=revision, part="product", action="end", target=product, by=manager)
    step("herziening", revision, "offer", manager)
    asked = next(answering_until(made.region.pk, date(2026, 12, 31)))
    assert (asked.day, asked.party_id) == (date(2026, 8, 1), made.provider.organisation_id)
    provider = user_with(Role.PROVIDER, made.region, provider=made.provider)
    home = [item.text for item in attention(Place(user=provider, tenant=made.region))]
    assert f"Een herziening van contract {made.contract.number} is u aangeboden." in home
    step("herziening", revision, "refuse", manager, reason="Te duur")
    assert not list(answering_until(made.region.pk, date(2026, 12, 31)))
    made.contract.refresh_from_db()
    assert (made.contract.status, made.contract.end_date) == ("notice", date(2026, 8, 1))
    product.refresh_from_db()
    assert product.valid_to is None


def a_revision(contract: Contract, by, effective: date) -> ContractRevision:
    return revising.keep_revision(
        revision=ContractRevision(
            contract=contract, title="Verandering", reason_code="policy", explanation="Omdat",
            effective_from=effective,
        ),
        by=by,
    )  # fmt: skip


def test_a_revision_written_on_the_site_says_what_was_and_what_comes(client, made, manager) -> None:
    revision = a_revision(made.contract, manager, date(2026, 8, 1))
    client.force_login(manager)
    pages = {
        "revised-part-add": (revision.pk, "contract"),
        "revised-part-change": (revision.pk, "fase", made.contract.phases.get().pk),
    }
    for page, given in (("revised-part-add", {"name": "Anders"}),
                        ("revised-part-add", {"notice_months": "9"}),
                        ("revised-part-change", {"aims": "Minder verblijf"})):  # fmt: skip
        address = reverse(page, args=[made.region.slug, *pages[page]])
        form = client.get(address).context["form"]
        typed = {n: form[n].value() for n in form.fields if form[n].value() not in (None, "")}
        assert client.post(address, typed | given).status_code == 302, page
    page = reverse("revision", args=[made.region.slug, revision.pk])
    told = client.get(page).context["changes"]
    assert {(label, before, after) for _, rows in told for label, before, after in rows} == {
        ("naam", "–", "Anders"),
        ("opzegtermijn (maanden)", "–", "9"),
        ("wat deze fase moet bereiken", "–", "Minder verblijf"),
    }
    assert client.post(address, typed).status_code == 422, "what stands there already"
    paper = Document(io.BytesIO(client.get(f"{page}addendum.docx").content))
    cells = [cell.text for table in paper.tables for cell in table._cells]
    assert {"Opzegtermijn (maanden)", "9", "Minder verblijf", "Handtekening"} <= set(cells)
    provider = user_with(Role.PROVIDER, made.region, provider=made.provider)
    client.force_login(provider)
    seen = [client.get(page).status_code, *_found(provider, made, revision.title)]
    step("herziening", revision, "offer", manager)
    assert seen == [404], "a draft is not for the provider"
    assert client.get(page).status_code == 200
    assert _found(provider, made, revision.title) == [revision.title]


def _found(user, made: Made, words: str) -> list[str]:
    return [hit.label for _, hits in search(Place(user, made.region), words) for hit in hits]


def test_an_empty_revision_is_not_offered(made: Made, manager) -> None:
    revision = a_revision(made.contract, manager, date(2026, 8, 1))
    assert refusal_of(revising.offer_revision, revision=revision, by=manager) == "herziening-leeg"


def test_a_change_of_what_is_gone_refuses_the_whole_revision(made: Made, manager) -> None:
    revision = a_revision(made.contract, manager, date(2026, 8, 1))
    product = made.contract.products.get()
    revising.add_change(revision=revision, part="product", action="end", target=product, by=manager)
    step("herziening", revision, "offer", manager)
    remove_part(part=product, by=manager)
    revision.refresh_from_db()
    refused = refusal_of(revising.accept_revision, revision=revision, by=manager)
    assert refused == "onderdeel-vervallen"
    revision.refresh_from_db()
    assert revision.state == "offered"


# -- extension


def test_an_extension_waits_for_its_tests_and_happens_once(client, made, manager) -> None:
    contract = made.contract
    Contract.objects.update(
        max_extensions=1, extension_months=12, extension_tests=["Doelrealisatie", "Partnerschap"]
    )
    contract.refresh_from_db()
    propose = extending.propose_extension
    assert refusal_of(propose, contract=contract, by=manager, months=24) == "verlenging-te-lang"
    extension = propose(contract=contract, by=manager)
    record = {"extension": extension, "by": manager, "motivation": "Zie verslag"}
    extending.record_test(name="Doelrealisatie", met=True, **record)
    extending.record_test(name="Partnerschap", met=False, **record)
    agree = {"extension": extension, "by": manager}
    assert refusal_of(extending.agree_extension, **agree) == "toetsen-ontbreken"
    address = reverse("contract-step", args=[made.region.slug, "verlenging", extension.pk, "agree"])
    client.force_login(manager)
    told = client.post(address, {"agreed_on": "2026-03-01"})
    assert (told.status_code, "Partnerschap" in told.content.decode()) == (422, True)
    extension.refresh_from_db()
    extending.record_test(name="Partnerschap", met=True, **record)
    extending.agree_extension(**agree)
    contract.refresh_from_db()
    assert contract.end_date == date(2032, 1, 1)
    assert refusal_of(propose, contract=contract, by=manager) == "verlengingen-op"


def test_tacit_renewal_goes_on_after_the_day_of_notice(made: Made) -> None:
    """Ends 28 August 2025, notice two months: on 29 June 2025 it has become 28 August 2026."""
    contract = ContractFactory(
        region=made.region, end_date=date(2025, 8, 29), renews_tacitly=True, notice_months=2,
        extension_months=12,
    )  # fmt: skip
    assert extending.renew_tacitly(today=date(2025, 6, 28)) == 0
    assert extending.renew_tacitly(today=date(2025, 6, 29)) == 1
    contract.refresh_from_db()
    assert contract.end_date == date(2026, 8, 29)
    assert extending.renew_tacitly(today=date(2025, 6, 30)) == 0, "once"
    assert [e.tacit for e in contract.extensions.all()] == [True]


def test_what_ended_is_closed_and_suspended_is_not_ended(made: Made) -> None:
    ended = ContractFactory(region=made.region, end_date=date(2026, 3, 1))
    noticed = ContractFactory(region=made.region, end_date=date(2026, 2, 1), status="notice")
    suspended = ContractFactory(region=made.region, status="suspended")
    assert lifecycle.close_ended(today=date(2026, 3, 1)) == 2
    states = [Contract.objects.get(pk=c.pk).status for c in (ended, noticed, suspended)]
    assert states == ["expired", "terminated", "suspended"]


# -- deadlines


def test_terms_become_deadlines_of_the_manager(made: Made, manager) -> None:
    Contract.objects.update(
        notice_months=6, decision_lead_months=2, end_date=date(2026, 12, 31), manager=manager
    )
    found = list(key_dates_until(KeyKind.NOTICE)(made.region.pk, date(2026, 12, 31)))
    # The last day is 30 December; six months before is 30 June; two before that 30 April.
    assert [(d.day, d.owner_id) for d in found] == [(date(2026, 4, 30), manager.pk)]
    assert "30 juni 2026" in found[0].title
    assert list(key_dates_until(KeyKind.NOTICE)(made.region.pk, date(2026, 4, 29))) == []


def test_a_kept_obligation_is_no_deadline_any_more(made: Made, manager) -> None:
    row = Obligation.objects.create(contract=made.contract, title="Plan", due=date(2026, 4, 1))
    until = date(2026, 12, 31)
    assert [d.day for d in obligations_until(made.region.pk, until)] == [date(2026, 4, 1)]
    with pytest.raises(DomainError) as refused, transaction.atomic():
        step("verplichting", row, "meet", manager)
    assert refused.value.code == "bewijs-ontbreekt"
    step("verplichting", row, "meet", manager, proof="Plan ontvangen")
    assert list(obligations_until(made.region.pk, until)) == []
