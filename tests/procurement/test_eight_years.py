"""One contract through eight years, asked as it read on many days. Every answer is by hand.

2023-01-01  starts: three and five years, product 45A01 at € 92,40
2024-07-01  herziening 1: product 45A02 joins, no subcontractors any more
2025-01-01  indexation of 4,96%: € 92,40 becomes € 96,98
2026-02-01  herziening 2 is refused; the contract stays as it is
2027-01-01  herziening 3: 45A01 leaves, ceiling of 2027 down, phase 2 gets an aim, another name
2028-02-01  suspended until 2028-03-01
2030-05-20  extended by four years, until 2034
"""

from datetime import date
from decimal import Decimal

import pytest

from procurement.domain import extending, lifecycle, revising
from procurement.domain.contracts import keep_part
from procurement.domain.moves import WORKFLOWS, make_move
from procurement.domain.parts import HEAD, PARTS
from procurement.domain.reading import differences
from procurement.models import (
    Contract,
    ContractPhase,
    ContractRevision,
    SpendingCap,
    Tariff,
)
from procurement.queries.reading import reading_of
from regions.enums import Role
from tests.factories import Made, ProductFactory, TariffFactory, a_region, user_with

pytestmark = pytest.mark.django_db


class Story:
    """Lives through the eight years on the days on which things were done."""

    def __init__(self, made: Made, settings) -> None:
        self.made, self.settings = made, settings
        self.contract = made.contract
        self.by = user_with(Role.CONTRACT_MANAGER, made.region)

    def on(self, day: str) -> None:
        self.settings.CLOCK_TODAY = day
        self.contract = Contract.objects.get(pk=self.contract.pk)

    def revision(self, offered: str, effective: str, changes: list) -> ContractRevision:
        self.on(offered)
        revision = revising.keep_revision(
            revision=ContractRevision(
                contract=self.contract, title=f"Per {effective}", reason_code="transformation",
                explanation="Uit de ontwikkeltafel", on_refusal="unchanged",
                effective_from=date.fromisoformat(effective),
                answer_before=date.fromisoformat(effective),
            ),
            by=self.by,
        )  # fmt: skip
        for change in changes:
            revising.add_change(revision=revision, by=self.by, **change)
        make_move(WORKFLOWS["herziening"], revision, "offer", by=self.by)
        return revision

    def live(self) -> "Story":
        self.begin()
        self.first_revision()
        self.indexation()
        self.refused_revision()
        self.third_revision()
        self.suspension()
        self.extension()
        return self

    def begin(self) -> None:
        self.on("2022-11-01")
        c = self.contract
        Contract.objects.filter(pk=c.pk).update(
            status="offered", name="Jeugdhulp 2023", max_extensions=1, extension_months=48,
            extension_tests=["Doelrealisatie", "Partnerschap"],
        )  # fmt: skip
        c.phases.all().delete()
        for number, start, end in ((1, 2023, 2026), (2, 2026, 2031)):
            phase = ContractPhase(
                contract=c, number=number, start_date=date(start, 1, 1), end_date=date(end, 1, 1)
            )
            keep_part(part=phase, by=self.by)
        SpendingCap.objects.create(contract=c, year=2027, amount=500_000)
        self.on("2022-12-01")
        lifecycle.accept(contract=self.contract, by=self.by)

    def first_revision(self) -> None:
        second = ProductFactory(region=self.made.region, code="45A02", name="Groep")
        TariffFactory(region=self.made.region, product_code="45A02", amount=Decimal("40.00"))
        revision = self.revision(
            "2024-03-01",
            "2024-07-01",
            [
                {"part": "product", "action": "add", "values": {"product": second.pk}},
                {
                    "part": "clausule",
                    "action": "add",
                    "values": {
                        "kind": "no_subcontracting",
                        "title": "Geen onderaannemers",
                        "text": "De aanbieder levert de hulp zelf.",
                        "source": "002:L1079",
                    },
                },
            ],
        )
        self.on("2024-04-15")
        make_move(WORKFLOWS["herziening"], revision, "accept", by=self.by)

    def indexation(self) -> None:
        self.on("2024-11-20")
        old = Tariff.objects.get(product_code="45A01", contract=None)
        Tariff.objects.filter(pk=old.pk).update(valid_to=date(2025, 1, 1))
        TariffFactory(region=self.made.region, valid_from=date(2025, 1, 1), amount=Decimal("96.98"))

    def refused_revision(self) -> None:
        values = {"name": "Een naam die er nooit kwam"}
        change = {"part": HEAD, "action": "change", "values": values}
        revision = self.revision("2026-01-10", "2026-07-01", [change])
        self.on("2026-02-01")
        make_move(WORKFLOWS["herziening"], revision, "refuse", by=self.by, reason="Te duur")

    def third_revision(self) -> None:
        c = self.contract
        product = c.products.get(product__code="45A01")
        cap, phase = c.caps.get(year=2027), c.phases.get(number=2)
        revision = self.revision(
            "2026-08-01",
            "2027-01-01",
            [
                {"part": HEAD, "action": "change", "values": {"name": "Jeugdhulp fase 2"}},
                {"part": "product", "action": "end", "target": product},
                {
                    "part": "plafond",
                    "action": "change",
                    "target": cap,
                    "values": {**PARTS["plafond"].values(cap), "amount": "450000.00"},
                },
                {
                    "part": "fase",
                    "action": "change",
                    "target": phase,
                    "values": {**PARTS["fase"].values(phase), "aims": ["30% minder cliënten"]},
                },
            ],
        )
        self.on("2026-10-01")
        make_move(WORKFLOWS["herziening"], revision, "accept", by=self.by)

    def suspension(self) -> None:
        self.on("2028-02-01")
        make_move(WORKFLOWS["contract"], self.contract, "suspend", by=self.by, reason="Inspectie")
        self.on("2028-03-01")
        make_move(WORKFLOWS["contract"], self.contract, "resume", by=self.by)

    def extension(self) -> None:
        self.on("2030-05-01")
        extension = extending.propose_extension(contract=self.contract, by=self.by)
        for name in ("Doelrealisatie", "Partnerschap"):
            extending.record_test(
                extension=extension, name=name, met=True, motivation="Gehaald", by=self.by
            )
        self.on("2030-05-20")
        make_move(WORKFLOWS["verlenging"], extension, "agree", by=self.by)


