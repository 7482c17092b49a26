"""Patterns through the API: why one stands out, its control chart, and what follows."""

import pytest

from monitoring.models import CaseSignal

from .conftest import api_of
from .test_rules_of_the_land import is_problem

pytestmark = pytest.mark.django_db


def test_a_pattern_says_why_it_stands_out_and_becomes_a_signal_or_a_case(world, staff):
    key = world.keys["patroon"]["pk"]
    (row,) = staff.get("patronen", regio="noord", oordeel="reden-voor-een-gesprek").json()[
        "resultaten"
    ]
    assert (row["teller"], row["noemer"], row["bovengrens"]) == (19, 100, 0.15)
    assert row["regel"].startswith("trechter")
    card = staff.get(f"patronen/{key}/regelkaart").json()
    # Centre 79/700; deviation on 100 cases sqrt(.1129 x .8871 / 100) = .0316, so .208 at most.
    assert card["midden"] == pytest.approx(79 / 700)
    assert card["bovengrenzen"][0] == pytest.approx(0.2078, abs=5e-5)
    assert card["regels"] == []
    assert card["trend"] == "geen trend te zien in 7 halfjaren"
    assert card["halfjaren"][-1] == "2025-H1"
    (seen,) = staff.get(f"zoektochten/{world.keys['zoektocht']['pk']}").json()["watTeZienIs"]
    assert (seen["partij"], seen["nodigPerHalfjaar"]) == ("aanbieders", 90)

    officer = api_of(world.user("policy_officer"))
    is_problem(officer.post(f"patronen/{key}/signaal"), 403)
    signal = staff.post(f"patronen/{key}/signaal")
    assert (signal.status_code, signal.json()["vraagtVerbeterplan"]) == (201, True)
    again = is_problem(staff.post(f"patronen/{key}/signaal"), 409)
    assert again["code"] == "signaal-bestaat"
    case = staff.post(f"patronen/{key}/zaak")
    assert case.status_code == 201, case.content
    assert CaseSignal.objects.get(pk=signal.json()["id"]).case_id == case.json()["zaak"]
