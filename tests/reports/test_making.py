"""Editions of the hand-worked region: made once, never changed, repeatable, and for whom."""

import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, transaction
from django.urls import reverse

from core import clock
from core.errors import DomainError, NotAllowed
from core.intake.models import IntakeRun
from core.jobs.api import Job, run
from core.periods import HalfYear
from core.plain import from_plain
from finance.models import Budget
from regions.enums import Role
from regions.models import Municipality, RoleAssignment
from reports.domain.content import EditionContent
from reports.domain.freezing import freeze
from reports.domain.making import all_wanted, make_edition
from reports.domain.repeat import JOB_KIND, last_repeat, repeat
from reports.domain.requesting import Wanted, request_editions
from reports.enums import EditionKind, EditionState
from reports.models import Edition
from reports.queries.visible import editions_visible_to, without_older_versions

pytestmark = pytest.mark.django_db
HALF = HalfYear(2025, 1)
DELFT, ZOETERMEER = "0503", "0637"


@pytest.fixture(scope="module")
def frozen(golden, django_db_blocker):
    """The figures of the half-year and what councils may not see, once for all tests."""
    with django_db_blocker.unblock():
        return freeze(region=golden.region, half=HALF)


WANTED = (
    Wanted(EditionKind.COUNCIL_REGION),
    Wanted(EditionKind.COUNCIL_MUNICIPALITY, ZOETERMEER),
    Wanted(EditionKind.CONTRACT_MANAGERS),
)


@pytest.fixture(scope="module")
def once(frozen, django_db_blocker):
    """Three editions, made once: laying out their pages takes the time."""
    with django_db_blocker.unblock():
        return [make_edition(frozen=frozen, wanted=one).pk for one in WANTED]


@pytest.fixture
def editions(once):
    """The region's, Zoetermeer's and the managers', as they are stored."""
    return [Edition.objects.get(pk=pk) for pk in once]


@pytest.fixture
def region_edition(editions):
    return editions[0]


def user_with(role, region, gm_code=""):
    user = get_user_model().objects.create_user(f"{role}{gm_code}@voorbeeld.example", name=role)
    place = Municipality.objects.get(gm_code=gm_code) if gm_code else None
    RoleAssignment.objects.create(user=user, role=role, region=region, municipality=place)
    return user


def content(edition) -> EditionContent:
    return from_plain(EditionContent, edition.content)


def clients(edition):
    return next(f for f in content(edition).key_figures if f.code == "clients")


def test_the_edition_says_what_was_worked_out_by_hand(editions):
    # README of the golden region, 2025-H1: 48 clients, a half-year before 20, a year before 7.
    region_edition, _, managers = editions
    figures = [clients(edition) for edition in (managers, region_edition)]
    assert [figure.now.value for figure in figures] == [48, 48]
    assert (figures[0].previous.value, figures[0].year_ago.value) == (20, 7)


def test_a_total_that_tells_one_provider_about_all_others_is_not_for_councils(region_edition):
    # Of the 20 of 2024-H2 one provider has 11: with the total it would know that 9 are elsewhere.
    assert clients(region_edition).previous.hidden


def test_the_same_inputs_make_no_second_version(frozen, region_edition):
    again = make_edition(frozen=frozen, wanted=Wanted(EditionKind.COUNCIL_REGION))
    assert (again.pk, again.version) == (region_edition.pk, 1)


def test_other_figures_make_a_new_version_beside_the_old(golden, region_edition):
    earlier = freeze(region=golden.region, half=HALF, cutoff_run=golden.runs[1])
    other = make_edition(frozen=earlier, wanted=Wanted(EditionKind.COUNCIL_REGION))
    assert (other.version, other.cutoff_run) == (2, golden.runs[1])
    shown = without_older_versions(Edition.objects.filter(kind=EditionKind.COUNCIL_REGION))
    assert list(shown) == [other]
    assert Edition.objects.get(pk=region_edition.pk).content == region_edition.content


def test_what_an_edition_says_cannot_be_changed(region_edition):
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.filter(pk=region_edition.pk).update(content={})
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.filter(pk=region_edition.pk).update(checksum="0" * 64)
    region_edition.refresh_from_db()
    assert region_edition.content["title"] == "Voortgangsrapportage jeugdhulp"


def test_an_edition_comes_out_the_same_when_it_is_computed_again(region_edition):
    assert repeat(region_edition).same


