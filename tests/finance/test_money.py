"""Income, indications, volumes, shifts between lots and settlements, worked out by hand."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from openpyxl import load_workbook
from rest_framework.test import APIClient

from core.errors import DomainError, NotAllowed
from finance.domain.budgeting import move_budget
from finance.domain.settling import fee_in_year, settle
from finance.domain.steering import keep, move, remove
from finance.enums import BUDGET, SETTLEMENT, SHIFT, BudgetKind, BudgetStatus
from finance.models import (
    Budget,
    BudgetShift,
    IncomeFromState,
    IndexRule,
    ProviderIndication,
    Settlement,
    ShiftRule,
    VolumeTarget,
)
from finance.queries import steering
from finance.queries.budgets import BudgetBook, compared_with_index
from procurement.models import AvailabilityFee, Lot
from providers.models import Provider
from regions.enums import Role
from tests.factories import user_with
from tests.states import every_pair

from .conftest import instalment
from .lines import contract, provider, trajectory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.MFA_REQUIRED = False


def budget(place, amount, year=2025, **fields):
    values = {"status": BudgetStatus.ADOPTED, "source": "Raadsvoorstel", **fields}
    return Budget.objects.create(region=place.region, year=year, amount=Decimal(amount), **values)


# What the documents say of Noordwijk: given, and exactly 2 % on the year before.


def test_given_amounts_stand_beside_the_computed_series(place):
    for year, amount in ((2021, 6_167_100), (2022, 6_290_454), (2023, 6_416_261)):
        given = budget(place, amount, year, municipality=place.delft)
    rises = {2022: Decimal(2), 2023: Decimal(2)}
    years = steering.series_of(Budget.objects.all(), given, rises)
    assert [one.row.amount for one in years] == [6_167_100, 6_290_454, 6_416_261]
    assert [one.from_last for one in years] == [None, Decimal("6290442.00"), Decimal("6416263.08")]
    assert [one.difference for one in years] == [None, Decimal("12.00"), Decimal("-2.08")]
    # 6.167.100 with twice 2 % is 6.416.250,84.
    assert years[2].from_first == Decimal("6416250.84")
    assert years[2].difference_from_first == Decimal("10.16")


def test_half_a_cent_is_the_same_in_the_list_and_in_the_series(place):
    # 100,50 and 1 % is 101,505: rounded up, as everywhere.
    budget(place, "100.50", 2024)
    later = budget(place, 102, 2025)
    IndexRule.objects.create(region=place.region, year=2025, percentage=1, certainty="stated")
    [_, year] = steering.series_of(Budget.objects.all(), later, {2025: Decimal(1)})
    listed = compared_with_index(Budget.objects.all(), IndexRule.objects.all())[later.pk]
    assert (year.from_last, year.from_first, listed.computed) == (Decimal("101.51"),) * 3


def test_a_gap_in_the_years_computes_nothing(place):
    budget(place, 100, 2021)
    later = budget(place, 110, 2023)
    years = steering.series_of(Budget.objects.all(), later, {2023: Decimal(2)})
    assert [one.from_last for one in years] == [None, None]


# Lots, and shifting between them.


@pytest.fixture
def lots(place):
    return [
        Lot.objects.create(region=place.region, code=code, name=code) for code in ("AMB", "SPEC")
    ]


@pytest.fixture
def shift(place, lots, controller):
    rule = ShiftRule.objects.create(
        region=place.region, name="Tien procent", first_year=2025, last_year=2026,
        from_lot=lots[0], most_percent=10, decided_by="het bestuurlijk overleg",
    )  # fmt: skip
    here, there = (
        budget(place, amount, lot=lot) for amount, lot in zip((1000, 500), lots, strict=True)
    )
    row = BudgetShift(
        region=place.region, rule=rule, from_budget=here, to_budget=there, amount=Decimal(60),
        reason="Meer vraag naar specialistische hulp.",
    )  # fmt: skip
    return keep(row=row, by=controller)


def test_lots_add_up_where_no_total_is_given_and_else_the_total_counts(place, lots):
    for lot in lots:
        budget(place, 100, lot=lot)
    assert BudgetBook(place.region.pk).of_year(2025).amount == 200
    budget(place, 250)
    assert BudgetBook(place.region.pk).of_year(2025).amount == 250


def test_an_agreed_shift_moves_what_holds_and_not_what_was_given(shift, controller):
    rows = [shift.from_budget, shift.to_budget]
    assert steering.with_shifts(rows) == {}
    move(row=shift, move="agree", by=controller, reason="Besluit van 3 maart.")
    assert steering.with_shifts(rows) == {rows[0].pk: 940, rows[1].pk: 560}
    shift.from_budget.refresh_from_db()
    assert shift.from_budget.amount == 1000


def test_the_rule_says_how_much_in_a_year(shift, controller):
    move(row=shift, move="agree", by=controller, reason="Ja.")
    more = BudgetShift(
        region=shift.region, rule=shift.rule, from_budget=shift.from_budget,
        to_budget=shift.to_budget, amount=Decimal("40.01"), reason="Nog meer.",
    )  # fmt: skip
    keep(row=more, by=controller)
    # Ten percent of 1000 is 100, of which 60 has moved.
    with pytest.raises(DomainError, match="ten hoogste € 40,00"):
        move(row=more, move="agree", by=controller, reason="Ja.")
    BudgetShift.objects.filter(pk=more.pk).update(amount=40)
    more.refresh_from_db()
    move(row=more, move="agree", by=controller, reason="Ja.")


def test_the_rule_says_from_where_and_when(shift, controller):
    back = BudgetShift(
        region=shift.region, rule=shift.rule, from_budget=shift.to_budget,
        to_budget=shift.from_budget, amount=Decimal(1), reason="Terug.",
    )  # fmt: skip
    keep(row=back, by=controller)
    with pytest.raises(DomainError, match="niet tussen deze percelen"):
        move(row=back, move="agree", by=controller, reason="Ja.")
    ShiftRule.objects.update(first_year=2026)
    shift.rule.refresh_from_db()
    with pytest.raises(DomainError, match="geldt niet in 2025"):
        move(row=shift, move="agree", by=controller, reason="Ja.")


def test_a_shift_stays_within_a_year_and_an_agreed_one_does_not_change(place, shift, controller):
    other = budget(place, 100, 2026)
    with pytest.raises(DomainError, match="hetzelfde jaar"):
        keep(
            row=BudgetShift(
                region=place.region, rule=shift.rule, from_budget=shift.from_budget,
                to_budget=other, amount=1, reason="x",
            ),
            by=controller,
        )  # fmt: skip
    move(row=shift, move="agree", by=controller, reason="Ja.")
    shift.amount = Decimal(1)
    with pytest.raises(DomainError, match="verandert niet meer"):
        keep(row=shift, by=controller)
    with pytest.raises(DomainError, match="verandert niet meer"):
        remove(row=shift, by=controller)


# Settlements of task-based contracts.


@pytest.mark.parametrize(
    ("delivered", "beyond", "to_pay"),
    [
        ("1040000", 0, 120_000),  # within five percent
        ("1080000", 30_000, 150_000),  # 1.050.000 is the edge
        ("900000", -50_000, 70_000),  # 950.000 is the edge
        (None, 0, 120_000),
    ],
)
def test_what_lies_beyond_the_margin_is_settled(delivered, beyond, to_pay):
    found = settle(
        agreed=Decimal(1_000_000), margin=Decimal(5),
        delivered=None if delivered is None else Decimal(delivered),
        fees=Decimal(20_000), paid=Decimal(900_000),
    )  # fmt: skip
    assert (found.low, found.high) == (950_000, 1_050_000)
    assert (found.beyond, found.to_pay) == (beyond, to_pay)


def test_a_fee_counts_for_the_days_on_which_it_holds():
    fee = {"amount": Decimal(3660), "year": 2024}
    assert fee_in_year(valid_from=None, valid_to=None, **fee) == 3660
    # 2024 has 366 days: ten euros a day for the 31 of January.
    assert fee_in_year(valid_from=None, valid_to=date(2024, 2, 1), **fee) == 310
    assert fee_in_year(valid_from=date(2025, 1, 1), valid_to=None, **fee) == 0


def test_a_settlement_adds_up_fees_and_instalments(place, spend, controller):
    made = contract(provider(place.region, "65650022"), status="active")
    AvailabilityFee.objects.create(contract=made, title="Crisisbedden", amount=366, valid_from=None)
    instalment(place.region, date(2023, 7, 1), date(2024, 7, 1), Decimal(1200))
    row = Settlement(
        region=place.region, contract=made, segment="S2", year=2024, agreed=Decimal(1000)
    )
    keep(row=row, by=controller)
    [found] = steering.settled(Settlement.objects.all(), place.region)
    # Half of the twelve months paid lie in 2024.
    assert (found.fees, found.paid, found.result.to_pay) == (366, 600, 766)


def test_settlements_are_added_up_and_offer_no_change_once_fixed(client, place, spend, controller):
    made = contract(provider(place.region, "65650022"), status="active")
    rows = [
        keep(
            row=Settlement(
                region=place.region, contract=made, segment=code, year=2024, agreed=amount
            ),
            by=controller,
        )
        for code, amount in (("S1", Decimal("1000.10")), ("S2", Decimal("2000.20")))
    ]
    move(row=rows[0], move="send", by=controller)
    client.force_login(controller)
    address = reverse("money", args=["haaglanden"])
    html = client.get(address, {"jaar": 2024}).content.decode()
    assert html.count("3.000,30") == 2  # agreed and still to be paid
    change = [reverse("row-change", args=["haaglanden", "afrekening", one.pk]) for one in rows]
    assert [f'href="{one}"' in html for one in change] == [False, True]
    assert [client.get(one).status_code for one in change] == [403, 200]


# Income, personal budgets, indications and volumes.


def test_income_and_both_kinds_of_budget_stand_beside_each_other(place, controller):
    budget(place, 700, municipality=place.delft)
    budget(place, 200, municipality=place.delft, kind=BudgetKind.PERSONAL_BUDGET)
    for year, amount, circular in ((2024, 900, "mei"), (2025, 950, "sep"), (2025, 960, "mei")):
        keep(
            row=IncomeFromState(
                region=place.region, municipality=place.delft, year=year, circular=circular,
                dated=date(year, 9 if circular == "sep" else 12, 1), amount=amount,
                indexation=Decimal("3.5"), status="estimate",
            ),
            by=controller,
        )  # fmt: skip
    [found] = steering.year_by_place(
        Budget.objects.all(), IncomeFromState.objects.all(), place.region, 2025
    )
    assert (found.in_kind.amount, found.personal.amount, found.income.amount) == (700, 200, 960)
    assert (found.left, found.indexed) == (60, Decimal("931.50"))


def test_an_indication_stands_beside_what_is_spent(place, spend, controller):
    made = provider(place.region)
    for segment in ("", "S1"):
        keep(
            row=ProviderIndication(
                region=place.region, provider=made, segment=segment, year=2024,
                amount=Decimal(60_000),
            ),
            by=controller,
        )  # fmt: skip
    found = steering.indications_used(ProviderIndication.objects.all(), place.region, 2024)
    assert {one.row.segment: (one.used, one.left) for one in found} == {
        "": (48_000, 12_000),
        "S1": (24_000, 36_000),
    }


def test_volumes_are_trajectories_that_begin(place, controller):
    for number, day in enumerate((date(2024, 3, 1), date(2024, 12, 31), date(2025, 1, 1)), 1):
        trajectory(place.region, number, start_on=day)
    trajectory(place.region, 4, start_on=date(2024, 3, 1), product="45A02")
    for segment in ("", "S1"):
        keep(
            row=VolumeTarget(
                region=place.region, municipality=place.hague, segment=segment, year=2024, most=4
            ),
            by=controller,
        )
    found = steering.volumes_used(VolumeTarget.objects.all(), place.region, 2024, None)
    assert {one.row.segment: one.used for one in found} == {"": 3, "S1": 2}
    assert steering.volumes_used(VolumeTarget.objects.all(), place.region, 2024, ["0503"]) == []


def test_only_keepers_write_and_an_unknown_segment_is_refused(place, controller, councillor):
    row = ProviderIndication(
        region=place.region, provider=provider(place.region), segment="S9", year=2025, amount=1
    )
    with pytest.raises(NotAllowed):
        keep(row=row, by=councillor)
    with pytest.raises(DomainError, match="geen indeling"):
        keep(row=row, by=controller)
    row.segment, row.amount = "", 0
    with pytest.raises(ValidationError):
        keep(row=row, by=controller)


# States.


def moved(kind, place, role_users, make, verb, field="state"):
    wrong = []
    for pair in every_pair(kind):
        row = make(pair)
        try:
            verb(row, pair.move, role_users[pair.role])
            outcome = None
        except NotAllowed:
            outcome = "stap-niet-bevoegd"
        except DomainError as error:
            outcome = error.code
        row.refresh_from_db()
        expected = pair.expected
        if pair.role not in ("regional_admin", "controller"):
            expected = "stap-niet-bevoegd"
        target = pair.target if pair.expected is None else pair.state
        if (outcome, getattr(row, field)) != (expected, target):
            wrong.append((str(pair), outcome, getattr(row, field)))
    return wrong


@pytest.fixture
def users(place):
    owner = provider(place.region, "65650099", "Eigenaar")
    return {role: user_with(role, place.region, place.hague, owner) for role in Role.values}


def test_every_pair_of_a_shift(place, shift, users):
    def make(pair):
        BudgetShift.objects.filter(pk=shift.pk).update(state=pair.state)
        return BudgetShift.objects.get(pk=shift.pk)

    def verb(row, name, user):
        move(row=row, move=name, by=user, reason="Besloten.")

    # A shift that was agreed already stands in its own way: it is counted as shifted.
    assert moved(SHIFT, place, users, make, verb) == []


def test_every_pair_of_a_settlement(place, users):
    row = Settlement.objects.create(
        region=place.region, contract=contract(Provider.objects.get(region=place.region)),
        segment="S1", year=2025, agreed=1,
    )  # fmt: skip

    def make(pair):
        Settlement.objects.filter(pk=row.pk).update(state=pair.state)
        return Settlement.objects.get(pk=row.pk)

    def verb(one, name, user):
        move(row=one, move=name, by=user, reason="Besloten.")

    assert moved(SETTLEMENT, place, users, make, verb) == []


def test_a_proposal_can_be_withdrawn_and_then_counts_no_more(place, controller):
    row = budget(place, 100, status=BudgetStatus.PROPOSED)
    with pytest.raises(DomainError, match="Geef een reden"):
        move_budget(budget=row, move="drop", by=controller)
    move_budget(budget=row, move="drop", by=controller, reason="Dubbel vastgelegd.")
    assert BudgetBook(place.region.pk).of_year(2025) is None
    assert {m.name for m in BUDGET.moves_from("dropped")} == set()


# Pages and programs.


def test_the_page_of_money_shows_all_of_it(client, place, spend, shift, controller, councillor):
    made = provider(place.region)
    ProviderIndication.objects.create(region=place.region, provider=made, year=2025, amount=60_000)
    IncomeFromState.objects.create(
        region=place.region, year=2025, circular="Meicirculaire 2025", amount=123_456,
        status="estimate",
    )  # fmt: skip
    client.force_login(controller)
    html = client.get(reverse("money", args=["haaglanden"]), {"jaar": 2025}).content.decode()
    for words in ("Meicirculaire 2025", "123.456,00", "60.000,00", "Tien procent", "60,00"):
        assert words in html
    client.force_login(councillor)
    html = client.get(reverse("money", args=["haaglanden"]), {"jaar": 2025}).content.decode()
    assert "Meicirculaire 2025" in html
    assert "60.000,00" not in html


def test_amounts_of_a_document_are_not_called_fictitious(client, place, controller):
    """They stand in a demonstration beside what was made up for it."""
    place.region.is_demo = True
    place.region.save()
    given = {"region": place.region, "status": "adopted"}
    Budget.objects.create(
        **given, year=2015, amount=198_000_000, rounding="millions", source="001:L46"
    )
    Budget.objects.create(**given, year=2015, municipality=place.delft, amount=7, fictitious=True)
    client.force_login(controller)
    html = client.get(reverse("money", args=["haaglanden"]), {"jaar": 2015}).content.decode()
    region, delft = html.split("hele regio</a>")[1].split("Delft</a>")
    assert "fictief" not in region.split("</tr>")[0]
    assert "001:L46" in region
    assert "€ 198 miljoen" in region
    assert "fictief" in delft.split("</tr>")[0]
    html = client.get(reverse("budgets", args=["haaglanden"])).content.decode()
    assert "€ 198 miljoen" in html
    assert "198.000.000" not in html


def test_the_series_page(client, place, controller):
    budget(place, 100, 2024)
    row = budget(place, 103, 2025)
    IndexRule.objects.create(region=place.region, year=2025, percentage=2, certainty="stated")
    client.force_login(controller)
    html = client.get(reverse("budget-series", args=["haaglanden", row.pk])).content.decode()
    assert "102,00" in html
    assert "1,00" in html


def test_programs_write_money_and_take_steps(place, spend, shift, controller, councillor):
    client = APIClient()
    client.force_authenticate(controller)
    made = provider(place.region, "65650077", "Nieuw")

    def post(path, **body):
        return client.post(f"/api/v1/{path}", {"regio": "haaglanden", **body}, format="json")

    budgeted = post("begrotingen", jaar=2027, bedrag="100.00", gemeente="0518")
    assert budgeted.status_code == 201, budgeted.content
    assert budgeted.json()["stand"] == "voorstel"
    address = f"/api/v1/begrotingen/{budgeted.json()['id']}"
    assert client.post(f"{address}/stap", {"stap": "adopt"}, format="json").status_code == 200
    changed = client.patch(address, {"bedrag": "110.00"}, format="json")
    assert (changed.json()["versie"], changed.json()["bedrag"]) == (2, "110.00")
    assert client.get(address).json()["bedrag"] == "100.00"
    assert (
        post("rijksinkomsten", jaar=2027, circulaire="Mei", bedrag="5", stand="raming").status_code
        == 201
    )
    given = post("budgetindicaties", jaar=2027, aanbieder=made.pk, bedrag="9.00")
    assert given.json()["agbCode"] == "65650077"
    assert post("volumeafspraken", jaar=2027, gemeente="0518", tenHoogste=5).status_code == 201
    assert (
        post(
            "verschuivingsregels", naam="R", vanJaar=2027, tenHoogste="5", besluitDoor="AB"
        ).status_code
        == 201
    )
    signed = contract(made)
    settled = post("afrekeningen", contract=signed.pk, segment="S1", jaar=2027, afspraak="10.00")
    assert settled.status_code == 201
    moved = client.post(
        f"/api/v1/verschuivingen/{shift.pk}/stap", {"stap": "agree", "reden": "Ja."}, format="json"
    )
    assert moved.json()["stand"] == "afgesproken"
    client.force_authenticate(councillor)
    assert post("budgetindicaties", jaar=2028, aanbieder=made.pk, bedrag="9").status_code == 403
    assert (
        post("rijksinkomsten", jaar=2028, circulaire="M", bedrag="5", stand="raming").status_code
        == 403
    )
    assert client.get("/api/v1/afrekeningen").json()["resultaten"] == []


def test_the_register_of_budgets_sorts_and_downloads_what_stands_beside(client, place, controller):
    budget(place, 100, 2025)
    budget(place, 120, 2025, version=2, status=BudgetStatus.AMENDED)
    budget(place, 90, 2026)
    IndexRule.objects.create(region=place.region, year=2026, percentage=2, certainty="stated")
    client.force_login(controller)
    url = reverse("budgets", args=["haaglanden"])
    shown = {
        order: [row.amount for row in client.get(url, {"sorteer": order}).context["page"]]
        for order in ("-jaar", "jaar", "bedrag", "-bedrag")
    }
    assert shown == {
        "-jaar": [90, 100, 120], "jaar": [100, 120, 90], "bedrag": [90, 100, 120],
        "-bedrag": [120, 100, 90],
    }  # fmt: skip
    lines = b"".join(client.get(url, {"bestand": "csv"}).streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(lines), delimiter=";"))
    assert [(r["Bedrag"], r["Telt mee"], r["Vorig jaar met indexering"]) for r in rows] == [
        ("90,00", "ja", "122,40"), ("100,00", "nee", ""), ("120,00", "ja", ""),
    ]  # fmt: skip


def test_the_workbook_of_budgets_sums_what_counts_by_a_formula(client, place, controller):
    budget(place, 100, 2025)
    budget(place, 120, 2025, version=2, status=BudgetStatus.AMENDED)
    IndexRule.objects.create(region=place.region, year=2025, percentage=2, certainty="stated")
    client.force_login(controller)
    answer = client.get(reverse("budgets-xlsx", args=["haaglanden"]))
    book = load_workbook(io.BytesIO(answer.getvalue()))
    rows = list(book["Begrotingen"].iter_rows(values_only=True))
    assert [(row[10], row[11]) for row in rows[1:3]] == [(100, None), (120, 120)]
    assert (rows[3][0], rows[3][11]) == ("Totaal", "=SUBTOTAL(109,L2:L3)")
    inputs = dict(book["Uitgangspunten"].iter_rows(min_row=2, values_only=True))
    assert inputs["Indexering 2025 (%)"] == 2
    units = {row[1]: row[3] for row in book["Toelichting"].iter_rows(values_only=True)}
    assert units["Gegeven bedrag"] == "euro"
