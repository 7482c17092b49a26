import io
from datetime import date
from decimal import Decimal
from fractions import Fraction

import openpyxl
import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from care.models import SpendTotal
from core.errors import DomainError, NotAllowed
from finance.domain.keeping_keys import fix_year, keep_key, move_key
from finance.enums import KEY, KeyState
from finance.models import AllocationKey
from finance.queries.keys import KeyBook, key_result
from finance.queries.known_shares import shares_in_force
from finance.queries.movements import Outlook
from regions.enums import Role
from regions.models import YouthPopulation
from segments.models import Segment, SegmentParticipation
from tests.factories import ProviderFactory, user_with
from tests.finance.conftest import add_municipality
from tests.states import surprises

from .conftest import AS_OF

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.MFA_REQUIRED = False


def a_key(place, **names):
    given = {"name": "Bevolking", "first_year": 2026, "weight_population": 100, **names}
    return AllocationKey(region=place.region, **given)


@pytest.fixture
def youths(place):
    for code, count in (("0503", 100), ("0518", 300)):
        YouthPopulation.objects.create(
            region=place.region, municipality=code, counted_on=date(2025, 1, 1), count=count
        )


def result(place, key, amount="1000.00"):
    book = KeyBook(place.region, place.scheme)
    return key_result(book, key, year=2026, amount=Decimal(amount))


def test_population_divides_to_the_cent(spend, youths, controller):
    key = keep_key(key=a_key(spend), fixed={}, by=controller)
    found = result(spend, key, "1000.01")
    # 250,0025 and 750,0075: the larger remainder gets the cent.
    assert [line.amount for line in found.lines] == [Decimal("250.00"), Decimal("750.01")]
    # Both used 24.000 a year, so use says half each; the odd cent to the lowest code.
    assert [line.by_use for line in found.lines] == [Decimal("500.01"), Decimal("500.00")]
    assert found.lines[0].difference == Decimal("-250.01")


def test_a_municipality_pays_for_the_segments_it_buys(spend, youths, controller):
    s2 = Segment.objects.get(scheme=spend.scheme, code="S2")
    SegmentParticipation.objects.create(segment=s2, municipality=spend.hague, participation="none")
    key = keep_key(key=a_key(spend), fixed={}, by=controller)
    # Delft spends as much on S1 as on S2, so Den Haag counts half its 300: 100 against 150.
    assert [line.amount for line in result(spend, key).lines] == [Decimal(400), Decimal(600)]
    only = keep_key(key=a_key(spend, segment="S2"), fixed={}, by=controller)
    assert [line.municipality.gm_code for line in result(spend, only).lines] == ["0503"]


def test_use_of_what_a_municipality_no_longer_buys_with_the_region_does_not_count(
    spend, controller
):
    key = keep_key(
        key=a_key(spend, name="Gebruik", weight_population=0, weight_use=100), fixed={},
        by=controller,
    )  # fmt: skip
    assert [line.amount for line in result(spend, key).lines] == [Decimal(500), Decimal(500)]
    s2 = Segment.objects.get(scheme=spend.scheme, code="S2")
    mine = SegmentParticipation.objects.create(
        segment=s2, municipality=spend.hague, participation="none"
    )
    # Each spent as much on S1 as on S2: Den Haag counts for one part, Delft for two.
    found = result(spend, key)
    assert [line.amount for line in found.lines] == [Decimal("666.67"), Decimal("333.33")]
    assert [line.difference for line in found.lines] == [0, 0]
    # It buys one product of S2, and not the one of which there is money.
    mine.participation, mine.products, mine.part = "partial", ["45A09"], "Alleen dit"
    mine.save()
    assert [line.amount for line in result(spend, key).lines][1] == Decimal("333.33")
    mine.products = ["45A02"]
    mine.save()
    assert [line.amount for line in result(spend, key).lines] == [Decimal(500), Decimal(500)]


