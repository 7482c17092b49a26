"""Check-lists: every point judged with a reason, what lacks is done by somebody by a day."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from core.errors import DomainError
from core.tasks.api import Task, sync_now
from procurement.domain.compliance import Judgement, begin_check, judge, move_check
from procurement.domain.compliance_paper import check_document
from procurement.enums.compliance import COMPLIANCE_CHECK, Probe
from procurement.models import (
    Clause,
    ComplianceAnswer,
    ComplianceCheck,
    CompliancePoint,
    ComplianceStandard,
    ContractRevision,
    CostComponents,
    IndexationRule,
    PolicyDocument,
    SpendingCap,
)
from procurement.queries.compliance import checks_visible_to, standing_of
from procurement.queries.compliance_probes import seen_for
from providers.models import BusinessYear, WaitStatement
from regions.enums import Role
from tests.api.conftest import api_of
from tests.factories import Made, a_region, a_standard, with_users
from tests.states import every_pair

TODAY = date(2026, 3, 2)
JUNE = date(2026, 6, 1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def made(db, settings) -> Made:
    settings.CLOCK_TODAY = TODAY.isoformat()
    settings.MFA_REQUIRED = False
    return with_users(a_region())


@pytest.fixture
def by(made: Made):
    return made.users[Role.CONTRACT_MANAGER]


@pytest.fixture
def check(made: Made, by) -> ComplianceCheck:
    return begin_check(standard=a_standard(made.region), subject=made.contract, by=by)


def points(check: ComplianceCheck) -> list[ComplianceAnswer]:
    return list(check.answers.order_by("number"))


def code_of(call, **given) -> str:
    with pytest.raises(DomainError) as refusal:
        call(**given)
    return refusal.value.code


def due() -> list[tuple[str, date]]:
    rows = Task.objects.filter(source="procurement.compliance", state="open")
    return list(rows.values_list("title", "due"))


def test_a_check_keeps_the_points_with_which_it_began(check) -> None:
    CompliancePoint.objects.all().delete()
    assert [(p.article, p.verdict) for p in points(check)] == [
        ("art. 1.3", "open"), ("art. 3.10", "open"),
    ]  # fmt: skip


def test_what_lacks_is_a_task_until_it_is_met_also_after_settling(made, check, by) -> None:
    first, second = points(check)
    lack = Judgement("not_met", "Drie maanden.", "Addendum over zes maanden", by, JUNE)
    judge(answer=first, judgement=lack, by=by)
    assert code_of(move_check, check=check, move="settle", by=by) == "punten-open"
    judge(answer=second, judgement=Judgement("met", "Zo staat het er."), by=by)
    move_check(check=check, move="settle", by=by)
    sync_now(tenant_id=made.region.pk)
    assert due() == [("Norm art. 1.3: Addendum over zes maanden", JUNE)]
    told = Judgement("not_applicable", "Toch niet.")
    for point in points(check):
        assert code_of(judge, answer=point, judgement=told, by=by) == "toets-ligt-vast"
    judge(answer=points(check)[0], judgement=Judgement("met", "Addendum getekend."), by=by)
    sync_now(tenant_id=made.region.pk)
    assert due() == []
    found = standing_of(check)
    assert (found.met, found.lacking, found.unjudged) == (2, 0, 0)


def test_a_judgement_has_a_reason_and_a_lack_a_remedy(made, check, by) -> None:
    point = points(check)[0]
    for given in (Judgement("met", " "), Judgement("not_met", "Nee")):
        with pytest.raises(ValidationError):
            judge(answer=points(check)[0], judgement=given, by=by)
    nothing = {"answer": point, "judgement": Judgement("open", "Nog niet"), "by": by}
    assert code_of(judge, **nothing) == "oordeel-ontbreekt"
    reader = {**nothing, "by": made.users[Role.CONTROLLER]}
    assert code_of(judge, **reader) == "niet-bevoegd"


def test_a_standard_fits_its_kind_and_region_and_runs_once(made, check, by) -> None:
    plan = PolicyDocument.objects.create(region=made.region, kind="strategy", title="Strategie")
    assert code_of(begin_check, standard=check.standard, subject=plan, by=by) == "ander-onderwerp"
    with pytest.raises(ValidationError):
        begin_check(standard=check.standard, subject=made.contract, by=by)
    other = a_region(slug="zuid", name="Regio Zuid")
    other_code = {"standard": check.standard, "subject": other.contract, "by": by}
    assert code_of(begin_check, **other_code) == "andere-regio"
    for role, number in ((Role.EXECUTIVE, 1), (Role.PROVIDER, 0), (Role.COUNCIL_MEMBER, 0)):
        assert checks_visible_to(made.users[role]).count() == number, role


def test_the_site_looks_up_what_it_can(made) -> None:
    """Each probe before and after: None is for people, then whether it seems met."""
    contract = made.contract
    contract.max_extensions, contract.extension_months = 1, 12
    contract.extension_notice_months, contract.kind = 3, "framework"
    contract.start_date, contract.end_date = date(2023, 1, 1), date(2031, 1, 1)
    contract.save()

    def found() -> dict[str, bool | None]:
        return {probe.value: seen_for(contract, probe).holds for probe in Probe}

    assert found() == {
        "extension": False, "long_term": False, "revision": None, "ceiling": None,
        "indexation": False, "prices": False, "continuity": False, "waits": False,
        "subcontracting": False,
    }  # fmt: skip
    contract.extension_notice_months, contract.long_term_reason = 6, "Transformatie"
    contract.save()
    ContractRevision.objects.create(
        contract=contract, number=1, title="Naam", reason_code="policy", explanation="x",
        addendum="Artikel 1 luidt.", effective_from=JUNE,
    )  # fmt: skip
    SpendingCap.objects.create(contract=contract, year=2026, amount=Decimal(1000))
    contract.caps.first().refresh_from_db()
    IndexationRule.objects.create(region=made.region, kind="weighted")
    CostComponents.objects.create(
        tariff=made.tariff, staff_direct=50, staff_indirect=10, other_direct=10, overhead=10,
        indexation=2,
    )  # fmt: skip
    BusinessYear.objects.create(provider=made.provider, year=2025, revenue=100, result=1)
    WaitStatement.objects.create(
        provider=made.provider,
        product_code="45A01",
        known="known",
        intake_days=3,
        treatment_days=4,
        stated_on=TODAY,
    )
    Clause.objects.create(contract=contract, kind="no_subcontracting", title="Zelf", text="Zelf.")
    assert set(found().values()) == {True}
    assert "1.000,00" in seen_for(contract, "ceiling").text
    assert seen_for(contract, "") is None


def test_each_move_from_each_state_by_each_role(made, check, by) -> None:
    ComplianceAnswer.objects.update(verdict="met", motivation="Ja", judged_on=TODAY)
    unlike = []
    for pair in every_pair(COMPLIANCE_CHECK):
        with transaction.atomic():
            ComplianceCheck.objects.filter(pk=check.pk).update(state=pair.state)
            try:
                move_check(
                    check=ComplianceCheck.objects.get(pk=check.pk), move=pair.move,
                    by=made.users[pair.role], reason="Omdat het moet",
                )  # fmt: skip
                told = None
            except DomainError as error:
                told = error.code
            state = ComplianceCheck.objects.get(pk=check.pk).state
            if (told, state) != (pair.expected, pair.target or pair.state):
                unlike.append((str(pair), told, state))
            transaction.set_rollback(True)
    assert unlike == []


def test_a_plan_shows_its_check_list_with_what_is_open(client, made, by) -> None:
    standard = a_standard(made.region)
    ComplianceStandard.objects.filter(pk=standard.pk).update(subject="plan")
    standard.refresh_from_db()
    plan = PolicyDocument.objects.create(region=made.region, kind="strategy", title="Strategie")
    page = reverse("plan", args=[made.region.slug, plan.pk])
    client.force_login(by)
    assert (
        f"nog niet aan een norm getoetst. Er is: {standard}." in client.get(page).content.decode()
    )
    first, *rest = points(begin_check(standard=standard, subject=plan, by=by))
    judge(answer=first, judgement=Judgement("met", "Gelezen"), by=by)
    html = client.get(page).content.decode()
    assert f"Wat nog open staat ({len(rest)})" in html
    assert rest[0].text in html
    assert first.text not in html
    client.force_login(made.users[Role.COUNCIL_MEMBER])
    assert "Naleving van normen" not in client.get(page).content.decode()


def test_pages_paper_and_api(client, made, by) -> None:
    standard, slug = a_standard(made.region), made.region.slug
    client.force_login(by)
    client.post(
        reverse("compliance-add", args=[slug, "contract"]),
        {"standard": standard.pk, "subject": made.contract.pk},
    )
    check = ComplianceCheck.objects.get()
    first, second = points(check)
    judging = reverse("compliance-judge", args=[slug, first.pk])
    lack = {"verdict": "not_met", "motivation": "Te kort"}
    assert "Zeg uiterlijk wanneer." in client.post(judging, lack).content.decode()
    whole = {**lack, "remedy": "Addendum", "due_on": "01-06-2026"}
    page = reverse("compliance-check", args=[slug, check.pk])
    assert client.post(judging, whole)["Location"] == page
    assert "Addendum" in client.get(page).content.decode()
    assert any("Addendum" in str(block) for block in check_document(check).blocks)
    api = api_of(by)
    answer = api.client.patch(
        f"/api/v1/nalevingspunten/{second.pk}",
        {"oordeel": "niet-van-toepassing", "waarom": "Kleine praktijk"}, format="json",
    )  # fmt: skip
    assert (answer.status_code, answer.json()["oordeel"]) == (200, "niet-van-toepassing")
    row = api.post(f"nalevingstoetsen/{check.pk}/stap", {"stap": "settle"}).json()
    assert (row["stand"], row["vastgesteldOp"]) == ("vastgesteld", TODAY.isoformat())
