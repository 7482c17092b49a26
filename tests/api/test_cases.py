"""A whole escalation through the API, by three parties; and what it refuses."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from monitoring.enums.cases import CASE
from monitoring.models import Case
from regions.enums import Role
from tests.factories import ProviderFactory
from tests.monitoring.cases.build import figures, with_clients
from tests.states import every_pair

from .conftest import api_of
from .test_rules_of_the_land import is_problem

pytestmark = pytest.mark.django_db


def day(days=0):
    return (clock.today() + timedelta(days=days)).isoformat()


@pytest.fixture
def parties(world):
    roles = ("contract_manager", "provider", "access_team")
    return tuple(api_of(world.user(role)) for role in roles)


def asked(api, path, body, status=200):
    answer = api.post(path, body)
    assert answer.status_code == status, answer.content
    return answer.json()


def test_three_parties_take_a_case_from_signal_to_outcome(world, parties):
    region, provider, access = parties
    agb, base = world.made.provider.agb_code, {"regio": "noord"}
    body = {**base, "aanbieder": agb, "thema": "resultaten-van-de-hulp"}
    signal = asked(
        access, "signalen", {**body, "tekst": "Doelen niet gehaald.", "aantalJeugdigen": 7}, 201
    )
    assert signal["gemeente"] == world.made.municipalities[0].gm_code
    case = asked(region, "zaken", {**body, "onderwerp": "Doelen blijven achter"}, 201)
    url = f"zaken/{case['id']}"
    assert access.get(f"signalen/{signal['id']}").json()["zaak"] == case["id"]
    assert provider.get(url).status_code == 404

    stop = {"maatregel": "clientenstop", "vanaf": day(), "reden": "Onveilige situatie"}
    measure = asked(region, f"{url}/maatregelen", stop)["maatregelen"][0]
    asked(region, f"{url}/stappen", {"stap": "gesprek-aangaan"})
    assert provider.get(url).json()["stap"] == "in-gesprek"
    refused = is_problem(region.post(f"{url}/stappen", {"stap": "verbeterplan-vragen"}), 409)
    assert refused["code"] == "gesprek-ontbreekt"
    ways = {way["stap"]: way for way in region.get(f"{url}/stappen").json()}
    assert ways["verbeterplan-vragen"]["eerst"] == refused["detail"]
    assert ways["toezicht-en-handhaving-inzetten"]["kanNu"]
    assert provider.get(f"{url}/stappen").json() == []
    asked(
        region,
        f"{url}/gesprekken",
        {
            "datum": day(), "deelnemers": ["Loes Bakker, directeur"], "verslag": "Besproken.",
            "afspraken": [{"wie": "Teamleider", "wat": "Evaluatie", "klaarOp": day(30)}],
        },
    )  # fmt: skip
    asked(region, f"{url}/stappen", {"stap": "verbeterplan-vragen"})
    plan = {
        "watIsErAanDeHand": "Doelen zijn vaag.", "watWiltUBereiken": "80 procent gehaald.",
        "maatregelen": [
            {
                "wie": "Zorgmanager", "wat": "Doelen meetbaar", "hoe": "Training",
                "klaarOp": day(60), "waaraanTeZien": "Steekproef",
            }
        ],
    }  # fmt: skip
    is_problem(region.post(f"{url}/verbeterplan", plan), 403)
    asked(provider, f"{url}/verbeterplan", plan)
    asked(provider, f"{url}/stappen", {"stap": "verbeterplan-indienen"})
    asked(region, f"{url}/stappen", {"stap": "plan-teruggeven", "reden": "Te weinig."})
    plan["maatregelen"][0]["wat"] = "Doelen meetbaar en besproken"
    asked(provider, f"{url}/verbeterplan", plan)
    asked(provider, f"{url}/stappen", {"stap": "verbeterplan-indienen"})
    bound = asked(region, f"{url}/stappen", {"stap": "plan-bindend-maken"})
    assert [p["versie"] for p in bound["verbeterplannen"]] == [1, 2]
    assert [a["wat"] for a in bound["acties"]] == ["Evaluatie", "Doelen meetbaar en besproken"]

    seen = {"aantalJeugdigen": 6, "waarvanBeter": 5, "tekst": "Beter.", "gezienOp": day()}
    asked(access, f"{url}/waarnemingen", seen)
    for one in bound["acties"]:
        asked(provider, f"{url}/voortgang", {"actie": one["id"], "tekst": "Bezig."})
        done = {"actie": one["id"], "stap": "gereed-melden", "reden": "Klaar."}
        asked(provider, f"{url}/actiestappen", done)
        verify = {"actie": one["id"], "stap": "vaststellen"}
        is_problem(provider.post(f"{url}/actiestappen", verify), 403)
        asked(region, f"{url}/actiestappen", verify)
    asked(region, f"{url}/stappen", {"stap": "beoordeling-beginnen"})
    end = {"stap": "doorverwijzing-voortzetten-en-sluiten", "reden": "Doelen gehaald."}
    assert is_problem(region.post(f"{url}/stappen", end), 409)["code"] == (
        "resultaat-niet-beoordeeld"
    )
    for one in bound["acties"]:
        told = {"actie": one["id"], "resultaat": "behaald", "toelichting": "Steekproef gezien."}
        asked(region, f"{url}/beoordelingen", told)
    assert is_problem(region.post(f"{url}/stappen", end), 409)["code"] == "maatregel-loopt-nog"
    over = {"maatregel": measure["id"], "tot": day(), "reden": "Weer veilig."}
    asked(region, f"{url}/maatregelen/einde", over)
    closed = asked(region, f"{url}/stappen", end)
    assert (closed["stap"], closed["uitkomst"]) == ("gesloten", "doorverwijzing-voortgezet")
    assert closed["mogelijkeStappen"] == []


def test_a_case_with_an_open_action_does_not_close(world, parties):
    region, *_ = parties
    url = f"zaken/{world.keys['zaak']['pk']}"
    asked(
        region,
        f"{url}/gesprekken",
        {
            "datum": day(), "deelnemers": ["Loes"], "verslag": "Besproken.",
            "afspraken": [{"wie": "Teamleider", "wat": "Evaluatie", "klaarOp": day(30)}],
        },
    )  # fmt: skip
    end = {"stap": "dismiss", "reden": "Niet nodig."}  # by its name in the history
    problem = is_problem(region.post(f"{url}/stappen", end), 409)
    assert problem["code"] == "acties-niet-afgerond"
    assert "Evaluatie" in problem["detail"]
    number = region.get(url).json()["acties"][0]["id"]
    waive = {"actie": number, "stap": "waive"}
    assert is_problem(region.post(f"{url}/actiestappen", waive), 409)["code"] == "reden-ontbreekt"
    asked(region, f"{url}/actiestappen", {**waive, "reden": "Achterhaald."})
    assert asked(region, f"{url}/stappen", end)["uitkomst"] == "geen-vervolg"


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.APPLICATION_ADMIN])
def test_every_forbidden_step_is_refused(world, role):
    """Out of 'in gesprek', the state of the world's case, by each role."""
    api, case = api_of(world.user(role)), Case.objects.get(pk=world.keys["zaak"]["pk"])
    follows = api.get(f"zaken/{case.pk}").status_code == 200
    codes = {"stap-niet-mogelijk": 409, "stap-niet-bevoegd": 403}
    for pair in every_pair(CASE):
        if pair.state != case.state or pair.role != role or pair.expected is None:
            continue
        body = {"stap": pair.move.replace("_", "-"), "reden": "Omdat."}
        answer = api.post(f"zaken/{case.pk}/stappen", body)
        assert answer.status_code == (codes[pair.expected] if follows else 403), pair
    case.refresh_from_db()
    assert case.state == "in_dialogue"


