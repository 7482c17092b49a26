"""From the source of a figure to the text that gives it, for who may read that text."""

import io

import openpyxl
import pytest
from django.urls import reverse

from core.ui import Passages, Place
from finance.models import Budget
from regions.enums import Role

from ..factories import a_region, user_with
from .policy import a_plan, a_section

pytestmark = pytest.mark.django_db


def test_a_source_leads_to_the_chapter_only_for_who_may_read_it():
    made = a_region()
    plan = a_plan(made, "Programmaplan", source="004:L1-1031")
    chapter = a_section(plan, "6.5", title="Begroting", source="004:L990-1031")
    a_section(a_plan(made, "Geheim", confidentiality="confidential"), source="004:L1000-1020")
    member = user_with(Role.COUNCIL_MEMBER, made.region, municipality=made.municipalities[0])
    found = Passages(Place(member, made.region)).of("004:L1005-1011")
    assert [one.label for one in found] == ["Programmaplan, 6.5 Begroting"]
    assert found[0].url.endswith(f"/plannen/{plan.pk}/#hoofdstuk-{chapter.pk}")
    plan.state = "draft"
    plan.save()
    assert Passages(Place(member, made.region)).of("004:L1005-1011") == ()


def test_a_text_of_another_region_is_not_the_source():
    made, other = a_region(), a_region(slug="zuid", name="Regio Zuid")
    a_section(a_plan(other, "Van een ander"), source="004:L1-2000")
    officer = user_with(Role.POLICY_OFFICER, made.region)
    assert Passages(Place(officer, made.region)).of("004:L1005") == ()


def test_a_given_amount_leads_to_its_chapter(client, settings):
    settings.MFA_REQUIRED = False
    made = a_region()
    chapter = a_section(a_plan(made, "Programmaplan"), "6.5", title="Geld", source="004:L990-1031")
    Budget.objects.create(
        region=made.region, year=2021, status="adopted", amount=6_167_100, source="004:L1005-1011"
    )
    client.force_login(user_with(Role.CONTROLLER, made.region))
    html = client.get(reverse("budgets", args=[made.region.slug])).content.decode()
    assert f'#hoofdstuk-{chapter.pk}">Programmaplan, 6.5 Geld</a> (004:L1005-1011)' in html
    file = client.get(reverse("budgets-xlsx", args=[made.region.slug]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(file.streaming_content)))
    cells = [cell for row in book["Begrotingen"].values for cell in row]
    assert "Programmaplan, 6.5 Geld (004:L1005-1011)" in cells
