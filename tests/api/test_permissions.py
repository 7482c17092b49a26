"""Every address with every role. The addresses come from the resolver: a new one fails here until
it has a row."""

import pytest
from django.db import transaction
from django.urls import URLPattern, get_resolver

from regions.enums import Role

from .conftest import api_of
from .world import KINDS, a_world

pytestmark = pytest.mark.django_db

STAFF = set(Role.REGIONAL_STAFF)
EVERYONE = set(Role)
IN_REGION = EVERYONE - {Role.APPLICATION_ADMIN}
MORE_THAN_PROVIDER = IN_REGION - {Role.PROVIDER}
MUNICIPAL = set(Role.OF_MUNICIPALITY)
FILE = STAFF | {Role.PROVIDER}
CONTRACT = STAFF | {Role.EXECUTIVE, Role.PROVIDER}
DELIVERS = {Role.REGIONAL_ADMIN, Role.CONTRACT_MANAGER, Role.CONTROLLER, Role.API_CLIENT}
ADMIN = {Role.REGIONAL_ADMIN, Role.APPLICATION_ADMIN}
NOBODY: set[str] = set()
SUPPLY = STAFF | {Role.ACCESS_TEAM, Role.EXECUTIVE, Role.PROVIDER}
FOLLOWS = STAFF | {Role.ACCESS_TEAM, Role.EXECUTIVE}

AT_A_TABLE = {"ontwikkeltafel", "tafellid", "vraagstuk", "standpunt", "toezegging"}

AGREED = ("set", "versie", "indicator", "streefwaarde")