def test_who_leaves_or_joins_pays_in_the_years_that_it_belongs_to_the_region(
    spend, youths, controller
):
    key = keep_key(key=a_key(spend, first_year=2024), fixed={}, by=controller)
    spend.region.memberships.filter(municipality=spend.hague).update(valid_to=date(2026, 1, 1))
    add_municipality(spend.region, "1926", "Pijnacker-Nootdorp")
    spend.region.memberships.filter(municipality__gm_code="1926").update(
        valid_from=date(2099, 1, 1)
    )
    by_year = result(spend, key).by_year
    assert list(by_year[2025]) == ["0503", "0518"]
    assert by_year[2026] == {"0503": 1}
    assert [line.amount for line in result(spend, key).lines] == [Decimal(1000)]
    YouthPopulation.objects.create(
        region=spend.region, municipality="1926", counted_on=date(2025, 1, 1), count=100
    )
    spend.region.memberships.filter(municipality__gm_code="1926").update(
        valid_from=date(2026, 7, 1)
    )
    found = result(spend, key)
    assert [(line.municipality.gm_code, line.amount) for line in found.lines] == [
        ("0503", Decimal(500)), ("1926", Decimal(500)),
    ]  # fmt: skip


def test_a_key_for_all_segments_asks_nothing_of_who_does_not_buy_one(spend, youths):
    s2 = Segment.objects.get(scheme=spend.scheme, code="S2")
    SegmentParticipation.objects.create(segment=s2, municipality=spend.hague, participation="none")
    key = a_key(spend)
    key.state = "adopted"
    key.save()
    look = Outlook(
        spend.region.pk, spend.scheme.pk, AS_OF, AS_OF, 2**31 - 1, until=date(2027, 1, 1),
        registers_on=None, with_savings=False,
    )  # fmt: skip
    found = shares_in_force(look, ["S1", "S2"])
    assert found["S1"][2026] == {"0503": Fraction(1, 4), "0518": Fraction(3, 4)}
    assert found["S2"][2026] == {"0503": 1}


def test_fixed_shares_are_kept_with_the_key(spend, controller):
    key = keep_key(
        key=a_key(spend, weight_population=0, weight_fixed=100),
        fixed={spend.hague: Decimal(3), spend.delft: Decimal(1)},
        by=controller,
    )
    assert [line.amount for line in result(spend, key).lines] == [Decimal(250), Decimal(750)]


def test_a_limit_holds_against_own_use_of_the_year_before(spend, youths, controller):
    key = keep_key(key=a_key(spend, change_limit=Decimal(10)), fixed={}, by=controller)
    # From half each towards 25/75, at most a tenth: 45/55.
    assert [line.amount for line in result(spend, key).lines] == [Decimal(450), Decimal(550)]


def test_a_key_is_adopted_by_decision_and_then_stays(spend, controller):
    key = keep_key(key=a_key(spend), fixed={}, by=controller)
    with pytest.raises(DomainError, match="reden"):
        move_key(key=key, move="adopt", by=controller)
    move_key(key=key, move="adopt", by=controller, reason="Besluit bestuurlijk overleg")
    with pytest.raises(DomainError, match="verandert niet meer"):
        keep_key(key=key, fixed={}, by=controller)
    other = keep_key(key=a_key(spend, name="Anders"), fixed={}, by=controller)
    with pytest.raises(DomainError, match="al vastgesteld"):
        move_key(key=other, move="adopt", by=controller, reason="Besluit")
    with pytest.raises(IntegrityError), transaction.atomic():
        AllocationKey.objects.filter(pk=other.pk).update(state=KeyState.ADOPTED)


def test_weights_that_are_not_100_are_refused_by_the_database(place):
    with pytest.raises(IntegrityError), transaction.atomic():
        a_key(place, weight_use=10).save()


def test_a_councillor_cannot_propose(spend, councillor):
    with pytest.raises(NotAllowed):
        keep_key(key=a_key(spend), fixed={}, by=councillor)