def test_text_that_looks_like_a_citizen_number_is_refused(world, parties):
    _, _, access = parties
    body = {
        "regio": "noord", "aanbieder": world.made.provider.agb_code, "thema": "transformatie",
        "tekst": "Zie 123 456 782.", "aantalJeugdigen": 1,
    }  # fmt: skip
    problem = is_problem(access.post("signalen", body), 409)
    assert problem["code"] == "tekst-noemt-persoon"
    assert "123" not in problem["detail"]


def test_another_municipality_cannot_be_spoken_for(world, parties):
    _, _, access = parties
    body = {
        "regio": "noord", "aanbieder": world.made.provider.agb_code, "thema": "transformatie",
        "tekst": "Weinig uitstroom.", "aantalJeugdigen": 3,
        "gemeente": world.made.municipalities[1].gm_code,
    }  # fmt: skip
    is_problem(access.post("signalen", body), 403)


def test_a_large_provider_is_phased_out_through_the_api_alone(world, parties):
    region, provider, access = parties
    base = {"regio": "noord", "aanbieder": world.made.provider.agb_code}
    terms = asked(region, "procesafspraken", {"regio": "noord", "groteAanbiederVanaf": 50}, 201)
    assert (terms["groteAanbiederVanaf"], terms["planDagen"]) == (50, 28)
    with_clients(world.made, 120)
    body = {**base, "thema": "kwaliteit-en-veiligheid", "onderwerp": "Herhaald tekort"}
    case = asked(region, "zaken", body, 201)
    url = f"zaken/{case['id']}"
    assert (case["procesversie"], case["aanZet"]) == (terms["versie"], "contractmanager")
    for move in ("to-supervision", "propose-dissolution"):
        asked(region, f"{url}/stappen", {"stap": move, "reden": "Ernstig."})
    end = {"stap": "contract-ended", "reden": "Klaar."}
    assert is_problem(region.post(f"{url}/stappen", end), 409)["code"] == "stemming-loopt"
    asked(region, f"{url}/stappen", {"stap": "phase-out", "reden": "Te groot om te stoppen."})
    body = {"onderwerp": "Uitfasering", "tekst": "Wij brengen de hulp onder.", "aanAanbieder": True}
    asked(region, f"{url}/brieven", body)
    asked(region, f"{url}/brieven", {**body, "onderwerp": "Nota", "aanAanbieder": False})
    plan = {
        "plan": "Per jeugdige een warme overdracht.", "jeugdigenBijBegin": 120, "vanaf": day(),
        "klaarOp": day(200), "aantallen": [{"op": day(), "gepland": 120, "geteld": 118}],
    }  # fmt: skip
    is_problem(provider.post(f"{url}/uitfasering", plan), 403)
    same = {"aanbieder": base["aanbieder"], "jeugdigen": 80, "vanaf": day(30)}
    refused = region.post(f"{url}/uitfasering", {**plan, "alternatieven": [same]})
    assert is_problem(refused, 409)["code"] == "zelfde-aanbieder"
    other = ProviderFactory(region=world.region)
    taken_over = {**same, "aanbieder": other.agb_code}
    shown = asked(region, f"{url}/uitfasering", {**plan, "alternatieven": [taken_over]})
    assert shown["uitfaseringAantallen"] == [{"op": day(), "gepland": 120, "geteld": 118}]
    assert shown["uitfaseringAlternatieven"][0]["aanbieder"] == other.agb_code
    seen = provider.get(url).json()
    assert [letter["onderwerp"] for letter in seen["brieven"]] == ["Uitfasering"]
    sent, internal = (letter["id"] for letter in region.get(url).json()["brieven"])
    for kind, begin in (("pdf", b"%PDF"), ("docx", b"PK")):
        file = provider.get(f"{url}/bestand?brief={sent}&vorm={kind}")
        assert b"".join(file.streaming_content).startswith(begin)
    internal_file = f"{url}/bestand?brief={internal}&vorm=pdf"
    assert region.get(internal_file).status_code == 200
    is_problem(provider.get(internal_file), 400)
    assert seen["uitfasering"]
    assert not seen["uitfaseringAlternatieven"]
    done = {"stap": "phased-out", "reden": "Iedereen is over."}
    refused = is_problem(region.post(f"{url}/stappen", done), 409)
    assert refused["code"] == "nog-jeugdigen-bij-aanbieder"
    plan["aantallen"][0] |= {"geteld": 0}
    asked(region, f"{url}/uitfasering", plan)
    assert asked(region, f"{url}/stappen", done)["uitkomst"] == "uitgefaseerd"
    assert is_problem(region.post(f"{url}/uitfasering", plan), 409)["code"] == "geen-uitfasering"
    told = access.get(f"{url}/tijdlijn").json()
    assert [one["titel"] for one in told if one["soort"] == "stap"] == [
        "Zaak begonnen", "Toezicht en handhaving inzetten", "Einde van het contract voorstellen",
        "Geleidelijk uitfaseren", "Uitfasering afronden en sluiten",
    ]  # fmt: skip
    titles = [one["titel"] for one in told]
    assert {"Nota", "Nog 0 jeugdigen bij de aanbieder (gepland 120)"} <= set(titles)
    packed = access.get(f"{url}/bestand")
    assert packed["Content-Type"] == "application/zip"
    assert is_problem(access.get(f"{url}/bestand", vorm="exe"), 400)


