from datetime import date
from decimal import Decimal
from itertools import combinations, permutations

import pytest
from django.db import connection
from django.db.models import Sum
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from care.domain.totals import rebuild_totals
from care.models import DeclarationLine, SpendMovement, Trajectory
from core import clock
from core.intake.models import IntakeRun
from core.periods import add_months
from finance.domain.projecting import start_projection
from finance.queries.lines import Asked, count_and_sum, lines_in
from finance.queries.movements import View
from finance.queries.spend import KNOWN_CUTS, Cut, spend_by, spend_now, view_of_now
from tests.looking import sign_in

from .conftest import START, instalment, movement
from .lines import line, trajectory

pytestmark = pytest.mark.django_db
CUTS = [list(cuts) for size in (0, 1, 2) for cuts in permutations(KNOWN_CUTS, size)]
IMPOSSIBLE = {
    frozenset((Cut.PROVIDER, product, origin))
    for product in (Cut.PRODUCT, Cut.SEGMENT, Cut.CATEGORY)
    for origin in (Cut.REFERRER, Cut.AGE)
}
ALL_CUTS = [
    list(cuts)
    for size in (0, 1, 2, 3)
    for cuts in combinations(Cut.values, size)
    if frozenset(cuts) not in IMPOSSIBLE
]
YEAR = {"care_from": date(2024, 1, 1), "care_to": date(2025, 1, 1)}


def view_of(place):
    return View(place.region.pk, place.scheme.pk, date(2025, 6, 30), date(2025, 6, 30), 99)


def cents(slices):
    return sum(one.declared + one.instalments for one in slices)


def test_a_year_per_segment_by_hand(spend):
    found = spend_by(view_of(spend), [Cut.SEGMENT], **YEAR)
    # Two municipalities, twelve months of 1000 euros.
    assert [(one.keys, one.euros) for one in found] == [
        (("S1",), Decimal(24_000)),
        (("S2",), Decimal(24_000)),
    ]


def test_instalments_count_by_the_months_of_their_period(spend):
    instalment(spend.region, date(2023, 12, 1), date(2024, 2, 1), Decimal("100.01"))
    found = {one.keys: one for one in spend_by(view_of(spend), [Cut.SEGMENT], **YEAR)}
    # December gets the odd cent.
    assert found[("S2",)].instalments == 50_00
    assert found[("S2",)].declared == 24_000_00


def test_instalments_that_came_after_the_last_messages_count_at_once(spend, controller):
    """A region that is paid in instalments only gets no messages to wait for."""
    IntakeRun.objects.create(
        tenant_id=spend.region.pk, number=2, form_code="termijnen", state="done",
        started_at=clock.now(), finished_at=clock.now(),
    )  # fmt: skip
    instalment(spend.region, START, add_months(START, 1), Decimal("123.45"), run=2)
    whole = spend_now(view_of_now(spend.region), [], care_from=START, care_to=add_months(START, 1))
    assert [one.euros for one in whole] == [Decimal("4123.45")]
    run = start_projection(region=spend.region, scheme=spend.scheme, by=controller)
    assert run.cutoff_run == 2