def test_repeating_is_a_job_whose_outcome_stays_on_the_page(region_edition, client, settings):
    settings.MFA_REQUIRED = False
    client.force_login(user_with(Role.POLICY_OFFICER, region_edition.region))
    page = reverse("edition-repeat", args=[region_edition.region.slug, region_edition.pk])
    assert "nog niet nagerekend" in client.get(page).content.decode()
    for _ in range(2):
        assert client.post(page)["Location"] == page
    job = Job.objects.get(kind=JOB_KIND)
    assert "Ververs deze pagina" in client.get(page).content.decode()
    run(job.pk)
    assert "Dezelfde uitkomst" in client.get(page).content.decode()
    IntakeRun.objects.filter(tenant_id=region_edition.region_id, number=1).update(
        state="undone", undone_at=clock.now()
    )
    Budget.objects.filter(region=region_edition.region).update(amount=1)
    client.post(page)
    run(last_repeat(region_edition).pk)
    html = client.get(page).content.decode()
    assert "aanlevering 1 (" in html
    assert "is ongedaan gemaakt op" in html


def test_who_repeats_an_edition_sees_which_input_moved(region_edition):
    segment = region_edition.scheme.segments.first()
    segment.name = "Een andere naam"
    segment.save()
    budget = Budget.objects.filter(region=region_edition.region).first()
    Budget.objects.filter(pk=budget.pk).update(amount=budget.amount + 1)
    run = IntakeRun.objects.get(tenant_id=region_edition.region_id, number=1)
    IntakeRun.objects.filter(pk=run.pk).update(state="undone", undone_at=clock.now())
    answer = repeat(region_edition)
    assert not answer.same
    undone, *rest = answer.moved
    assert undone.startswith(f"aanlevering 1 ({run.title}) is ongedaan gemaakt op")
    assert f"segment {segment.code}" in rest
    assert [text for text in rest if text.startswith(f"de begroting {budget.year}")]
    assert not [text for text in rest if "definitie" in text or "product" in text]


def test_there_is_an_edition_for_region_managers_and_each_member(frozen):
    wanted = list(all_wanted(frozen))
    assert [w.kind for w in wanted[:2]] == [
        EditionKind.COUNCIL_REGION,
        EditionKind.CONTRACT_MANAGERS,
    ]
    kinds = [w.kind for w in wanted]
    # Nine members; and a page for the colleges of the region and of each.
    assert kinds.count(EditionKind.COUNCIL_MUNICIPALITY) == 9
    assert kinds.count(EditionKind.EXECUTIVE) == 10


def test_councils_do_not_get_small_counts_but_managers_do(editions):
    _, council, managers = editions
    # Zoetermeer, inflow 2025-H1: 8 trajectories.
    inflow = next(f for f in content(council).key_figures if f.code == "inflow")
    assert inflow.now.hidden
    assert not any(f.now.hidden for f in content(managers).key_figures)
    assert any(s.providers for s in content(managers).segments)


def test_the_pdf_of_an_edition_is_accessible(region_edition, tmp_path):
    path = tmp_path / "rapport.pdf"
    path.write_bytes(region_edition.pdf.file.read())
    checker = Path(sys.executable).parent / "outloud"
    ran = subprocess.run([checker, "--no-info", path], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout


def test_a_council_member_reads_the_region_and_the_own_municipality(golden, editions):
    whole, of_zoetermeer, managers = editions
    of_delft = Edition.objects.get(pk=of_zoetermeer.pk)
    of_delft.pk, of_delft.municipality = uuid4(), DELFT
    of_delft.save(force_insert=True)
    Edition.objects.update(state=EditionState.PUBLISHED)
    member = user_with(Role.COUNCIL_MEMBER, golden.region, DELFT)
    manager = user_with(Role.CONTRACT_MANAGER, golden.region)
    assert set(editions_visible_to(member)) == {whole, of_delft}
    assert set(editions_visible_to(manager)) == {whole, of_delft, of_zoetermeer, managers}


def test_a_council_member_cannot_ask_for_editions(golden):
    member = user_with(Role.COUNCIL_MEMBER, golden.region, DELFT)
    with pytest.raises(NotAllowed, match="regionale organisatie"):
        request_editions(region=golden.region, half_year=HALF, by=member)


def test_a_half_year_that_has_not_begun_is_refused(golden):
    manager = user_with(Role.CONTRACT_MANAGER, golden.region)
    with pytest.raises(DomainError, match="moet nog beginnen"):
        request_editions(region=golden.region, half_year=HalfYear(2999, 1), by=manager)