@pytest.fixture
def story(settings) -> Story:
    return Story(a_region(), settings).live()


def head(reading) -> dict[str, str]:
    return {fact.label: fact.text for fact in reading.head}


# day, state, version, name, last day, products, price of 45A01, ceiling 2027, phases, clauses
ANSWERS = [
    ("2022-11-15", "aangeboden", 0, "Jeugdhulp 2023", "31 december 2030", [], None, "500", 2, 0),
    ("2022-12-15", "lopend, nog niet begonnen", 0, "Jeugdhulp 2023", "31 december 2030", [], None,
     "500", 2, 0),
    ("2023-01-01", "lopend", 0, "Jeugdhulp 2023", "31 december 2030", ["45A01"], "92,40", "500", 2,
     0),
    # agreed in April 2024, but it reads so from July on
    ("2024-06-30", "lopend", 0, "Jeugdhulp 2023", "31 december 2030", ["45A01"], "92,40", "500", 2,
     0),
    ("2024-07-01", "lopend", 1, "Jeugdhulp 2023", "31 december 2030", ["45A01", "45A02"], "92,40",
     "500", 2, 1),
    ("2024-12-31", "lopend", 1, "Jeugdhulp 2023", "31 december 2030", ["45A01", "45A02"], "92,40",
     "500", 2, 1),
    ("2025-01-01", "lopend", 1, "Jeugdhulp 2023", "31 december 2030", ["45A01", "45A02"], "96,98",
     "500", 2, 1),
    ("2026-07-01", "lopend", 1, "Jeugdhulp 2023", "31 december 2030", ["45A01", "45A02"], "96,98",
     "500", 2, 1),
    ("2026-12-31", "lopend", 1, "Jeugdhulp 2023", "31 december 2030", ["45A01", "45A02"], "96,98",
     "500", 2, 1),
    ("2027-01-01", "lopend", 2, "Jeugdhulp fase 2", "31 december 2030", ["45A02"], None, "450", 2,
     1),
    ("2028-02-15", "opgeschort", 2, "Jeugdhulp fase 2", "31 december 2030", ["45A02"], None, "450",
     2, 1),
    ("2028-03-01", "lopend", 2, "Jeugdhulp fase 2", "31 december 2030", ["45A02"], None, "450", 2,
     1),
    ("2030-05-19", "lopend", 2, "Jeugdhulp fase 2", "31 december 2030", ["45A02"], None, "450", 2,
     1),
    ("2030-05-20", "lopend", 3, "Jeugdhulp fase 2", "31 december 2034", ["45A02"], None, "450", 3,
     1),
    ("2034-12-31", "lopend", 3, "Jeugdhulp fase 2", "31 december 2034", ["45A02"], None, "450", 3,
     1),
    ("2035-01-01", "afgelopen", 3, "Jeugdhulp fase 2", "31 december 2034", ["45A02"], None, "450",
     3, 1),
]  # fmt: skip


