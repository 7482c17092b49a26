"""What follows from the line of decisions, as a program reads it."""

from decimal import Decimal

import pytest

from procurement.models import LocalOrderLine
from tests.procurement.policy import a_plan

from .conftest import api_of
from .test_rules_of_the_land import is_problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(world):
    return api_of(world.user("policy_officer"))


def test_a_scheme_gives_its_scope_levers_and_movements(officer):
    (out,) = officer.get("kenmerken?soort=hoort-er-niet-bij").json()["resultaten"]
    assert (out["segment"], out["reden"]) == (None, "landelijk ingekocht")
    (moved,) = officer.get("bewegingen?regio=noord").json()["resultaten"]
    assert moved["titel"] == "Van zwaar naar licht"
    assert moved["doelen"][0]["nummer"]
    assert moved["bedragPerJaar"] is None


def test_local_plans_add_up_with_their_differences(officer, world):
    """1000 of 4000 in the first lot and 3000 of 4000: shares 0,25 and 0,75 around 0,5."""
    made, vision = world.made, world.region.plans.get(kind="vision")
    one = world.region.plans.get(kind="local")
    two = a_plan(made, "Tweede", kind="local", municipality=made.municipalities[1])
    two.based_on.add(vision)
    first, second = made.segments[:2]
    LocalOrderLine.objects.all().delete()
    for plan, lot, amount in ((one, first, 1000), (one, second, 3000), (two, first, 3000),
                              (two, second, 1000)):  # fmt: skip
        LocalOrderLine.objects.create(plan=plan, lot=lot, amount=Decimal(amount))
    order = officer.get(f"plannen/{vision.pk}/regionale-opdracht").json()
    assert order["totaal"] == "8000.00"
    row = order["percelen"][0]
    assert (row["totaal"], row["aandeel"], row["ontbreekt"]) == ("4000.00", "0.5000", [])
    found = {cell["aandeel"]: (cell["verschil"], cell["wijktAf"]) for cell in row["gemeenten"]}
    assert found == {"0.2500": ("-0.2500", True), "0.7500": ("0.2500", True)}
    is_problem(officer.get(f"plannen/{one.pk}/regionale-opdracht"), 404)


def test_a_framework_says_what_changes_with_it(officer, world):
    pk = world.keys["kader"]["pk"]
    kinds = [(row["soort"], row["diepte"]) for row in officer.get(f"kaders/{pk}/gevolgen").json()]
    assert kinds[0] == ("section", 1)
    assert {"goal", "clause"} <= {kind for kind, depth in kinds}
    assert len(kinds) == len(set(map(str, officer.get(f"kaders/{pk}/gevolgen").json())))
    member = api_of(world.user("council_member"))
    names = [row["naam"] for row in member.get(f"kaders/{pk}/gevolgen").json()]
    assert not [name for name in names if "Onderhandelingsmandaat" in name]


def test_the_agenda_is_one_for_local_regional_and_national(officer, world):
    asked = "agenda?regio=noord&vanaf=2025-01-01&tot=2027-12-31"
    rows = officer.get(asked).json()
    assert {"landelijk", "regionaal"} <= {row["niveau"] for row in rows}
    (meeting,) = officer.get(f"{asked}&soort=meetings").json()
    assert (meeting["dag"], meeting["titel"]) == ("2025-03-31", "Raden bijeen")
    national = officer.get(f"{asked}&niveau=landelijk").json()
    assert [row["titel"] for row in national] == ["Wijziging van de Jeugdwet"]
    is_problem(officer.get("agenda?regio=noord&soort=onbekend"), 400)
    is_problem(officer.get("agenda?regio=zuid"), 400)


def test_papers_come_as_files_in_both_forms(officer, world):
    keys = world.keys
    for path, start in (
        (f"plannen/{keys['plan']['pk']}/tekst", b"PK"),
        (f"raadsvoorstellen/{keys['raadsvoorstel']['pk']}/raadsvoorstel?vorm=docx", b"PK"),
        (f"consultaties/{keys['consultatie']['pk']}/reactienota?vorm=pdf", b"%PDF"),
        (f"verantwoordingen/{world.made.scheme.pk}/verantwoording", b"PK"),
    ):
        answer = officer.get(path)
        assert answer.status_code == 200, path
        assert answer.content.startswith(start), path
        assert answer["Content-Disposition"].startswith("attachment")
    is_problem(officer.get(f"plannen/{keys['plan']['pk']}/tekst?vorm=odt"), 400)
    secret = world.region.plans.get(kind="acquisition").pk
    is_problem(api_of(world.user("council_member")).get(f"plannen/{secret}/tekst"), 404)
