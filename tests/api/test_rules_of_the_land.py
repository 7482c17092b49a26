"""NL API Design Rules 2.2, those that only a running interface shows."""

import json

import pytest
from django.test import Client

from core.api.document import description
from core.api.models import Token
from core.api.version import API_VERSION

from .conftest import api_of

pytestmark = pytest.mark.django_db
SECURITY = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def is_problem(answer, status):
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    return body


def refusals(staff):
    """A request for every kind of refusal, with the status it must get."""
    client = staff.client
    return [
        (400, staff.get("contracten", pagina="0")),
        (401, Client().get("/api/v1/contracten")),
        (403, staff.get("gebruikers")),
        (404, staff.get("contracten/99999999")),
        (404, client.get("/api/v1/bestaat-niet")),
        (404, client.get("/api/v1")),
        (404, Client().get("/api")),
        (404, client.get("/api/v2/contracten")),
        (405, client.delete("/api/v1/contracten")),
        (405, client.options("/api/v1/contracten")),
        (405, client.generic("TRACE", "/api/v1/contracten")),
        (406, staff.get("contracten", headers={"Accept": "text/html"})),
        (415, client.post("/api/v1/edities", "<a/>", content_type="application/xml")),
        (400, client.post("/api/v1/edities", "{", content_type="application/json")),
        (413, client.post("/api/v1/edities", " " * 2_000_000, content_type="application/json")),
    ]


def test_every_refusal_is_a_problem_with_the_version_and_the_security_headers(staff):
    for status, answer in refusals(staff):
        is_problem(answer, status)
        for name, value in {**SECURITY, "API-Version": API_VERSION}.items():
            assert answer[name] == value
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
        assert "max-age=31536000" in answer["Strict-Transport-Security"]


def test_an_answer_carries_the_same_headers(staff):
    answer = staff.get("contracten")
    assert answer.status_code == 200
    assert answer["API-Version"] == API_VERSION
    assert answer["Content-Type"] == "application/json"
    assert {name: answer[name] for name in SECURITY} == SECURITY


def test_a_slash_at_the_end_is_another_address_and_leads_nowhere(staff):
    is_problem(staff.client.get("/api/v1/contracten/"), 404)


def test_a_crash_is_a_problem_without_a_word_about_its_cause(staff, monkeypatch):
    def crash(*args, **kwargs):
        raise RuntimeError("geheim")

    monkeypatch.setattr("procurement.api.rows.ContractRows.read", crash)
    body = is_problem(staff.get("contracten"), 500)
    assert "geheim" not in json.dumps(body)


def test_an_unknown_host_is_a_problem(staff, settings):
    settings.ALLOWED_HOSTS = ["jeugdregie.example"]
    is_problem(staff.client.get("/api/v1/contracten", headers={"host": "elders.example"}), 400)


def test_too_many_requests_say_when_to_come_back(staff, monkeypatch):
    monkeypatch.setattr("core.api.throttling.PerUser.rate", "1/min", raising=False)
    staff.get("regios")
    answer = staff.get("regios")
    is_problem(answer, 429)
    assert int(answer["Retry-After"]) > 0


def test_the_description_is_open_to_everyone_from_everywhere(anonymous):
    answer = anonymous.client.get("/api/v1/openapi.json", headers={"Origin": "https://elders.nl"})
    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.json()["info"]["version"] == answer["API-Version"] == API_VERSION


def test_no_other_address_lets_strangers_read_along(staff):
    answer = staff.get("regios", headers={"Origin": "https://elders.nl"})
    assert "Access-Control-Allow-Origin" not in answer


def test_a_cookie_opens_nothing(world):
    client = Client()
    client.force_login(world.user("council_clerk"))
    is_problem(client.get("/api/v1/regios"), 401)


def test_a_page_that_asks_for_a_second_factor_is_no_answer_to_a_program(world):
    client = Client()
    client.force_login(world.user("regional_admin"))
    is_problem(client.get("/api/v1/regios"), 403)


@pytest.mark.parametrize("token", ["", "x", "Token", "a" * 64, "é" * 30, "a" * 5000])
def test_a_wrong_token_is_a_401_that_says_how(db, token):
    answer = Client().get("/api/v1/regios", headers={"Authorization": f"Token {token}"})
    is_problem(answer, 401)
    assert answer["WWW-Authenticate"] == "Token"


def test_all_faults_of_a_request_come_at_once(staff):
    body = is_problem(staff.post("edities", {"halfjaar": "2025", "kleur": "rood"}), 400)
    assert {fault["veld"] for fault in body["fouten"]} == {"kleur"}
    body = is_problem(staff.post("edities", {"halfjaar": "2025"}), 400)
    assert {fault["veld"] for fault in body["fouten"]} == {"halfjaar", "regio"}


def test_wrong_filters_are_refused_together_and_a_key_that_is_not_there_too(staff):
    body = is_problem(staff.get("contracten", lopendOp="gisteren", stand="blauw"), 400)
    assert {fault["veld"] for fault in body["fouten"]} == {"lopendOp", "stand"}
    body = is_problem(staff.get("contracten", kleur="rood"), 400)
    assert [fault["veld"] for fault in body["fouten"]] == ["kleur"]


def test_query_keys_say_nothing_that_belongs_to_a_person():
    keys = {
        parameter["name"].lower()
        for operations in description()["paths"].values()
        for operation in operations.values()
        for parameter in operation.get("parameters", ())
        if parameter["in"] == "query"
    }
    assert keys
    sensitive = ("bsn", "burgerservice", "geboorte", "token", "wachtwoord", "email", "jeugdige")
    assert not [key for key in keys if any(word in key for word in sensitive)]


def test_what_stays_the_same_need_not_be_sent_again(staff, world):
    first = staff.get(f"contracten/{world.made.contract.pk}")
    again = staff.get(
        f"contracten/{world.made.contract.pk}", headers={"If-None-Match": first["ETag"]}
    )
    assert (first.status_code, again.status_code) == (200, 304)
    world.made.contract.name = "Nieuwe naam"
    world.made.contract.save()
    changed = staff.get(
        f"contracten/{world.made.contract.pk}", headers={"If-None-Match": first["ETag"]}
    )
    assert changed.status_code == 200


def test_a_token_ends_on_its_day(world, settings):
    api = api_of(world.user("controller"))
    assert api.get("regios").status_code == 200
    Token.objects.update(expiry="2020-01-01T00:00:00Z")
    is_problem(api.get("regios"), 401)


def test_who_is_no_longer_active_is_out_at_once(world):
    user = world.user("controller")
    api = api_of(user)
    user.is_active = False
    user.save()
    is_problem(api.get("regios"), 401)
