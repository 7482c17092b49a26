"""What anybody may see: published figures, as a page and as open data."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from reports.domain.adopting import move_edition
from reports.enums import EditionState
from tests.factories import a_region
from tests.reports.making import an_edition, author, of_municipality

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return a_region()


def address(made, kind="place", **words):
    return reverse(f"public-{kind}", kwargs={"slug": made.region.slug, **words})


def test_a_draft_is_not_public(made):
    an_edition(made)
    of_municipality(made, state=EditionState.REVIEW)
    assert Client().get(address(made)).status_code == 404
    assert made.region.name not in Client().get(reverse("public-home")).content.decode()


def test_a_published_edition_is_public_without_cookies(made):
    an_edition(made, state=EditionState.PUBLISHED)
    answer = Client().get(address(made))
    assert answer.status_code == 200
    assert not answer.cookies
    assert "max-age" in answer["Cache-Control"]


def test_what_is_withdrawn_is_gone_at_once(made):
    edition = an_edition(made, state=EditionState.PUBLISHED)
    assert Client().get(address(made)).status_code == 200
    move_edition(edition=edition, move="withdraw", by=author(made), reason="fout")
    assert Client().get(address(made)).status_code == 404


def test_open_data_is_rounded_and_leaves_out_what_is_protected(made):
    edition = an_edition(made)
    content = dict(edition.content)
    flow = [dict(figure) for figure in content["flow"]]
    flow[0]["now"] = {**flow[0]["now"], "value": None, "hidden": True}
    content["flow"] = flow
    content["key_figures"] = [f for f in content["key_figures"] if f["code"] != flow[0]["code"]]
    an_edition(made, state=EditionState.PUBLISHED, version=2, content=content)
    text = Client().get(address(made, "csv")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    protected = [r for r in rows if r["code"] == flow[0]["code"] and r["halfjaar"] == "2026-H1"]
    assert [(r["waarde"], r["afgeschermd"]) for r in protected if not r["segment"]] == [("", "ja")]
    dropout = next(r for r in rows if r["code"] == "dropout_rate" and not r["segment"])
    # Sample: 20 x 4 + 6 x 4 x 4 of 190 x 4 at the region: 176 / 760 = 0,2316.
    assert dropout["waarde"] == "0,232"


def test_counts_are_rounded_to_five(made):
    an_edition(made, state=EditionState.PUBLISHED)
    rows = Client().get(address(made, "json")).json()
    counts = [r["waarde"] for r in rows if r["code"] in ("clients", "inflow") and r["waarde"]]
    assert counts
    assert not [value for value in counts if value % 5]


def test_json_and_csv_say_the_same(made):
    an_edition(made, state=EditionState.PUBLISHED)
    rows = Client().get(address(made, "json")).json()
    text = Client().get(address(made, "csv")).content.decode("utf-8-sig")
    assert len(rows) == len(text.strip().splitlines()) - 1


# What DCAT-AP-NL 3.0 asks for, of each class; the shapes themselves are in no package.
ASKED = {
    "dcat:Dataset": {
        "dct:accessRights", "dcat:contactPoint", "dct:creator", "dct:description",
        "dct:identifier", "dct:publisher", "dcat:theme", "dct:title",
    },
    "dcat:Distribution": {"dcat:accessURL", "dct:license"},
    "foaf:Agent": {"foaf:name"},
    "vcard:Organization": {"vcard:fn"},
    "skos:Concept": {"skos:prefLabel"},
}  # fmt: skip
CLASSES = {
    "dct:language": "dct:LinguisticSystem", "dct:accessRights": "dct:RightsStatement",
    "dcat:theme": "skos:Concept", "dct:license": "dct:LicenseDocument",
    "dct:format": "dct:MediaTypeOrExtent", "dcat:mediaType": "dct:MediaType",
    "dcat:contactPoint": "vcard:Kind", "dct:publisher": "foaf:Agent",
    "dct:creator": "foaf:Agent", "dct:temporal": "dct:PeriodOfTime",
    "dct:conformsTo": "dct:Standard",
}  # fmt: skip


def lacking(node):
    """What the profile asks of a node, or of one below it, and is not there."""
    kinds = listed(node.get("@type", []))
    faults = [f"{k} {name}" for k in kinds for name in ASKED.get(k, set()) - node.keys()]
    for name, value in node.items():
        for one in listed(value):
            if name in CLASSES and CLASSES[name] not in listed(one["@type"]):
                faults.append(f"{name} is geen {CLASSES[name]}")
            if isinstance(one, dict):
                faults += lacking(one)
    return faults


def listed(value):
    return value if isinstance(value, list) else [value]


def test_the_description_has_what_the_profile_asks_and_names_both_files(made):
    an_edition(made, state=EditionState.PUBLISHED)
    described = Client().get(address(made, "dcat")).json()
    assert described["@type"] == "dcat:Dataset"
    assert lacking(described) == []
    assert described["dcat:landingPage"]["@id"].endswith(address(made))
    kinds = {d["dct:format"]["@id"].rsplit("/", 1)[1] for d in described["dcat:distribution"]}
    assert kinds == {"CSV", "JSON"}
    del described["dct:creator"], described["dcat:theme"][0]["skos:prefLabel"]
    assert lacking(described) == ["dcat:Dataset dct:creator", "skos:Concept skos:prefLabel"]


def test_a_chart_is_an_image_that_other_pages_may_show(made):
    an_edition(made, state=EditionState.PUBLISHED)
    answer = Client().get(address(made, "chart", code="clients"))
    assert answer["Content-Type"] == "image/svg+xml"
    assert "X-Frame-Options" not in answer
    assert Client().get(address(made, "chart", code="onbekend")).status_code == 404
