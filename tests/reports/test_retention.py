"""What is past its term goes, and what a council was told stays."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from core import clock
from core.audit.models import Look
from core.documents.domain import store
from core.documents.models import Document
from core.jobs.api import Job, run
from reports.domain.retention import ask_for_retention
from reports.enums import EditionKind, EditionState
from reports.models import Comment, Edition, ReadCount
from tests.factories import a_region
from tests.reports.making import an_edition, author

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def ago(years, days):
    """So many days short of a term of years before today."""
    day = date(TODAY.year - years, TODAY.month, TODAY.day + days)
    return datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))


def test_what_is_past_its_term_goes_and_nothing_else(settings, client):
    settings.CLOCK_TODAY = TODAY.isoformat()
    made = a_region()
    file = store(title="x", content=b"x", file_name="x.pdf", content_type="application/pdf")
    old = an_edition(made, made_at=ago(2, -1), pdf=file)
    young = an_edition(made, made_at=ago(2, 1), version=2)
    internal = an_edition(made, made_at=ago(3, 0), kind=EditionKind.CONTRACT_MANAGERS)
    published = an_edition(
        made, made_at=ago(9, 0), published_at=ago(1, -1), state=EditionState.PUBLISHED, version=3
    )
    for edition in (old, published, young):
        Comment.objects.create(edition=edition, key="geld-1", text="Klopt dit?")
    for day in (ago(2, -1), ago(2, 1)):
        ReadCount.objects.create(edition=published, day=day.date(), medium="web", times=4)
    for at in (ago(5, -1), ago(5, 1)):
        Look.objects.create(tenant_id=made.region.pk, at=at, what="zoeken", rows=3)
    client.force_login(author(made))
    page = client.get(reverse("retention", args=[made.region.slug])).content.decode()
    assert "Er is nog niets verwijderd." in page

    [job] = ask_for_retention()
    run(job.pk)
    assert Job.objects.get(pk=job.pk).result["removed"] == {
        "published": 0, "internal": 0, "concepts": 1, "comments": 1, "reads": 1, "looks": 1,
    }  # fmt: skip
    assert set(Edition.objects.all()) == {young, internal, published}
    assert not Document.objects.filter(pk=file.document_id).exists()
    assert [c.edition for c in Comment.objects.all()] == [young]
    assert ReadCount.objects.get().day == ago(2, 1).date()
    assert ask_for_retention() == []
    page = client.get(reverse("retention", args=[made.region.slug])).content.decode()
    assert "Voor het laatst uitgevoerd op 22 november 2026" in page
    assert clock.today() == TODAY