amounts = st.lists(
    st.tuples(
        st.integers(0, 11),
        st.sampled_from(["0518", "0503"]),
        st.sampled_from(["45A01", "45A02", "99X99"]),
        st.sampled_from(["65650011", "65650022"]),
        st.integers(-(10**9), 10**9),
    ),
    min_size=1,
    max_size=20,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(amounts)
def test_every_cut_adds_up_to_the_total_of_the_lines(place, rows):
    SpendMovement.objects.all().delete()
    SpendMovement.objects.bulk_create(
        movement(
            place.region, date(2024, month + 1, 1), date(2025, 1, 1), amount,
            municipality=municipality, product=product, provider=provider,
        )
        for month, municipality, product, provider, amount in rows
    )  # fmt: skip
    total = SpendMovement.objects.aggregate(total=Sum("amount_cents"))["total"]
    assert {cents(spend_by(view_of(place), cuts, **YEAR)) for cuts in CUTS} == {total}


lines_of_a_year = st.lists(
    st.tuples(
        st.integers(1, 12),
        st.sampled_from(["0518", "0503"]),
        st.sampled_from(["45A01", "45A02", "99X99"]),
        st.sampled_from(["65650011", "65650022"]),
        st.sampled_from([1, 2, None]),
        st.integers(-(10**7), 10**7),
    ),
    min_size=1,
    max_size=15,
)
CUT_OF_LINES = {
    Cut.MUNICIPALITY: "municipality",
    Cut.SEGMENT: "segment",
    Cut.CATEGORY: "category",
    Cut.PRODUCT: "product",
    Cut.PROVIDER: "provider",
    Cut.REFERRER: "referrer",
    Cut.AGE: "age_group",
}


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(lines_of_a_year)
def test_every_part_of_every_cut_is_the_sum_of_its_lines(place, controller, rows):
    """By SQL over the lines and by the totals: the same, per part and together."""
    DeclarationLine.objects.all().delete()
    Trajectory.objects.all().delete()
    for number, referrer, age in ((1, "02", 7), (2, "", None)):
        for municipality in ("0518", "0503"):
            for agb in ("65650011", "65650022"):
                trajectory(
                    place.region, number, municipality=municipality, provider=agb,
                    referrer=referrer, age=age,
                )  # fmt: skip
    for month, municipality, product, agb, number, amount in rows:
        line(
            place.region, Decimal(amount) / 100, month, municipality=municipality, provider=agb,
            product=product, allocation_number=number,
        )  # fmt: skip
    with connection.cursor() as cursor:
        rebuild_totals(cursor, region_id=place.region.pk)
    view = view_of(place)
    total = sum(row[-1] for row in rows)
    assert {cents(spend_now(view, cuts, **YEAR)) for cuts in ALL_CUTS} == {total}
    for cut, name in CUT_OF_LINES.items():
        for part in spend_now(view, [cut], **YEAR):
            asked = Asked(
                place.region.pk, *YEAR.values(), (place.scheme.pk, view.scheme_on),
                **{name: part.keys[0]},
            )  # fmt: skip
            assert count_and_sum(lines_in(controller, asked))[1] == part.euros, (cut, part)


def page(client, user, name, **query):
    sign_in(client, user)
    return client.get(reverse(name, args=["haaglanden"]), query)


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.MFA_REQUIRED = False


def test_screen_and_file_say_the_same(client, spend, controller):
    query = {"jaar": 2024, "naar": "gemeente", "en": "segment"}
    html = page(client, controller, "finance-spend", **query).content.decode()
    assert "48.000,00" in html
    file = page(client, controller, "finance-spend-csv", **query).getvalue().decode("utf-8-sig")
    lines = [line.split(";") for line in file.splitlines()]
    assert len(lines) == 5
    assert sum(Decimal(line[-1].replace(",", ".")) for line in lines[1:]) == 48_000


@pytest.mark.parametrize("asked", [{}, {"jaar": 2024}, {"naar": ""}])
def test_the_filter_says_what_is_shown(client, spend, controller, asked):
    answer = page(client, controller, "finance-spend", **asked)
    assert answer.context["page"].cuts == [Cut.SEGMENT]
    html = answer.content.decode()
    assert '<option value="segment" selected>' in html
    assert f'<option value="{answer.context["page"].year}" selected>' in html


def test_months_are_told_in_words_and_files_keep_the_code(client, spend, controller):
    query = {"jaar": 2024, "naar": "maand", "en": "gemeente"}
    html = page(client, controller, "finance-spend", **query).content.decode()
    assert '<th scope="row">januari 2024</th>' in html
    assert '<th scope="row">2024-01</th>' not in html
    file = page(client, controller, "finance-spend-csv", **query).getvalue().decode("utf-8-sig")
    assert file.splitlines()[1].startswith("2024-01;")
    assert ";januari 2024;" in file.splitlines()[1]


def test_lines_name_who_they_are_of_and_lead_back_to_their_amount(client, place, controller):
    municipality = place.hague
    one = line(place.region, "123.45", municipality=municipality.gm_code)
    with connection.cursor() as cursor:
        rebuild_totals(cursor, region_id=place.region.pk)
    asked = {"jaar": 2024, "gemeente": municipality.gm_code, "maand": "2024-01"}
    html = page(client, controller, "spend-lines", **asked).content.decode()
    assert f"<td>{municipality.name}</td>" in html
    assert f"<td>{municipality.gm_code}</td>" not in html
    assert "?jaar=2024&amp;naar=gemeente&amp;en=maand" in html
    html = client.get(reverse("spend-line", args=["haaglanden", one.pk])).content.decode()
    assert municipality.name in html
    around = f"?maand=2024-01&amp;aanbieder={one.provider}&amp;product={one.product}"
    assert around in html


def test_three_at_a_time_add_up_and_what_no_total_has_is_refused(client, spend, controller):
    query = {"jaar": 2024, "naar": "aanbieder", "en": "product", "ook": "maand"}
    answer = page(client, controller, "finance-spend", **query)
    assert answer.context["page"].total == 48_000
    assert "uitgaven-haaglanden-2024-aanbieder-product-maand.csv" in page(
        client, controller, "finance-spend-csv", **query
    )["Content-Disposition"]  # fmt: skip
    for cuts in IMPOSSIBLE:
        asked = dict(zip(("naar", "en", "ook"), sorted(cuts), strict=True))
        refused = page(client, controller, "finance-spend", jaar=2024, **asked)
        assert "Laat een van de drie weg" in refused.content.decode(), cuts
        assert refused.context["page"].cuts == [Cut.SEGMENT]
        assert refused.context["page"].year == 2024


def test_a_long_cut_comes_in_pages_with_one_total_and_a_chart_of_every_month(
    client, place, controller
):
    for month in range(1, 13):
        for number in range(1, 6):
            product = f"45A{number:02d}"
            line(place.region, 100 * number, number, product=product, begin_on=date(2024, month, 3))
    with connection.cursor() as cursor:
        rebuild_totals(cursor, region_id=place.region.pk)
    query = {"jaar": 2024, "naar": "maand", "en": "product"}
    first = page(client, controller, "finance-spend", **query)
    last = page(client, controller, "finance-spend", **query, pagina=2)
    assert [len(answer.context["rows"]) for answer in (first, last)] == [50, 10]
    # Five products of 100 to 500 euros in each of twelve months.
    for answer in (first, last):
        assert "<strong>18.000,00" in answer.content.decode()
        assert set(answer.context["page"].chart.series[0].values) == {Decimal(1_500)}


def test_a_councillor_sees_the_own_municipality(client, spend, councillor):
    html = page(client, councillor, "finance-spend", jaar=2024, naar="gemeente").content.decode()
    assert "Delft" in html
    assert "Den Haag" not in html
    assert "24.000,00" in html


def test_a_referrer_leads_to_its_lines_and_a_line_to_where_it_came_from(
    client, place, controller, councillor
):
    trajectory(place.region, 1, referrer="02", age=7)
    one = line(place.region, "123.45", tariff_cents=120)
    line(place.region, 50, allocation_number=None)
    with connection.cursor() as cursor:
        rebuild_totals(cursor, region_id=place.region.pk)
    html = page(client, controller, "finance-spend", jaar=2024, naar="verwijzer").content.decode()
    assert "huisarts" in html
    assert "jaar=2024&amp;verwijzer=02" in html
    html = page(client, controller, "spend-lines", jaar=2024, verwijzer="02").content.decode()
    assert "123,45" in html
    assert "50,00" not in html
    html = client.get(reverse("spend-line", args=["haaglanden", one.pk])).content.decode()
    assert one.reference in html
    assert "aanlevering" in html.lower()
    assert client.get(reverse("spend-line", args=["haaglanden", one.pk + 999])).status_code == 404
    client.force_login(councillor)
    assert client.get(reverse("spend-line", args=["haaglanden", one.pk])).status_code == 403
    assert client.get(reverse("spend-lines", args=["haaglanden"])).status_code == 403
