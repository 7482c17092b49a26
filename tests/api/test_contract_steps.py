"""Contracts through the API: read as on a day, compared, and taken a step further."""

from decimal import Decimal

import pytest

from core import clock
from procurement.models import Contract, ContractRevision, SpendingCap

from .conftest import api_of
from .test_rules_of_the_land import is_problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(world) -> Contract:
    return world.made.contract


def test_the_text_of_a_contract_on_a_day(staff, contract):
    found = staff.get(f"contracten/{contract.pk}/tekst", op="2025-06-01").json()
    assert (found["op"], found["stand"], found["versie"]) == ("2025-06-01", "lopend", None)
    products = [o["sleutel"] for o in found["onderdelen"] if o["onderdeel"] == "product"]
    assert products == ["45A01"]
    is_problem(staff.get(f"contracten/{contract.pk}/tekst", op="geen-dag"), 400)


def test_a_revision_is_made_offered_and_accepted(staff, contract):
    asked = {
        "contract": contract.pk, "titel": "Clausule erbij",
        "reden": "nieuw-beleid-of-nieuwe-strategie",
        "toelichting": "Ontwikkeltafel", "ingangsdatum": "2027-01-01",
        "antwoordUiterlijk": "2026-12-15",
    }  # fmt: skip
    answer = staff.post("herzieningen", asked)
    assert answer.status_code == 201, answer.content
    made = answer.json()
    clause = {"kind": "no_subcontracting", "title": "Geen onderaannemers", "text": "Zelf leveren."}
    change = {"onderdeel": "clausule", "wat": "komt-erbij", "waarden": clause}
    assert staff.post(f"herzieningen/{made['id']}/wijzigingen", change).status_code == 201
    steps = f"herzieningen/{made['id']}/stappen"
    assert staff.post(steps, {"stap": "aanbieden"}).json()["stand"] == "aangeboden"
    taken = staff.post(steps, {"stap": "accepteren", "gegevens": {"beantwoordOp": "2026-11-01"}})
    assert taken.json() == {"stand": "geaccepteerd", "stappen": []}
    path = f"contracten/{contract.pk}/verschil"
    found = staff.get(path, van="2026-12-31", tot="2027-01-01").json()
    assert [(d["titel"], d["wat"]) for d in found] == [("Geen onderaannemers", "erbij")]


def test_a_step_asks_for_what_the_form_asks(staff, contract):
    path = f"contracten/{contract.pk}/stappen"
    possible = {s["stap"]: s["vraagt"] for s in staff.get(path).json()["stappen"]}
    assert possible["opzeggen"] == ["opgezegdOp", "laatsteDag", "inOverleg", "doorAanbieder"]
    problem = is_problem(staff.post(path, {"stap": "opzeggen", "reden": "Stopt"}), 400)
    assert {f["veld"] for f in problem["fouten"]} == {"opgezegdOp", "laatsteDag"}
    strange = {"stap": "opschorten", "reden": "Inspectie", "gegevens": {"laatsteDag": "2026-01-01"}}
    is_problem(staff.post(path, strange), 400)
    taken = staff.post(path, {"stap": "opschorten", "reden": "Inspectie"})
    assert taken.json()["stand"] == "opgeschort"


def test_who_may_read_may_not_move(world, contract):
    controller = api_of(world.user("controller"))
    path = f"contracten/{contract.pk}/stappen"
    assert controller.get(path).json()["stappen"] == []
    problem = is_problem(controller.post(path, {"stap": "opschorten", "reden": "Nee"}), 403)
    assert problem["code"] == "stap-niet-bevoegd"


def test_a_provider_answers_its_own_revision(world, contract):
    ContractRevision.objects.update(state="offered")
    provider = api_of(world.user("provider"))
    revision = ContractRevision.objects.get(contract=contract)
    path = f"herzieningen/{revision.pk}/stappen"
    possible = [s["stap"] for s in provider.get(path).json()["stappen"]]
    assert possible == ["accepteren", "weigeren"]


def test_a_ceiling_signal_is_given_and_answered_through_the_api(world):
    cap = SpendingCap.objects.create(contract=world.made.contract, year=2026, amount=Decimal(1000))
    provider, staff = (api_of(world.user(role)) for role in ("provider", "contract_manager"))
    body = {"plafond": cap.pk, "gebruikt": "650.00"}
    assert provider.post("plafondsignalen", body).json()["code"] == "signaal-te-vroeg"
    given = provider.post("plafondsignalen", {**body, "gebruikt": "720.00"})
    assert (given.status_code, given.json()["gemeldDoor"]) == (201, "de-aanbieder")
    steps = f"plafondsignalen/{given.json()['id']}/stap"
    today = clock.today().isoformat()
    assert provider.post(steps, {"stap": "invite", "gesprekOp": today}).status_code == 403
    assert staff.post(steps, {"stap": "talk", "gesprekOp": today}).json()["stand"] == "besproken"
    done = staff.post(
        steps,
        {"stap": "decide", "reden": "Geen ander aanbod.", "besluit": "het-plafond-gaat-omhoog"},
    ).json()
    assert (done["stand"], [one["soort"] for one in done["brieven"]]) == (
        "besloten", ["besluit-over-het-plafond"],
    )  # fmt: skip