def test_the_contract_reads_as_it_did_on_every_day(story: Story) -> None:
    for day, state, version, name, last, products, price, cap, phases, clauses in ANSWERS:
        read = reading_of(story.contract, date.fromisoformat(day))
        prices = {i.key: i.facts[0].text for i in read.of("tarief")}
        found = (
            day, read.state, read.version, head(read)["naam"], head(read)["laatste dag"],
            [i.key for i in read.of("product")], prices.get("45A01 04"),
            read.of("plafond")[0].facts[1].text, len(read.of("fase")), len(read.of("clausule")),
        )  # fmt: skip
        expected_price = f"€ {price}" if price else None
        assert found == (
            day, state, version, name, last, products, expected_price, f"€ {cap}.000,00", phases,
            clauses,
        )  # fmt: skip


def difference(story: Story, first: str, second: str) -> dict[tuple[str, str], list]:
    days = (date.fromisoformat(first), date.fromisoformat(second))
    found = differences(*(reading_of(story.contract, day) for day in days))
    return {
        (d.title, d.what): [
            (c.label, c.before, c.after) for c in d.changes if d.what == "veranderd"
        ]
        for d in found
    }


def test_what_changed_between_two_days(story: Story) -> None:
    assert difference(story, "2024-06-30", "2024-07-01") == {
        ("45A02 Groep", "erbij"): [],
        ("45A02 per uur", "erbij"): [],
        ("Geen onderaannemers", "erbij"): [],
    }
    assert difference(story, "2024-12-31", "2025-01-01") == {
        ("45A01 per uur", "veranderd"): [("tarief", "€ 92,40", "€ 96,98")]
    }
    assert difference(story, "2026-12-31", "2027-01-01") == {
        ("Contract", "veranderd"): [("naam", "Jeugdhulp 2023", "Jeugdhulp fase 2")],
        ("Fase 2: fase 2", "veranderd"): [
            ("wat deze fase moet bereiken", "–", "30% minder cliënten")
        ],
        ("Plafond 2027", "veranderd"): [("bedrag", "€ 500.000,00", "€ 450.000,00")],
        ("45A01 Ambulante hulp 45A01", "vervallen"): [],
        ("45A01 per uur", "vervallen"): [],
    }
    assert difference(story, "2030-05-19", "2030-05-20") == {
        ("Contract", "veranderd"): [("laatste dag", "31 december 2030", "31 december 2034")],
        ("Fase 3: Verlenging 1", "erbij"): [],
    }


def test_nothing_differs_between_two_days_of_one_version(story: Story) -> None:
    assert difference(story, "2025-01-01", "2026-12-31") == {}
    assert difference(story, "2026-06-30", "2026-07-01") == {}, "a refused revision changes nothing"


def test_backwards_says_the_opposite(story: Story) -> None:
    assert difference(story, "2030-05-20", "2030-05-19") == {
        ("Contract", "veranderd"): [("laatste dag", "31 december 2034", "31 december 2030")],
        ("Fase 3: Verlenging 1", "vervallen"): [],
    }
