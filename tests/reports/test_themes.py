"""Colours and arms: readable, safe, and on the edition of the municipality alone."""

from base64 import b64encode
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from core.documents.domain import store
from core.errors import DomainError, NotAllowed
from regions.enums import Role
from reports.domain.render import pdf_html
from reports.domain.theming import HOUSE, Look, clean_arms, contrast, keep_theme, tint
from reports.queries.texts import written
from reports.queries.themes import look_of
from tests.api.conftest import api_of
from tests.factories import a_region, user_with
from tests.reports.making import an_edition, author, of_municipality

SHIELD = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
    b'<path fill="#900" d="M0 0h9z"/></svg>'
)


def test_contrast_is_that_of_the_guideline():
    # WCAG: black on white is 21; #767676 is the lightest grey that passes 4,5.
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert contrast("#ffffff", "#777777") == pytest.approx(4.48, abs=0.005)


def test_a_pale_ground_is_a_tenth_of_the_colour():
    # 255 - 0,1 x 255 = 229,5 for black.
    assert tint("#000000", 0.1) == "#e6e6e6"


@pytest.mark.parametrize(
    "hostile",
    [
        b"<script>alert(1)</script>",
        b'<path onload="alert(1)" d="M0 0"/>',
        b'<image href="https://elders.example/a.png"/>',
        b'<use href="https://elders.example/#a"/>',
        b'<path style="fill:url(https://elders.example)" d="M0 0"/>',
        b'<path fill="url(https://elders.example/#a)" d="M0 0"/>',
        b"<foreignObject><body/></foreignObject>",
        b"<style>@import url(https://elders.example)</style>",
        b'<a href="javascript:alert(1)"><path d="M0 0"/></a>',
    ],
)
def test_a_drawing_keeps_its_shapes_and_nothing_else(hostile):
    given = SHIELD.replace(b"</svg>", hostile + b"</svg>")
    cleaned, kind = clean_arms(given)
    assert kind == "image/svg+xml"
    assert b"M0 0h9z" in cleaned
    for word in (b"alert", b"elders", b"<script", b"foreignObject", b"style", b"onload"):
        assert word not in cleaned


def test_a_document_with_entities_is_refused():
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + SHIELD.replace(
        b"</svg>", b"<desc>&a;</desc></svg>"
    )
    with pytest.raises(DomainError, match="geen leesbare"):
        clean_arms(bomb)


@pytest.mark.parametrize("junk", [b"GIF89a....", b"\x89PNG\r\n\x1a\nkapot", b"<html/>", b"<svg"])
def test_what_is_no_picture_is_refused(junk):
    with pytest.raises(DomainError, match="geen leesbare"):
        clean_arms(junk)


def test_pixels_are_made_anew_and_not_too_many():
    out = BytesIO()
    Image.new("RGB", (1200, 900), "#aa0000").save(out, "PNG", pnginfo=None)
    cleaned, kind = clean_arms(out.getvalue())
    assert kind == "image/png"
    assert max(Image.open(BytesIO(cleaned)).size) == 600


@pytest.fixture
def made(db):
    return a_region()


def themed(made, municipality="", **fields):
    given = {"primary": "#7a1020", "accent": "#ffcc00", "by": author(made)} | fields
    return keep_theme(region=made.region, municipality=municipality, **given)


def test_a_colour_on_which_white_cannot_be_read_is_refused(made):
    with pytest.raises(DomainError, match=r"contrast is 1,5 en moet ten minste 4,5"):
        themed(made, primary="#ffcc00")


def test_a_contract_manager_does_not_choose_colours(made):
    with pytest.raises(NotAllowed):
        themed(made, by=user_with(Role.CONTRACT_MANAGER, made.region))


def test_a_municipality_without_a_style_has_the_colours_of_the_region_but_not_its_arms(made):
    one, other = (m.gm_code for m in made.municipalities)
    themed(made, arms=SHIELD)
    themed(made, one, primary="#003366")
    assert look_of(made.region.pk, one).primary == "#003366"
    look = look_of(made.region.pk, other)
    assert (look.primary, look.arms) == ("#7a1020", b"")
    assert look_of(made.region.pk).arms


def test_new_colours_leave_the_arms_until_they_are_taken_away(made):
    themed(made, arms=SHIELD)
    themed(made, primary="#003366")
    assert look_of(made.region.pk).arms
    themed(made, without_arms=True)
    assert not look_of(made.region.pk).arms


