"""Who reads the mirror of a provider, and the page for a college."""

import pytest
from django.test import Client
from django.urls import reverse

from core.errors import DomainError, NotAllowed
from core.periods import HalfYear
from regions.enums import Role
from reports.domain.adopting import move_edition, publish_mirrors
from reports.domain.authoring import write_passage
from reports.enums import EditionKind, EditionState
from reports.queries.visible import editions_visible_to, without_older_versions
from reports.rules import can_ask, can_read_edition
from tests.factories import ProviderFactory, a_region, user_with
from tests.reports.making import an_edition, author

pytestmark = pytest.mark.django_db
HALF = HalfYear(2026, 1)


@pytest.fixture
def made():
    return a_region()


def mirror_of(made, provider, **fields):
    return an_edition(
        made, kind=EditionKind.PROVIDER, provider=provider.agb_code, provider_name=provider.name,
        **fields,
    )  # fmt: skip


def of_provider(provider):
    return user_with(Role.PROVIDER, provider.region, provider=provider)


def test_a_provider_reads_its_own_mirror_once_it_is_published(made):
    one, other = ProviderFactory(region=made.region), ProviderFactory(region=made.region)
    own, theirs = mirror_of(made, one), mirror_of(made, other)
    user = of_provider(one)
    assert not editions_visible_to(user).exists()
    assert publish_mirrors(region=made.region, half_year=HALF, by=author(made)) == 2
    assert list(editions_visible_to(user)) == [own]
    theirs.refresh_from_db()
    assert theirs.state == EditionState.PUBLISHED
    assert not can_read_edition(user, theirs)


def test_mirrors_are_published_once(made):
    mirror_of(made, ProviderFactory(region=made.region))
    by = author(made)
    assert publish_mirrors(region=made.region, half_year=HALF, by=by) == 1
    assert publish_mirrors(region=made.region, half_year=HALF, by=by) == 0


def test_a_contract_manager_does_not_publish_mirrors(made):
    with pytest.raises(NotAllowed, match="Publiceren"):
        publish_mirrors(
            region=made.region, half_year=HALF, by=user_with(Role.CONTRACT_MANAGER, made.region)
        )


def test_no_municipality_reads_a_mirror(made):
    mirror = mirror_of(made, ProviderFactory(region=made.region), state=EditionState.PUBLISHED)
    for role in (Role.EXECUTIVE, Role.COUNCIL_CLERK, Role.COUNCIL_MEMBER, Role.ACCESS_TEAM):
        user = user_with(role, made.region, municipality=made.municipalities[0])
        assert not editions_visible_to(user).exists()
        assert not can_read_edition(user, mirror)


def test_a_college_reads_its_page_and_a_council_does_not(made):
    page = an_edition(made, kind=EditionKind.EXECUTIVE, state=EditionState.PUBLISHED)
    executive, member = (
        user_with(role, made.region, municipality=made.municipalities[0])
        for role in (Role.EXECUTIVE, Role.COUNCIL_MEMBER)
    )
    assert list(editions_visible_to(executive)) == [page]
    assert not editions_visible_to(member).exists()
    assert not can_ask(executive, page)


def test_the_page_for_a_college_is_adopted_by_no_college(made):
    page = an_edition(made, kind=EditionKind.EXECUTIVE)
    by = author(made)
    for move in ("review", "adopt", "publish"):
        move_edition(edition=page, move=move, by=by)
    page.refresh_from_db()
    assert page.state == EditionState.PUBLISHED


def test_a_text_that_does_not_fit_the_page_is_refused_at_the_desk(made):
    content = dict(an_edition(made).content) | {"kind": "executive"}
    page = an_edition(made, kind=EditionKind.EXECUTIVE, content=content)
    long = "Wilt u hierover een besluit nemen? " * 200
    with pytest.raises(DomainError, match="Maak de tekst korter"):
        write_passage(edition=page, key="gevraagd", template=long, by=author(made))
    assert not page.passages.exists()


def test_a_provider_sees_its_mirrors_in_its_portal(made):
    provider = ProviderFactory(region=made.region)
    mirror = mirror_of(made, provider, state=EditionState.PUBLISHED)
    client = Client()
    client.force_login(of_provider(provider))
    page = client.get(reverse("editions", args=[made.region.slug])).content.decode()
    assert provider.name in page
    assert "Planning van de rapportages" not in page
    assert client.get(reverse("edition", args=[made.region.slug, mirror.pk])).status_code == 200


def test_a_correction_in_concept_does_not_hide_what_is_published(made):
    published = an_edition(made, state=EditionState.PUBLISHED)
    draft = an_edition(made, version=2)
    member = user_with(Role.COUNCIL_MEMBER, made.region, municipality=made.municipalities[0])
    assert list(without_older_versions(editions_visible_to(member))) == [published]
    assert list(without_older_versions(editions_visible_to(author(made)))) == [draft]