# Who gets the row of his own region; everyone else a 404 (403 where a whole resource is closed).
ROWS = {
    "regio": EVERYONE,
    "gemeente": EVERYONE,
    "lidmaatschap": EVERYONE,
    "groep": EVERYONE,
    "gebruiker": ADMIN,
    "rol": ADMIN,
    "inkooporganisatie": EVERYONE,
    "bestuursorgaan": EVERYONE,
    "ketenpartner": EVERYONE,
    "herindeling": EVERYONE,
    "kader": EVERYONE,
    "plan": EVERYONE,
    "hoofdstuk": EVERYONE,
    "bijlage": EVERYONE,
    "bijlage/file": EVERYONE,
    "document": CONTRACT,
    "document/file": CONTRACT,
    "verband": EVERYONE,
    "raadsvoorstel": EVERYONE,
    "besluit": EVERYONE,
    "motie": EVERYONE,
    "raadsvraag": EVERYONE,
    "bijeenkomst": EVERYONE,
    "kader/effects": EVERYONE,
    "plan/order": EVERYONE,
    "plan/paper": EVERYONE,
    "raadsvoorstel/paper": EVERYONE,
    "consultatie/paper": EVERYONE,
    "verantwoording": EVERYONE,
    "verantwoording/paper": EVERYONE,
    "beweging": EVERYONE,
    "kenmerk": EVERYONE,
    "consultatie": EVERYONE,
    "opmerking": EVERYONE - {Role.PROVIDER},
    **dict.fromkeys(KINDS, EVERYONE),
    **{code: EVERYONE - {Role.PROVIDER} for code in AT_A_TABLE},
    "standpunt": STAFF - {Role.API_CLIENT} | {Role.EXECUTIVE},
    "segmentindeling": EVERYONE,
    "segment": EVERYONE,
    "doel": EVERYONE,
    "ontwikkelopgave": EVERYONE,
    "product": EVERYONE,
    "productplaats": EVERYONE,
    "categorie": EVERYONE,
    "indicator": EVERYONE,
    "streefwaarde": EVERYONE,
    "aanbieder": IN_REGION,
    "contactpersoon": FILE,
    "accounthouder": FILE | {Role.ACCESS_TEAM},
    "accountgesprek": FILE,
    "aanbiedersafspraak": FILE,
    "aanbiedersincident": FILE,
    "boekjaar": FILE,
    "onderaannemer": FILE,
    "aanbiedersdocument": FILE,
    "aanbiedersdocument/file": FILE,
    "wijzigingsvoorstel": FILE,
    "toelating": FILE,
    "toelatingsbezwaar": FILE,
    "toelatingsbewijs": FILE,
    "toelatingsoordeel": STAFF,
    "geschiktheidseis": IN_REGION,
    "toelatingsstand": IN_REGION,
    "contract": CONTRACT,
    "contract/reading": CONTRACT,
    "indexeringsronde": STAFF | {Role.EXECUTIVE},
    "contractwijziging": STAFF | {Role.EXECUTIVE},
    "overgangsplan": FOLLOWS | {Role.PROVIDER},
    "overgangsstap": FOLLOWS | {Role.PROVIDER},
    "stemming": STAFF | {Role.EXECUTIVE},
    "stem": STAFF | {Role.EXECUTIVE},
    "stemregel": STAFF | {Role.EXECUTIVE},
    "contract/steps": CONTRACT,
    "herziening": CONTRACT - {Role.PROVIDER},  # a draft
    "herziening/steps": CONTRACT - {Role.PROVIDER},
    "verlenging": CONTRACT,
    "verlenging/steps": CONTRACT,
    "verplichting": CONTRACT,
    "verplichting/steps": CONTRACT,
    "sanctie": CONTRACT,
    "sanctie/steps": CONTRACT,
    "tarief": IN_REGION,
    "plafond": CONTRACT,
    "plafondsignaal": CONTRACT,
    "actiepunt": {Role.CONTRACT_MANAGER, Role.REGIONAL_ADMIN, Role.APPLICATION_ADMIN},
    "norm": STAFF | {Role.EXECUTIVE},
    "nalevingstoets": STAFF | {Role.EXECUTIVE},
    "nalevingspunt": STAFF | {Role.EXECUTIVE},
    "begroting": MORE_THAN_PROVIDER,
    "besparingsreeks": MORE_THAN_PROVIDER,
    "indexering": MORE_THAN_PROVIDER,
    "verdeelsleutel": MORE_THAN_PROVIDER,
    "rijksinkomst": MORE_THAN_PROVIDER,
    "volumeafspraak": MORE_THAN_PROVIDER,
    "verschuivingsregel": MORE_THAN_PROVIDER,
    "verschuiving": MORE_THAN_PROVIDER,
    "budgetindicatie": STAFF,
    "afrekening": STAFF,
    "afwijking": STAFF,
    "afwijking/lines": STAFF,
    "maatregel": MORE_THAN_PROVIDER,
    "scenario": STAFF,
    "aanleverronde": STAFF | {Role.PROVIDER},
    "uitvraag": STAFF | {Role.PROVIDER},
    "uitvraag/applied": STAFF | {Role.PROVIDER},
    "prognose": MORE_THAN_PROVIDER,
    "prognose/years": MORE_THAN_PROVIDER,
    "prognose/months": MORE_THAN_PROVIDER,
    "prognose/turning-point": MORE_THAN_PROVIDER,
    "prognose/known": MORE_THAN_PROVIDER,
    "cijferset": IN_REGION,
    "taak": STAFF | {Role.APPLICATION_ADMIN},
    "aanlevering": DELIVERS,
    "aanlevering/files": DELIVERS,
    "aanlevering/rejections": DELIVERS,
    "wachttijd": SUPPLY,
    "clientenstop": SUPPLY,
    "plek": SUPPLY,
    "crisismelding": STAFF | {Role.ACCESS_TEAM, Role.EXECUTIVE},
    "buitenplaatsing": STAFF | {Role.ACCESS_TEAM, Role.EXECUTIVE},
    "zaak": FOLLOWS | {Role.PROVIDER},
    "zaak/timeline": FOLLOWS | {Role.PROVIDER},
    "zaak/file": FOLLOWS | {Role.PROVIDER},
    "signaal": FOLLOWS,
    "procesafspraak": FOLLOWS,
    "patroon": STAFF,
    "patroon/chart": STAFF,
    "zoektocht": STAFF,
    "duiding": FOLLOWS | {Role.PROVIDER},
    "lezing": FOLLOWS | {Role.PROVIDER},
    "oordeel": FOLLOWS | {Role.PROVIDER},
    "aanbiederoordeel": FOLLOWS | {Role.PROVIDER},
    "sturingsbesluit": FOLLOWS,
    "verwijsadvies": FOLLOWS,
    **{f"afgesproken{part}": FOLLOWS | {Role.PROVIDER} for part in AGREED},
    "risico": FOLLOWS,
    "inschatting": FOLLOWS,
    "beheersmaatregel": FOLLOWS,
    "teamkenmerk": EVERYONE,
    "zelfbeoordeling": FOLLOWS,
    "kenmerkscore": FOLLOWS,
    "verkenning": FOLLOWS | {Role.PROVIDER},
    "volger": FOLLOWS | {Role.PROVIDER},
    "initiatief": FOLLOWS | {Role.PROVIDER},
    "editie": STAFF | MUNICIPAL,
    "editie/pdf": STAFF | MUNICIPAL,
    "editie/content": STAFF | MUNICIPAL,
    "huisstijl": EVERYONE,
    "jeugdigenaantal": EVERYONE,
}
# Who sees a row of his own region in the list; for lists whose rows have no address.
LISTS = {
    "toewijzing": STAFF,
    "traject": STAFF,
    "declaratieregel": STAFF,
    "indicatorwaarde": IN_REGION,
    "indicatordefinitie": EVERYONE,
    "uitkomstmeting": STAFF,
    "verblijfplaats": STAFF,
    "bericht": STAFF,
    "termijn": STAFF,
    "indicatoraanlevering": STAFF,
    "inzage": {Role.REGIONAL_ADMIN},
}
OF_CARE = {
    "toewijzing", "traject", "declaratieregel", "uitkomstmeting", "verblijfplaats", "bericht",
    "termijn", "indicatoraanlevering",
}  # fmt: skip
OF_STEERING = {
    *(f"afgesproken{part}" for part in AGREED),
    "duiding",
    "lezing",
    "oordeel",
    "aanbiederoordeel",
    "sturingsbesluit",
    "verwijsadvies",
    "risico",
    "inschatting",
    "beheersmaatregel",
    "zelfbeoordeling",
    "kenmerkscore",
    "verkenning",
    "volger",
    "initiatief",
}
CLOSED = (
    {"aanleverronde", "uitvraag", "wachttijd", "clientenstop", "plek", "zaak", "signaal"}
    | {"gebruiker", "rol", "inzage", "procesafspraak", "patroon", "zoektocht"}
    | {"crisismelding", "buitenplaatsing"}
    | OF_CARE
    | OF_STEERING
)
# The same for every region.
COMMON = {"indicatordefinitie"}
# Asked for in tests of their own: what they answer depends on more than the role.
WRITES = {
    *(
        f"{code}/move"
        for code in (
            "plan",
            "raadsvoorstel",
            "besluit",
            "motie",
            "raadsvraag",
            "consultatie",
            "bekostigingskeuze",
            "procedurekeuze",
            "procedure",
            "vraagstuk",
        )
    ),
    "ontwikkeltafel/meeting",
    "ontwikkeltafel/plan",
    "taak/cancel",
    "taak/restart",
    "aanlevering/undo",
    "aanlevering/check",
    "plafondsignaal/move",
    *(f"actiepunt/{verb}" for verb in ("move", "take", "hand-over", "postpone")),
    "nalevingstoets/move",
    "accountgesprek/move",
    "aanbiedersafspraak/move",
    "aanbiedersincident/move",
    "wijzigingsvoorstel/move",
    "zaak/step",
    "zaak/indicator",
    "zaak/indicator-end",
    "zaak/phase-out",
    "zaak/letter",
    "signaal/aside",
    "patroon/signal",
    "patroon/case",
    "zaak/conversation",
    "zaak/plan",
    "zaak/progress",
    "zaak/action-step",
    "zaak/judgement",
    "zaak/measure",
    "zaak/measure-end",
    "zaak/observation",
    "contract/difference",
    "herziening/changes",
    "toelating/move",
    "toelatingsbezwaar/move",
    "stemming/move",
    "indexeringsronde/move",
    "contractwijziging/move",
    "overgangsplan/move",
    "afwijking/move",
    "afwijking/except-one",
    "afrekening/move",
    "begroting/move",
    "besparingsreeks/plan",
    "verschuiving/move",
    "scenario/move",
    "scenario/compute",
    "scenario/check-again",
    "scenario/duplicate",
    "scenario/outcome",
    "aanleverronde/figures",
    "aanleverronde/step",
    "uitvraag/move",
    "afgesprokenversie/move",
    "duiding/move",
    "risico/move",
    "zelfbeoordeling/move",
    "verkenning/move",
    "initiatief/move",
}
FORMS = {"aanleverformulier"}
# Asked for with a region and a period, in tests of their own.
SUMS = {"uitgave", "agenda"}
OPEN = {"openapi"}