def test_the_cover_carries_the_arms_of_its_own_municipality(made):
    edition, whole = of_municipality(made), an_edition(made)
    themed(made, edition.municipality, arms=SHIELD)
    covers = [
        pdf_html(written(e), e, look=look_of(made.region.pk, e.municipality))
        for e in (edition, whole)
    ]
    assert ["ed-cover__arms" in cover for cover in covers] == [True, False]
    # Without arms an emblem in the colours stands there: no cover is empty.
    assert ["ed-cover__emblem" in cover for cover in covers] == [False, True]
    assert "#123456" in Look(primary="#123456").emblem.decode()


def test_colours_and_arms_are_pictures_for_anybody(made):
    code = made.municipalities[0].gm_code
    themed(made, code, arms=SHIELD)
    words = {"slug": made.region.slug, "gm_code": code}
    css = Client().get(reverse("public-theme", kwargs=words))
    assert "--ed-primary: #7a1020" in css.content.decode()
    assert css["Content-Type"].startswith("text/css")
    arms = Client().get(reverse("public-arms", kwargs=words))
    assert arms["Content-Type"] == "image/svg+xml"
    assert (
        "script-src" in arms["Content-Security-Policy"]
        or "default-src" in arms["Content-Security-Policy"]
    )


def test_all_reports_of_a_half_year_come_in_one_file(made):

    for name, fields in (("een", {}), ("twee", {"version": 2})):
        edition = an_edition(made, **fields)
        edition.pdf = store(
            title=name, content=name.encode(), file_name=f"{name}.pdf",
            content_type="application/pdf", tenant_id=made.region.pk,
        )  # fmt: skip
        edition.save(update_fields=["pdf"])
    client = Client()
    client.force_login(author(made))
    address = reverse("editions-zip", args=[made.region.slug, "2026-h1"])
    together = ZipFile(BytesIO(b"".join(client.get(address).streaming_content)))
    # The newest version of each edition only.
    assert together.namelist() == ["twee.pdf"]
    assert together.read("twee.pdf") == b"twee"
    assert client.get(address.replace("2026-h1", "2020-h1")).status_code == 404


def test_a_program_sets_colours_name_and_arms_and_takes_them_away(made):
    code = made.municipalities[0].gm_code
    api = api_of(author(made))
    picture = b64encode(SHIELD).decode()
    place = {"regio": made.region.slug, "gemeente": code}
    colours = {"hoofdkleur": "#7A1020", "steunkleur": "#ffcc00"}
    kept = api.post("huisstijlen", place | colours | {"naam": "Gemeente Duin", "wapen": picture})
    assert kept.status_code == 201, kept.content
    row = kept.json()
    assert (row["hoofdkleur"], row["naam"], row["wapenSoort"]) == (
        "#7a1020", "Gemeente Duin", "image/svg+xml",
    )  # fmt: skip
    assert b"M0 0h9z" in Client().get(row["wapenAdres"]).content
    one = f"/api/v1/huisstijlen/{row['id']}"
    refused = [
        (api.post("huisstijlen", place), 400, "al een huisstijl"),
        (api.post("huisstijlen", place | {"gemeente": "9999"}), 409, "hoort niet bij de regio"),
        (api.client.patch(one, {"hoofdkleur": "#ffcc00"}, format="json"), 409, "contrast"),
        (api.client.patch(one, {"wapen": "R0lGODlh"}, format="json"), 409, "geen leesbare"),
        (api.client.patch(one, {"wapen": "geen!"}, format="json"), 400, "geen base64"),
        (api.client.patch(one, {"gemeente": "9999"}, format="json"), 400, "staat vast"),
    ]
    told = [(answer.status_code, answer.content.decode()) for answer, _, _ in refused]
    wrong = [
        (status, text)
        for (status, text), (_, expected, words) in zip(told, refused, strict=True)
        if status != expected or words not in text
    ]
    assert not wrong
    assert look_of(made.region.pk, code).arms, "a refusal changes nothing"
    api.client.patch(one, {"wapen": ""}, format="json")
    look = look_of(made.region.pk, code)
    assert (look.name, look.primary, look.arms) == ("Gemeente Duin", "#7a1020", b"")
    manager = api_of(user_with(Role.CONTRACT_MANAGER, made.region)).client
    assert manager.delete(one).status_code == 403
    assert api.client.delete(one).status_code == 204
    assert look_of(made.region.pk, code) == HOUSE


def test_the_cover_bears_the_name_that_the_municipality_gives_itself(made):
    edition, whole = of_municipality(made), an_edition(made)
    themed(made, edition.municipality, name="Gemeente Aan Zee")
    covers = [
        pdf_html(written(e), e, look=look_of(made.region.pk, e.municipality))
        for e in (edition, whole)
    ]
    assert ["Gemeente Aan Zee" in cover for cover in covers] == [True, False]
