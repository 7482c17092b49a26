"""What people do with deviations: every pair of state, move and role; pages, bulk, API."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from core import clock
from core.errors import DomainError, NotAllowed
from core.intake.models import IntakeRun
from finance.deviation_enums import DEVIATION, DeviationState
from finance.domain.checking import check_months
from finance.domain.deviating import move_deviation
from finance.models import CheckedRun, CheckTerms, Deviation, LineFinding
from finance.queries.deviations import answers_due, once_per_line, standing, to_judge
from providers.models import Provider
from regions.enums import Role
from tests.factories import user_with
from tests.looking import sign_in
from tests.states import every_pair

from .conftest import movement
from .lines import AGB, contract, line, provider, received, tariff

pytestmark = pytest.mark.django_db
YEAR = (date(2024, 1, 1), date(2025, 1, 1))


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.MFA_REQUIRED = False


@pytest.fixture
def found(place):
    """Two months in which a provider asks 30 and 20 euros too much, once also without product."""
    contract(provider(place.region), ["45A01"])
    tariff(place.region, "45A01", "1.20")
    tariff(place.region, "45A02", "1.00")
    line(place.region, 150)
    line(place.region, 140, month=2)
    line(place.region, 100, month=2, product="45A02")
    check_months(place.region.pk, *YEAR)
    return place


def state_of(row, state):
    Deviation.objects.filter(pk=row.pk).update(
        state=state, claimed=Decimal(10), received=Decimal(10), decided_amount=Decimal(10)
    )


def test_every_pair_of_state_move_and_role(found):
    row = Deviation.objects.get(kind="tariff_high", care_month=date(2024, 1, 1))
    owner = Provider.objects.get(region=found.region)
    users = {role: user_with(role, found.region, found.hague, owner) for role in Role.values}
    wrong = []
    for pair in every_pair(DEVIATION):
        state_of(row, pair.state)
        try:
            move_deviation(
                deviation=row, move=pair.move, by=users[pair.role], reason="Omdat het moet."
            )
            outcome = None
        except NotAllowed:
            outcome = "stap-niet-bevoegd"
        except DomainError as error:
            outcome = error.code
        # Who handles no deviations at all is told so before the table is asked.
        expected = pair.expected
        if pair.role not in ("regional_admin", "controller", "contract_manager"):
            expected = "stap-niet-bevoegd"
        row.refresh_from_db()
        target = pair.target if pair.expected is None else pair.state
        if (outcome, row.state) != (expected, target):
            wrong.append((str(pair), outcome, row.state))
    assert wrong == []


def test_a_claim_names_its_amount_and_a_settlement_what_came_in(found, controller):
    row = Deviation.objects.get(kind="tariff_high", care_month=date(2024, 1, 1))
    with pytest.raises(DomainError, match="niet meer terugvorderen"):
        move_deviation(
            deviation=row, move="claim", by=controller, reason="Te hoog.", amount=Decimal("30.01")
        )
    move_deviation(deviation=row, move="claim", by=controller, reason="Te hoog.")
    assert (row.state, row.claimed) == ("claimed", 30)
    assert row.answer_by == clock.today() + timedelta(days=14)
    move_deviation(
        deviation=row, move="settle", by=controller, reason="Verrekend.", amount=Decimal("29.99")
    )
    assert (row.state, row.received, row.decided_amount) == ("settled", Decimal("29.99"), 30)


def test_what_is_lower_than_agreed_cannot_be_claimed(found, controller):
    line(found.region, 80, month=3)
    check_months(found.region.pk, *YEAR)
    row = Deviation.objects.get(kind="tariff_low")
    assert row.amount == -40
    with pytest.raises(DomainError, match="niets terug te vorderen"):
        move_deviation(deviation=row, move="claim", by=controller, reason="Te laag.")


def test_amounts_by_state_and_each_line_once(found, controller):
    line(found.region, 170, month=2, product="45A02")
    check_months(found.region.pk, *YEAR)
    rows = Deviation.objects.filter(region=found.region)
    # 30 and 20 above the tariff, 70 above that of another product, 100 and 170 not in contract.
    assert standing(rows).open == 30 + 20 + 70 + 100 + 170
    assert once_per_line(found.region.pk) == 30 + 20 + 100 + 170
    row = rows.get(kind="tariff_high", care_month=date(2024, 1, 1))
    move_deviation(deviation=row, move="accept", by=controller, reason="Maatwerk.")
    assert standing(rows).accepted == 30
    assert once_per_line(found.region.pk) == 290


def test_what_is_no_fault_is_told_apart(client, found, controller):
    Deviation.objects.filter(kind="product").update(kind="long")
    now = standing(Deviation.objects.filter(region=found.region))
    # 30 and 20 above the tariff, and 100 of help that lasts long.
    assert (now.open, now.no_fault) == (150, 100)
    client.force_login(controller)
    html = client.get(url("deviations")).content.decode()
    assert "Daarvan geen fout" in html
    html = client.get("/regio/haaglanden/").content.decode()
    assert "Samen € 150,00, waarvan € 100,00 hulp die lang duurt" in html


def test_terms_of_judging_and_answering_are_tasks(found, controller):
    until = clock.today() + timedelta(days=60)
    assert [due.key for due in to_judge(found.region.pk, until)] == [f"judge-{AGB}"]
    assert list(to_judge(found.region.pk, clock.today())) == []
    row = Deviation.objects.get(kind="product")
    move_deviation(deviation=row, move="ask", by=controller, reason="Waarom?")
    assert [due.day for due in answers_due(found.region.pk, until)] == [row.answer_by]
    move_deviation(deviation=row, move="accept", by=controller, reason="Uitgelegd.")
    assert list(answers_due(found.region.pk, until)) == []


def url(name, *args):
    return reverse(name, args=["haaglanden", *args])


def test_the_list_says_the_amounts_and_its_file_too(client, found, controller):
    client.force_login(controller)
    html = client.get(url("deviations")).content.decode()
    assert "De Hulp" in html
    assert "150,00" in html  # 30 + 20 + 100 open
    file = client.get(url("deviations") + "?bestand=csv")
    text = b"".join(file.streaming_content).decode("utf-8-sig")
    lines = [one.split(";") for one in text.splitlines()]
    assert sum(Decimal(one[5].replace(",", ".")) for one in lines[1:]) == 150


def test_a_filter_narrows(client, found, controller):
    client.force_login(controller)
    html = client.get(url("deviations") + "?toets=product").content.decode()
    assert "product niet in contract" in html
    assert "januari 2024" not in html


def test_what_was_found_since_a_day_and_the_links_keep_it(client, found, controller):
    Deviation.objects.filter(kind="tariff_high").update(found_on=date(2024, 3, 1))
    Deviation.objects.filter(kind="product").update(found_on=date(2024, 4, 1))
    client.force_login(controller)
    answer = client.get(url("deviations") + "?sinds=2024-04-01")
    assert [row.kind for row in answer.context["page"]] == ["product"]
    html = answer.content.decode()
    assert "?toets=product&amp;stand=open&amp;sinds=2024-04-01" in html
    assert f"?aanbieder={AGB}&amp;stand=open&amp;sinds=2024-04-01" in html


def test_people_read_names_months_and_euros_and_no_codes(client, found, controller):
    client.force_login(controller)
    row = Deviation.objects.get(kind="tariff_high", care_month=date(2024, 1, 1))
    html = client.get(url("deviation-move", row.pk, "claim")).content.decode()
    assert "Terugvorderen: hoger dan het tarief, De Hulp, januari 2024" in html
    assert "Leeg: het hele bedrag, € 30,00." in html
    asked = {"reason": "Te veel.", "amount": "31,00"}
    html = client.post(url("deviation-move", row.pk, "claim"), asked).content.decode()
    assert "U kunt niet meer terugvorderen dan afwijkt: € 30,00." in html
    posted = {"_bulk": "ask", "_rows": [row.pk], "_step": "look", "reason": "Waarom?"}
    html = client.post(url("deviations"), posted).content.decode()
    assert "hoger dan het tarief, De Hulp, januari 2024" in html
    assert "Het gaat om € 30,00." in html
    move_deviation(deviation=row, move="ask", by=controller, reason="Waarom?")
    until = clock.today() + timedelta(days=60)
    assert [due.title for due in to_judge(found.region.pk, until)] == [
        "Afwijkingen van De Hulp beoordelen"
    ]
    assert [due.title for due in answers_due(found.region.pk, until)] == [
        "Antwoord op navraag: hoger dan het tarief, De Hulp, januari 2024"
    ]


def test_a_line_shows_what_else_was_declared_on_its_allocation(client, found, controller):
    sign_in(client, controller)
    one = line(found.region, 80, month=3)
    twin = line(found.region, 80, month=3)
    line(found.region, 500, month=3, allocation_number=2)
    html = client.get(url("spend-line", one.pk)).content.decode()
    assert f"{one.reference} (deze)" in html
    assert url("spend-line", twin.pk) in html
    # 150 + 140 + 100 of the two months before, and twice 80.
    assert "<strong>550,00</strong>" in html


def test_a_delivery_says_what_it_cost_and_leads_to_what_was_found(client, found, controller):
    run = IntakeRun.objects.create(
        tenant_id=found.region.pk, form_code="ijw", state="done", number=7, title="Berichten",
        requested_by=controller, finished_at=clock.now(),
    )  # fmt: skip
    for care, cents in ((date(2024, 1, 1), 15_000), (date(2023, 12, 1), -2_500)):
        movement(found.region, care, date(2024, 2, 1), cents, run=7).save()
    received(found.region, run=7)
    client.force_login(controller)
    html = client.get(url("intake-run", run.pk)).content.decode()
    for words in ("150,00", "-25,00", "125,00", "nog niet getoetst", url("check-now")):
        assert words in html.replace("−", "-"), words
    CheckedRun.objects.create(region_id=found.region.pk, run=7)
    html = client.get(url("intake-run", run.pk)).content.decode()
    assert f"?stand=found&amp;sinds={clock.today():%Y-%m-%d}" in html
    assert "3 nieuwe afwijkingen" in html


def test_many_at_once_after_a_look(client, found, controller):
    client.force_login(controller)
    rows = Deviation.objects.filter(kind="tariff_high").values_list("pk", flat=True)
    posted = {"_bulk": "claim", "_rows": list(rows), "reason": "Boven het tarief."}
    preview = client.post(url("deviations"), {**posted, "_step": "look"})
    assert preview.status_code == 200
    assert set(Deviation.objects.values_list("state", flat=True)) == {DeviationState.FOUND}
    client.post(url("deviations"), {**posted, "_step": "do"})
    kept = Deviation.objects.filter(kind="tariff_high").order_by("care_month")
    assert [(row.state, row.claimed) for row in kept] == [("claimed", 30), ("claimed", 20)]


def test_a_deviation_shows_its_lines_and_one_can_be_excepted(client, found, controller):
    sign_in(client, controller)
    row = Deviation.objects.get(kind="tariff_high", care_month=date(2024, 1, 1))
    finding = LineFinding.objects.get(deviation=row)
    html = client.get(url("deviation", row.pk)).content.decode()
    assert "120,00" in html  # what was expected
    client.post(url("finding-except", row.pk, finding.pk), {"reason": "Maatwerkafspraak."})
    row.refresh_from_db()
    assert (row.amount, row.lines) == (0, 0)
    client.post(url("finding-count", row.pk, finding.pk))
    row.refresh_from_db()
    assert row.amount == 30
    text = b"".join(client.get(url("deviation-csv", row.pk)).streaming_content).decode("utf-8-sig")
    assert text.splitlines()[1].split(";")[8:11] == ["150,00", "120,00", "30,00"]


def test_a_move_by_its_page(client, found, controller):
    client.force_login(controller)
    row = Deviation.objects.get(kind="product")
    client.post(
        url("deviation-move", row.pk, "claim"), {"reason": "Niet in contract.", "amount": "60,00"}
    )
    row.refresh_from_db()
    assert (row.state, row.claimed) == ("claimed", 60)


def test_checks_by_hand_are_a_job_and_their_terms_are_kept(client, found, controller):
    client.force_login(controller)
    LineFinding.objects.all().delete()
    Deviation.objects.all().delete()
    client.post(url("check-now"), {"jaar": "2024"})
    client.post(
        url("checks"),
        {"long_months": 12, "late_months": 6, "tolerance": "1,00", "answer_days": 10,
         "judge_days": 20},
    )  # fmt: skip
    assert CheckTerms.objects.get(region=found.region).late_months == 6


def test_others_than_staff_see_no_lines(client, found, councillor, outsider):
    row = Deviation.objects.first()
    for user, status in ((councillor, 403), (outsider, 404)):
        client.force_login(user)
        assert client.get(url("deviations")).status_code == status
        assert client.get(url("deviation", row.pk)).status_code == status


def test_programs_read_what_is_spent_and_what_deviates_and_take_steps(
    found, controller, councillor
):
    client = APIClient()
    client.force_authenticate(controller)
    row = Deviation.objects.get(kind="product")
    answer = client.get(
        "/api/v1/afwijkingen", {"regio": "haaglanden", "toets": "product-niet-in-contract"}
    ).json()
    assert [one["afwijking"] for one in answer["resultaten"]] == ["100.00"]
    address = f"/api/v1/afwijkingen/{row.pk}/regels"
    assert client.get(address).status_code == 400  # not without a reason
    lines = client.get(address, headers={"X-Reden": "nagaan"}).json()
    assert [(one["bedrag"], one["afwijking"]) for one in lines] == [("100.00", "100.00")]
    moved = client.post(
        f"/api/v1/afwijkingen/{row.pk}/stap",
        {"stap": "claim", "reden": "Niet in contract.", "bedrag": "80.00"},
        format="json",
    )
    assert (moved.status_code, moved.json()["teruggevorderd"]) == (200, "80.00")
    again = client.post(
        f"/api/v1/afwijkingen/{row.pk}/stap", {"stap": "claim", "reden": "x"}, format="json"
    )
    assert again.status_code == 409
    other = Deviation.objects.get(kind="tariff_high", care_month=date(2024, 1, 1))
    excepted = client.post(
        f"/api/v1/afwijkingen/{other.pk}/uitzonderingen",
        {"bevinding": other.findings.get().pk, "reden": "Maatwerk."},
        format="json",
    )
    assert excepted.json()["afwijking"] == "0.00"
    asked = client.post("/api/v1/afwijkingen", {"regio": "haaglanden", "jaar": 2024}, format="json")
    assert asked.status_code == 202
    client.force_authenticate(councillor)
    assert client.get("/api/v1/afwijkingen", {"regio": "haaglanden"}).json()["resultaten"] == []
    assert client.get(f"/api/v1/afwijkingen/{row.pk}").status_code == 404


def test_programs_get_the_amounts_of_the_screen(spend, controller, councillor):
    client = APIClient()
    client.force_authenticate(controller)
    query = {"regio": "haaglanden", "jaar": 2024, "naar": "gemeente", "en": "segment"}
    rows = client.get("/api/v1/uitgaven", query).json()
    assert len(rows) == 4
    assert sum(Decimal(row["samen"]) for row in rows) == 48_000
    client.force_authenticate(councillor)
    rows = client.get("/api/v1/uitgaven", {**query, "en": "segment"}).json()
    assert sum(Decimal(row["samen"]) for row in rows) == 24_000
