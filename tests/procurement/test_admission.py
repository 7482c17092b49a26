"""Admission from application to contract, and back to judgement when evidence expires."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from core.errors import DomainError, NotAllowed
from core.states.api import steps_of
from core.tasks.api import Task, sync_now
from procurement.domain import admission as domain
from procurement.domain import objections
from procurement.domain.admission_contract import put_in_contract
from procurement.enums.admission import ADMISSION, OBJECTION
from procurement.models import Admission, AdmissionObjection, EligibilityRequirement, OpenHouse
from procurement.queries.admission import admissions_visible_to, letters_visible_to, may_apply
from providers.domain.documents import keep_document, renew_document
from providers.models import ProviderDocument
from regions.enums import Role
from tests.factories import Made, ProductFactory, ProviderFactory, a_region, with_users
from tests.states import every_pair

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 11)
PDF = b"%PDF-1.7 proef"


@pytest.fixture
def made(settings) -> Made:
    settings.CLOCK_TODAY = TODAY.isoformat()
    made = with_users(a_region())
    requirement(made, "K1", kind="knock_out", text="De aanbieder onderschrijft de visie.")
    requirement(made, "B1", kind="business", text="Geldig certificaat.", evidence="quality")
    return made


@pytest.fixture
def manager(made):
    return made.users[Role.CONTRACT_MANAGER]


def requirement(made: Made, code: str, **fields: object) -> EligibilityRequirement:
    given = {"kind": "content", "text": "Eis", "valid_from": date(2023, 1, 1), **fields}
    return EligibilityRequirement.objects.create(region=made.region, code=code, **given)


def certificate(made: Made, by, until: date = date(2026, 12, 1)) -> ProviderDocument:
    row = ProviderDocument(
        provider=made.provider, kind="quality", title="Certificaat", valid_to=until
    )
    return keep_document(document=row, content=PDF, file_name="certificaat.pdf", by=by)


def applied(made: Made, by, **fields: object) -> Admission:
    """An application with every requirement answered."""
    row = domain.apply_for(provider=made.provider, product=made.product, by=by, plan="Ons plan.")
    paper = certificate(made, made.users[Role.CONTRACT_MANAGER], **fields)
    for evidence in row.evidence.all():
        evidence.endorsed = True
        evidence.document = paper if evidence.requirement.evidence else None
        domain.answer(evidence=evidence, by=by)
    return row


def assessing(made: Made) -> Admission:
    by = made.users[Role.CONTRACT_MANAGER]
    row = applied(made, by)
    for move in ("submit", "assess"):
        domain.move_admission(admission=row, move=move, by=by)
    return row


def score(row: Admission, made: Made, *roles: str, points: int = 8) -> None:
    for role in roles:
        for evidence in row.evidence.select_related("requirement"):
            domain.judge(
                admission=row, requirement=evidence.requirement, score=points,
                motivation="Gezien en goed.", by=made.users[role],
            )  # fmt: skip


def admitted(made: Made, **move: object) -> Admission:
    row = assessing(made)
    score(row, made, Role.CONTRACT_MANAGER, Role.POLICY_OFFICER)
    domain.move_admission(admission=row, move="admit", by=made.users[Role.CONTRACT_MANAGER], **move)
    return row


def house(made: Made, state: str, **fields: object) -> OpenHouse:
    return OpenHouse.objects.create(
        region=made.region, state=state, valid_from=date(2024, 1, 1), **fields
    )


def test_without_a_written_state_everyone_may_apply(made: Made) -> None:
    assert may_apply(made.product, TODAY)


def test_a_closed_open_house_refuses_with_the_reason(made: Made, manager) -> None:
    house(made, "closed")
    with pytest.raises(DomainError, match="is gesloten") as refused:
        domain.apply_for(provider=made.provider, product=made.product, by=manager)
    assert refused.value.code == "open-house-gesloten"


def test_closed_except_for_missing_supply(made: Made) -> None:
    missing = ProductFactory(region=made.region)
    house(made, "missing").missing.add(missing)
    assert may_apply(missing, TODAY)
    assert not may_apply(made.product, TODAY)


def test_the_state_of_a_segment_goes_before_that_of_the_region(made: Made) -> None:
    house(made, "closed")
    house(made, "open", segment=made.segments[0])  # the product stands in this one
    assert may_apply(made.product, TODAY)
    assert not may_apply(ProductFactory(region=made.region), TODAY)


def test_a_state_holds_in_its_period_only(made: Made) -> None:
    house(made, "closed", valid_to=date(2025, 1, 1))
    assert not may_apply(made.product, date(2024, 6, 1))
    assert may_apply(made.product, TODAY)


def test_requirements_of_region_segment_and_product_come_together(made: Made, manager) -> None:
    requirement(made, "S", segment=made.segments[0])
    requirement(made, "S2", segment=made.segments[1])
    requirement(made, "P", product=made.product)
    requirement(made, "OUD", valid_to=date(2024, 1, 1))
    row = domain.apply_for(provider=made.provider, product=made.product, by=manager)
    assert {e.requirement.code for e in row.evidence.all()} == {"K1", "B1", "S", "P"}


def test_the_vision_knocks_out(made: Made, manager) -> None:
    row = applied(made, manager)
    row.evidence.filter(requirement__code="K1").update(endorsed=False)
    with pytest.raises(DomainError, match="K1"):
        domain.move_admission(admission=row, move="submit", by=manager)


def test_another_kind_of_document_is_no_evidence(made: Made, manager) -> None:
    row = applied(made, manager)
    evidence = row.evidence.exclude(requirement__evidence="").first()
    evidence.document.kind = "accounts"
    with pytest.raises(DomainError, match="kwaliteitscertificaat"):
        domain.answer(evidence=evidence, by=manager)


def test_a_plan_is_part_of_the_application(made: Made, manager) -> None:
    row = applied(made, manager)
    row.plan = " "
    with pytest.raises(DomainError, match="plan van aanpak"):
        domain.move_admission(admission=row, move="submit", by=manager)


def test_a_provider_applies_for_itself_only(made: Made) -> None:
    own = made.users[Role.PROVIDER]
    row = applied(made, own)
    domain.move_admission(admission=row, move="submit", by=own)
    assert (row.state, row.applied_on) == ("submitted", TODAY)
    other = ProviderFactory(region=made.region)
    with pytest.raises(NotAllowed):
        domain.apply_for(provider=other, product=made.product, by=own)


def test_one_assessor_cannot_admit(made: Made, manager) -> None:
    row = assessing(made)
    score(row, made, Role.CONTRACT_MANAGER)
    score(row, made, Role.CONTRACT_MANAGER, points=9)  # the same person again: a changed score
    with pytest.raises(DomainError) as refused:
        domain.move_admission(admission=row, move="admit", by=manager)
    assert refused.value.code == "vier-ogen-ontbreken"
    assert row.judgements.count() == 2


def test_a_low_score_admits_only_under_conditions(made: Made, manager) -> None:
    requirement(made, "I1")
    row = assessing(made)
    score(row, made, Role.CONTRACT_MANAGER, Role.POLICY_OFFICER)
    low = row.evidence.get(requirement__code="I1").requirement
    for role in (Role.CONTRACT_MANAGER, Role.POLICY_OFFICER):
        domain.judge(
            admission=row, requirement=low, score=4, motivation="Te vaag.", by=made.users[role]
        )
    with pytest.raises(DomainError, match="I1"):
        domain.move_admission(admission=row, move="admit", by=manager)
    due = TODAY + timedelta(days=60)
    domain.move_admission(
        admission=row, move="admit-conditionally", by=manager, reason="Werk uit.", due=due
    )
    assert (row.state, row.conditions, row.conditions_due) == ("conditional", "Werk uit.", due)
    domain.move_admission(admission=row, move="fulfil", by=manager, reason="Uitgewerkt.")
    assert row.state == "admitted"


def test_a_judgement_needs_a_motivation(made: Made, manager) -> None:
    row = assessing(made)
    needed = row.evidence.first().requirement
    with pytest.raises(ValidationError):
        domain.judge(admission=row, requirement=needed, score=8, motivation=" ", by=manager)


def test_a_supplement_opens_the_answers_for_a_term(made: Made, manager) -> None:
    row = assessing(made)
    evidence = row.evidence.first()
    with pytest.raises(DomainError, match="in beoordeling"):
        domain.answer(evidence=evidence, by=manager)
    domain.move_admission(admission=row, move="ask-supplement", by=manager, reason="Polis?")
    assert row.supplement_due == date(2026, 5, 25)
    evidence.refresh_from_db()
    domain.answer(evidence=evidence, by=made.users[Role.PROVIDER])
    domain.move_admission(admission=row, move="supplemented", by=made.users[Role.PROVIDER])
    assert row.state == "assessing"


def test_letters_are_kept_as_sent(made: Made) -> None:
    row = admitted(made)
    kinds = sorted(row.letters.values_list("kind", flat=True))
    assert kinds == ["decision", "received"]
    letter = row.letters.get(kind="decision")
    sent = letter.pdf.sha256
    assert letter.pdf.file.read(5) == b"%PDF-"
    assert letter.docx.file.read(2) == b"PK"
    made.provider.name = "Een andere naam"
    made.provider.save()
    letter.refresh_from_db()
    assert letter.pdf.sha256 == sent


def test_an_objection_that_is_upheld_begins_a_new_round(made: Made, manager) -> None:
    row = assessing(made)
    domain.move_admission(admission=row, move="refuse", by=manager, reason="Te weinig.")
    letter = row.letters.get(kind="decision")
    objection = objections.object_to(
        letter=letter, received_on=date(2026, 6, 22), grounds="Wel genoeg.", by=manager
    )
    assert objection.decide_by == date(2026, 8, 3)
    assert not objections.is_late(objection)
    objections.move_objection(objection=objection, move="uphold", by=manager, reason="Klopt.")
    row.refresh_from_db()
    assert (row.state, row.round) == ("assessing", 2)
    assert domain.verdict(row).assessors == 0


def test_an_objection_after_six_weeks_is_late(made: Made, manager) -> None:
    row = admitted(made)
    letter = row.letters.get(kind="decision")
    late = objections.object_to(
        letter=letter, received_on=date(2026, 6, 23), grounds="Toch.", by=manager
    )
    assert objections.is_late(late)


def test_expired_evidence_sends_an_admission_back(made: Made, settings, manager) -> None:
    row = admitted(made)
    assert domain.re_check(region_id=made.region.pk) == 0
    settings.CLOCK_TODAY = "2026-12-01"
    assert domain.re_check(region_id=made.region.pk) == 1
    row.refresh_from_db()
    assert (row.state, row.round) == ("assessing", 2)
    assert "Certificaat" in steps_of(row, ADMISSION).last().reason
    assert domain.re_check(region_id=made.region.pk) == 0


def test_renewed_evidence_keeps_the_admission(made: Made, settings, manager) -> None:
    row = admitted(made)
    paper = made.provider.documents.get()
    renew_document(
        document=paper, valid_from=None, valid_to=date(2028, 1, 1), content=PDF,
        file_name="nieuw.pdf", by=manager,
    )  # fmt: skip
    settings.CLOCK_TODAY = "2026-12-01"
    assert domain.re_check(region_id=made.region.pk) == 0
    row.refresh_from_db()
    assert row.state == "admitted"


def test_terms_become_tasks(made: Made, manager) -> None:
    row = admitted(made, valid_to=date(2027, 5, 1))
    letter = row.letters.get(kind="decision")
    objections.object_to(letter=letter, received_on=TODAY, grounds="Toch.", by=manager)
    sync_now(tenant_id=made.region.pk)
    found = set(Task.objects.filter(state="open").values_list("source", "due"))
    assert found == {
        ("procurement.admission", date(2027, 4, 30)),
        ("procurement.objection", date(2026, 8, 3)),
        ("providers.document", date(2026, 11, 30)),
    }


def test_an_admission_leads_to_a_contract_with_the_product(made: Made, manager) -> None:
    new = ProductFactory(region=made.region)
    made.product = new
    row = admitted(made)
    contract = put_in_contract(admission=row, by=manager)
    assert contract.status == "draft"
    assert [p.product for p in contract.products.all()] == [new]
    with pytest.raises(DomainError, match="staat al in contract"):
        put_in_contract(admission=row, by=manager)


def test_what_is_not_admitted_gets_no_contract(made: Made, manager) -> None:
    with pytest.raises(DomainError, match="niet toegelaten"):
        put_in_contract(admission=assessing(made), by=manager)


def test_one_admission_at_a_time_for_a_provider_and_product(made: Made, manager) -> None:
    applied(made, manager)
    with pytest.raises(ValidationError, match="loopt al een toelating"):
        domain.apply_for(provider=made.provider, product=made.product, by=manager)


def test_who_sees_an_admission_and_its_letters(made: Made) -> None:
    row = admitted(made)
    seeing = {r for r, user in made.users.items() if row in admissions_visible_to(user)}
    assert seeing == {*Role.REGIONAL_STAFF, Role.PROVIDER}
    letter = row.letters.first()
    assert {r for r, user in made.users.items() if letter in letters_visible_to(user)} == seeing
    elsewhere = with_users(a_region(slug="zuid", name="Zuid"))
    assert not any(admissions_visible_to(user).exists() for user in elsewhere.users.values())


def test_every_move_of_every_role(made: Made, manager, monkeypatch) -> None:
    """Guards of content have tests of their own; here only table and role decide."""
    monkeypatch.setattr(domain, "_check_move", lambda row, move: None)
    monkeypatch.setattr(domain, "send_letter", lambda **_: None)
    row = applied(made, manager)
    due = TODAY + timedelta(days=10)
    for pair in every_pair(ADMISSION):
        with transaction.atomic():
            Admission.objects.filter(pk=row.pk).update(
                state=pair.state, supplement_due=due, conditions="x"
            )
            row.refresh_from_db()
            got = ending(
                row,
                lambda pair=pair: domain.move_admission(
                    admission=row, move=pair.move, by=made.users[pair.role], reason="r", due=due
                ),
            )
            assert got == (pair.target or pair.expected), pair
            transaction.set_rollback(True)


def test_every_move_of_an_objection(made: Made, manager, monkeypatch) -> None:
    monkeypatch.setattr(domain, "send_letter", lambda **_: None)
    row = assessing(made)
    monkeypatch.undo()
    domain.move_admission(admission=row, move="refuse", by=manager, reason="Te weinig.")
    monkeypatch.setattr(domain, "send_letter", lambda **_: None)
    objection = objections.object_to(
        letter=row.letters.get(kind="decision"), received_on=TODAY, grounds="Toch.", by=manager
    )
    for pair in every_pair(OBJECTION):
        with transaction.atomic():
            AdmissionObjection.objects.filter(pk=objection.pk).update(state=pair.state)
            objection.refresh_from_db()
            got = ending(
                objection,
                lambda pair=pair: objections.move_objection(
                    objection=objection, move=pair.move, by=made.users[pair.role], reason="r"
                ),
            )
            assert got == (pair.target or pair.expected), pair
            transaction.set_rollback(True)


def ending(row, act) -> str:
    try:
        act()
    except DomainError as refusal:
        return refusal.code
    row.refresh_from_db()
    return row.state