def test_a_case_follows_figures_proof_and_signals_through_the_api(world, parties):
    region, provider, access = parties
    url = f"zaken/{world.keys['zaak']['pk']}"
    asked(
        region,
        f"{url}/gesprekken",
        {
            "datum": day(), "deelnemers": ["Loes"], "verslag": "Besproken.",
            "afspraken": [{"wie": "Teamleider", "wat": "Evaluatie", "klaarOp": day(30)}],
        },
    )  # fmt: skip
    number = provider.get(url).json()["acties"][0]["id"]
    proof = SimpleUploadedFile("agenda.pdf", b"%PDF-1.4", "application/pdf")
    body = {"actie": number, "tekst": "Gedaan.", "bewijs": proof}
    told = provider.client.post(f"/api/v1/{url}/voortgang", body, format="multipart").json()
    assert [(one["actie"], one["bewijs"]) for one in told["voortgang"]] == [(number, "agenda.pdf")]
    disguised = SimpleUploadedFile("agenda.pdf", b"<html><script>", "application/pdf")
    path, body = f"/api/v1/{url}/voortgang", {**body, "bewijs": disguised}
    assert is_problem(provider.client.post(path, body, format="multipart"), 409)

    follow = {"indicator": "dropout_rate", "hogerIsBeter": False, "teHalenIn": "2027-H1"}
    refused = is_problem(region.post(f"{url}/indicatoren", {**follow, "doel": 0.1}), 409)
    assert refused["code"] == "geen-cijfers"
    figures(world.made, "2025-H2", 36, 200)
    refused = is_problem(region.post(f"{url}/indicatoren", {**follow, "doel": 12}), 409)
    assert refused["code"] == "geen-aandeel"
    (line,) = asked(region, f"{url}/indicatoren", {**follow, "doel": 0.12})["indicatoren"]
    assert (line["doel"], line["begonBij"], line["begonIn"]) == (0.12, 0.18, "2025-H2")
    end = asked(region, f"{url}/indicatoren/einde", {"indicator": "dropout_rate"})
    assert end["indicatoren"] == []

    signal = f"signalen/{world.keys['signaal']['pk']}"
    is_problem(access.post(f"{signal}/terzijde", {"reden": "Dubbel."}), 403)
    assert asked(region, f"{signal}/terzijde", {"reden": "Dubbel."})["terzijdeReden"] == "Dubbel."