def test_pages_show_who_pays_and_who_gains(client, spend, youths, controller, councillor):
    key = keep_key(key=a_key(spend), fixed={}, by=controller)
    client.force_login(councillor)
    html = client.get(
        reverse("finance-keys", args=["haaglanden"]), {"jaar": 2026, "bedrag": "1000"}
    ).content.decode()
    assert "250,00" in html
    assert "750,00" in html
    html = client.get(reverse("finance-key", args=["haaglanden", key.pk])).content.decode()
    assert "Risicoverevening" in html
    file = client.get(reverse("finance-keys-csv", args=["haaglanden"]), {"bedrag": "1000"})
    assert "250,00" in file.getvalue().decode("utf-8-sig")
    answer = client.get(reverse("finance-keys-xlsx", args=["haaglanden"]), {"bedrag": "1000"})
    book = openpyxl.load_workbook(io.BytesIO(answer.getvalue()))
    headers, *rows, total = book["Verdeling"].iter_rows(values_only=True)
    amount = headers.index(f"{key.name}: bedrag")
    assert sorted(row[amount] for row in rows) == [250, 750]
    assert total[amount].startswith("=SUBTOTAL(109,")
    told = dict(book["Uitgangspunten"].iter_rows(min_row=2, values_only=True))
    assert told[f"{key.name}: te verdelen (euro)"] == 1000


def test_one_year_has_no_change_from_year_to_year(client, spend, youths, controller):
    keep_key(key=a_key(spend), fixed={}, by=controller)
    client.force_login(controller)
    page = reverse("finance-keys", args=["haaglanden"])
    first = client.get(page, {"jaar": 2026, "bedrag": "1000"}).context["results"][0]
    assert (len(first.by_year) > 1) == (first.year > first.key.first_year)
    html = client.get(page, {"jaar": first.key.first_year, "bedrag": "1000"}).content.decode()
    row = html.split("Grootste verandering")[1].split("</tr>")[0]
    assert "–" in row
    assert "%" not in row


def test_the_page_says_who_buys_which_segment_with_the_region(client, spend, youths, controller):
    s1, s2 = Segment.objects.filter(scheme=spend.scheme).order_by("code")
    SegmentParticipation.objects.create(segment=s2, municipality=spend.hague, participation="none")
    SegmentParticipation.objects.create(
        segment=s1, municipality=spend.hague, participation="partial", part="alleen dagbehandeling",
        products=["45A99"], source="003:L515",
    )  # fmt: skip
    key = keep_key(key=a_key(spend), fixed={}, by=controller)
    client.force_login(controller)
    for address in (
        reverse("finance-keys", args=["haaglanden"]),
        reverse("finance-key", args=["haaglanden", key.pk]),
    ):
        html = client.get(address).content.decode()
        # Those who buy everything spend nothing on the products of that part.
        assert "alleen dagbehandeling: 0%" in html
        assert "003:L515" in html
        assert html.count("<td>geen") == 1


def adopted(place, controller, **names):
    key = keep_key(key=a_key(place, **names), fixed={}, by=controller)
    move_key(key=key, move="adopt", by=controller, reason="Besluit bestuurlijk overleg")
    return key


def told(place, key, year):
    found = KeyBook(place.region, place.scheme).shares(key, year)[year]
    return {code: str(share) for code, share in found.items()}


def count_again(place, count):
    YouthPopulation.objects.filter(region=place.region, municipality="0503").update(count=count)


def test_what_is_learned_after_adoption_does_not_move_the_shares(
    spend, youths, controller, settings
):
    settings.CLOCK_TODAY = "2026-03-02"
    key = adopted(spend, controller)
    assert sorted(set(key.bases.values_list("year", flat=True))) == [2025, 2026, 2027]
    count_again(spend, 300)
    assert told(spend, key, 2026) == told(spend, key, 2027) == {"0503": "1/4", "0518": "3/4"}
    # Of 2028 nothing was fixed: it follows the count of now, until it is fixed in turn.
    assert told(spend, key, 2028) == {"0503": "1/2", "0518": "1/2"}
    with pytest.raises(DomainError, match="De aandelen van 2028 zijn nu niet vast te leggen"):
        fix_year(key=key, year=2028, by=controller)
    settings.CLOCK_TODAY = "2027-03-02"
    fix_year(key=key, year=2028, by=controller)
    count_again(spend, 900)
    assert told(spend, key, 2028) == {"0503": "1/2", "0518": "1/2"}


