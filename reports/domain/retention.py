"""How long what belongs to accountability is kept, and the job that ends it.

No document of a region gives these terms: they are ours, shown on a page, and the same for all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Q, QuerySet

from core import clock
from core.audit.models import Look
from core.documents.domain import remove_document
from core.jobs.api import Job, RunningJob, enqueue
from core.periods import add_months
from regions.models import Region

from ..enums import EditionKind, EditionState
from ..models import Comment, Edition, ReadCount

JOB_KIND = "reports.retention"
# Never published by their nature: a final edition of these stays prepared.
INTERNAL = (EditionKind.CONTRACT_MANAGERS, EditionKind.EXECUTIVE)
BEFORE_PUBLICATION = (*EditionState.EDITABLE, EditionState.ADOPTED)
SOON = timedelta(days=365)
log = structlog.get_logger()


@dataclass(frozen=True)
class Term:
    """`years` None: for ever. `rows` gives what a region has of it that was there before a day."""

    code: str
    what: str
    since: str
    why: str
    years: int | None
    rows: Callable[[Region, date], QuerySet[Any]]

    def due(self, region: Region, day: date) -> QuerySet[Any]:
        """What is older than the term on a day."""
        if self.years is None:
            return self.rows(region, date.min).none()
        return self.rows(region, add_months(day, -12 * self.years))

    @property
    def kept(self) -> str:
        return f"{self.years} jaar na {self.since}" if self.years else "blijvend"


def _published(region: Region, before: date) -> QuerySet[Edition]:
    return Edition.objects.filter(region=region, state__in=EditionState.FOR_COUNCIL)


def _unpublished(region: Region, before: date) -> QuerySet[Edition]:
    """What a later edition corrects is no loose concept."""
    return Edition.objects.filter(
        region=region,
        state__in=BEFORE_PUBLICATION,
        made_at__date__lt=before,
        published_at=None,
        corrections=None,
    )


def _concepts(region: Region, before: date) -> QuerySet[Edition]:
    return _unpublished(region, before).exclude(kind__in=INTERNAL)


def _internal(region: Region, before: date) -> QuerySet[Edition]:
    return _unpublished(region, before).filter(kind__in=INTERNAL)


def _comments(region: Region, before: date) -> QuerySet[Comment]:
    done = Q(edition__published_at__date__lt=before)
    return Comment.objects.filter(done, edition__region=region)


def _reads(region: Region, before: date) -> QuerySet[ReadCount]:
    return ReadCount.objects.filter(edition__region=region, day__lt=before)


def _looks(region: Region, before: date) -> QuerySet[Look]:
    return Look.objects.filter(tenant_id=region.pk, at__date__lt=before)


TERMS = (
    Term(
        "published",
        "Gepubliceerde, gecorrigeerde en ingetrokken rapportages, met cijfers, tekst, besluiten "
        "van colleges, vragen en antwoorden",
        "publicatie", "Zij zijn de verantwoording aan de raad.", None, _published,
    ),
    Term(
        "internal", "Rapportages voor contractmanagers en pagina’s voor colleges", "het maken",
        "Zo lang als de administratie waar zij op rusten.", 7, _internal,
    ),
    Term(
        "concepts", "Rapportages die nooit zijn gepubliceerd, met hun teksten en opmerkingen",
        "het maken", "Na twee jaar komt er geen besluit meer over.", 2, _concepts,
    ),
    Term(
        "comments", "Opmerkingen bij alinea’s van gepubliceerde rapportages", "publicatie",
        "Zij dienden het schrijven; wat ervan kwam staat in de rapportage.", 1, _comments,
    ),
    Term(
        "reads", "Hoe vaak een rapportage is gelezen, per dag", "de dag",
        "Genoeg om halfjaren te vergelijken; wie las is nooit bewaard.", 2, _reads,
    ),
    Term(
        "looks", "Wie rijen van losse jeugdigen inzag, wanneer en waarom", "de inzage",
        "Zo lang kan iemand vragen wie zijn gegevens zag.", 5, _looks,
    ),
)  # fmt: skip


def due_counts(region: Region, day: date) -> dict[str, int]:
    return {term.code: term.due(region, day).count() for term in TERMS}


def ask_for_retention() -> list[Job]:
    """Ask for what is past its term in every region. Effects: one job per region that has any."""
    today = clock.today()
    due = [region for region in Region.objects.all() if any(due_counts(region, today).values())]
    jobs = [
        enqueue(
            kind=JOB_KIND,
            title="Bewaartermijnen uitvoeren",
            params={"day": today.isoformat()},
            tenant_id=region.pk,
            by=None,
        )
        for region in due
    ]
    log.info("retention_asked", regions=[region.pk for region in due])
    return jobs


def carry_out(job: RunningJob) -> dict[str, Any]:
    """Do a job of kind `reports.retention`; run again, it removes what is still there.

    Effects: rows and files past their term are gone. The job keeps how many.
    """
    region = Region.objects.get(pk=int(job.tenant_id or 0))
    day = date.fromisoformat(job.params["day"])
    removed = {term.code: _remove(term, region, day) for term in TERMS}
    log.info("retention_carried_out", region=region.pk, **removed)
    return job.finish_with(lambda: {"removed": removed})


@transaction.atomic
def _remove(term: Term, region: Region, day: date) -> int:
    rows = term.due(region, day)
    if rows.model is not Edition:
        return rows.delete()[1].get(rows.model._meta.label, 0)
    editions = list(rows.select_related("pdf__document"))
    for edition in editions:
        file = edition.pdf
        edition.delete()
        if file is not None:
            remove_document(document=file.document)
    return len(editions)