def addresses():
    """Name and pattern of every address below /api/."""
    found = {}
    for route, pattern in walk(get_resolver("config.api_urls").url_patterns):
        if pattern.name:
            found[pattern.name] = route
    return found


def walk(patterns, prefix=""):
    for one in patterns:
        if isinstance(one, URLPattern):
            yield prefix + str(one.pattern), one
        else:
            yield from walk(one.url_patterns, prefix + str(one.pattern))


def name_of(resource, suffix=""):
    base, _, extra = resource.partition("/")
    return f"{base}-{extra or suffix}"


def test_every_address_has_a_row_in_the_table():
    known = {name_of(r, "detail") for r in ROWS} | {name_of(r) for r in WRITES} | OPEN
    with_list = {r for r in ROWS if "/" not in r} | set(LISTS) | FORMS | SUMS
    assert set(addresses()) == known | {f"{r}-list" for r in with_list}


def address(name, keys):
    route = addresses()[name]
    for converter in ("int", "uuid"):
        route = route.replace(f"<{converter}:pk>", str(keys.get("pk", "")))
    return f"/api/{route}"


CARE_PATHS = {
    "toewijzingen", "trajecten", "declaratieregels", "uitkomstmetingen", "verblijfplaatsen",
    "berichten", "termijnen", "indicatoraanleveringen",
}  # fmt: skip