def test_shares_of_each_segment_of_a_key_for_all_stay_too(spend, youths, controller, settings):
    settings.CLOCK_TODAY = "2026-03-02"
    s2 = Segment.objects.get(scheme=spend.scheme, code="S2")
    SegmentParticipation.objects.create(segment=s2, municipality=spend.hague, participation="none")
    key = adopted(spend, controller)
    SegmentParticipation.objects.all().delete()
    count_again(spend, 300)
    book = KeyBook(spend.region, spend.scheme)
    assert book.shares_in(key, "S2", 2026)[2026] == {"0503": 1}
    assert book.shares_in(key, "S1", 2026)[2026]["0503"] == Fraction(1, 4)


def test_the_use_from_which_a_limit_begins_stays(spend, youths, controller, settings):
    settings.CLOCK_TODAY = "2026-03-02"
    key = adopted(spend, controller, change_limit=Decimal(10))
    before = told(spend, key, 2026)
    # Of a half each at most a tenth: 11/20 for who would have three quarters.
    assert before == {"0503": "9/20", "0518": "11/20"}
    SpendTotal.objects.filter(municipality="0518").update(amount_cents=0)
    assert told(spend, key, 2026) == before


def test_a_key_of_which_the_basis_is_not_there_is_adopted_and_fixed_later(
    client, spend, controller, settings
):
    settings.CLOCK_TODAY = "2026-03-02"
    key = adopted(spend, controller)
    assert not key.bases.exists()
    fix = reverse("finance-key-fix", args=["haaglanden", key.pk, 2026])
    client.force_login(controller)
    assert "ontbreken aantallen jeugdigen" in client.post(fix, follow=True).content.decode()
    for code in ("0503", "0518"):
        YouthPopulation.objects.create(
            region=spend.region, municipality=code, counted_on=date(2025, 1, 1), count=100
        )
    page = client.post(fix, follow=True).content.decode()
    assert "De aandelen van 2026 liggen vast." in page
    assert "Ligt vast sinds" in page


def test_a_controller_proposes_and_adopts_in_the_browser(client, spend, youths, controller):
    client.force_login(controller)
    client.post(
        reverse("finance-key-add", args=["haaglanden"]),
        {
            "name": "Half", "first_year": 2027, "weight_population": 50, "weight_use": 50,
            "weight_fixed": 0, "use_years": 3, "equalised": "100", "deposit": "0",
            "threshold": "0",
        },
    )  # fmt: skip
    key = AllocationKey.objects.get()
    move = reverse("finance-key-move", args=["haaglanden", key.pk, "adopt"])
    assert f"Vaststellen: {key}" in client.get(move).content.decode()
    html = client.get(
        reverse("finance-key", args=["haaglanden", key.pk]), {"bedrag": "1000"}
    ).content.decode()
    # The amounts and what each uses add up to what is divided and what was used.
    total = html.split('<th scope="row">Samen</th>')[1].split("</tr>")[0]
    assert total.count('class="jr-number"') == 3
    assert "1.000,00" in total
    client.post(move, {"reason": "Besluit"})
    key.refresh_from_db()
    assert key.state == KeyState.ADOPTED
    change = reverse("finance-key-change", args=["haaglanden", key.pk])
    assert client.get(change).status_code == 403


def test_who_may_move_a_key(place):
    owner = ProviderFactory(region=place.region)
    users = {role: user_with(role, place.region, place.hague, owner) for role in Role.values}

    def attempt(pair):
        key = a_key(place, state=pair.state)
        key.save()
        move_key(key=key, move=pair.move, by=users[pair.role], reason="x")
        return key.state

    assert surprises(KEY, attempt) == {}
