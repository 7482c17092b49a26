"""Two strategies side by side, and the movements of one."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from regions.domain.roles import assign
from regions.enums import Role
from segments.domain.beside import Topic, side_by_side
from segments.models import Movement, SegmentTrait
from tests.factories import a_region, with_users

pytestmark = pytest.mark.django_db


def test_topics_stand_beside_each_other_and_what_is_equal_is_marked():
    left = [Topic("Geheel", "Doelen", ("Zo thuis mogelijk", "Korter")), Topic("Geheel", "Leeg", ())]
    right = [Topic("Geheel", "Doelen", ("Zo thuis mogelijk",)), Topic("Keuzes", "Vorm", ("taak",))]
    parts = side_by_side(left, right)
    assert [(part.title, [row.title for row in part.rows]) for part in parts] == [
        ("Geheel", ["Doelen"]),
        ("Keuzes", ["Vorm"]),
    ]
    goals = parts[0].rows[0]
    assert [(line.text, line.on_both) for line in goals.left] == [
        ("Zo thuis mogelijk", True),
        ("Korter", False),
    ]
    assert not goals.same
    assert parts[1].rows[0].left == ()


def test_another_region_lies_beside_it_only_for_who_works_in_both(client):
    north, south = with_users(a_region()), a_region(slug="zuid", name="Regio Zuid")
    SegmentTrait.objects.create(scheme=south.scheme, kind="lever", text="Alleen van Zuid")
    user = north.users[Role.POLICY_OFFICER]
    client.force_login(user)
    names = {"pk": north.scheme.pk, "region": north.region.slug}
    page = reverse("scheme-beside", kwargs=names) + f"?met={south.scheme.pk}"
    file = reverse("scheme-beside-file", kwargs=names | {"form": "docx"})
    file += f"?met={south.scheme.pk}"
    assert (client.get(page).status_code, client.get(file).status_code) == (404, 404)
    assert "Regio Zuid" not in client.get(page.partition("?")[0]).content.decode()
    assign(user=user, role=Role.POLICY_OFFICER, region=south.region)
    assert "Alleen van Zuid" in client.get(page).content.decode()
    assert client.get(file).content[:2] == b"PK"


def test_an_amount_of_a_movement_says_which_way_and_when():
    made = a_region()
    movement = Movement(scheme=made.scheme, title="Van zwaar naar licht", amount=Decimal("1000.00"))
    with pytest.raises(ValidationError, match="besparing of investering"):
        movement.full_clean()
    movement.effect, movement.year = "saving", 2027
    movement.full_clean()