def ask(client, url):
    if url.rpartition("/")[2] in CARE_PATHS:
        url += "?regio=noord"
    return client.get(url, headers={"Accept": "*/*"})


@pytest.fixture(scope="module")
def worlds(django_db_setup, django_db_blocker):
    """Two regions, made once; thrown away afterwards."""
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        try:
            yield a_world(), a_world("zuid", place=2)
        finally:
            transaction.set_rollback(True)
            block.__exit__(None, None, None)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_gets_the_rows_it_may_see_and_nothing_of_another_region(worlds, role):
    own, other = worlds
    client = api_of(own.user(role)).client
    for resource, allowed in ROWS.items():
        name, base = name_of(resource, "detail"), resource.partition("/")[0]
        answer = ask(client, address(name, own.keys[base]))
        refused = 403 if base in CLOSED else 404
        assert answer.status_code == (200 if role in allowed else refused), (name, answer.content)
        if role != Role.APPLICATION_ADMIN:
            there = ask(client, address(name, other.keys[base]))
            assert there.status_code == (403 if role not in allowed and base in CLOSED else 404)


@pytest.mark.parametrize("role", list(Role))
def test_a_role_gets_the_lists_it_may_see(worlds, role):
    own, other = worlds
    client = api_of(own.user(role)).client
    lists = {r: a for r, a in ROWS.items() if "/" not in r} | LISTS
    for resource, allowed in lists.items():
        answer = ask(client, address(f"{resource}-list", {}))
        if role not in allowed and resource in CLOSED:
            assert answer.status_code == 403
            continue
        assert answer.status_code == 200, (resource, answer.content)
        assert bool(answer.json()["resultaten"]) == (role in allowed), resource
        if role != Role.APPLICATION_ADMIN:
            assert f'"{other.region.slug}"' not in answer.content.decode(), resource


def test_without_a_token_everything_but_the_description_is_closed(worlds):
    own, _ = worlds
    client = api_of().client
    for name in addresses():
        keys = own.keys.get(name.partition("-")[0], {})
        answer = ask(client, address(name, keys))
        assert answer.status_code == (200 if name in OPEN else 401), name


def test_filters_never_reach_another_region(worlds):
    own, other = worlds
    client = api_of(own.user(Role.CONTRACT_MANAGER)).client
    for name in addresses():
        if name.endswith("-list") and name.removesuffix("-list") not in {"regio"} | COMMON:
            url = address(name, {})
            answer = client.get(url, {"regio": other.region.slug})
            if answer.status_code != 200:
                assert answer.status_code in (400, 403), name
            else:
                assert answer.json()["resultaten"] == [], name
