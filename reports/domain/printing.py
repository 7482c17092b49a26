"""The PDF of an edition as it reads now, beside the earlier ones."""

from typing import Any
from uuid import UUID

from django.db import transaction

from core.jobs.api import RunningJob

from ..models import Edition
from ..queries.texts import written
from ..queries.themes import look_of
from .filing import file_pdf
from .render import pdf


def print_edition(job: RunningJob) -> dict[str, Any]:
    """Do a job of kind `reports.print`: the newest text as a next version of the PDF."""
    edition = Edition.objects.select_related("region", "pdf__document", "scheme").get(
        pk=UUID(job.params["edition"])
    )
    job.progress(0, 1, "PDF maken")
    file = pdf(written(edition), edition, look=look_of(edition.region_id, edition.municipality))
    return job.finish_with(lambda: _keep(edition, file, job.requested_by_id))


@transaction.atomic
def _keep(edition: Edition, file: bytes, by_id: int | None) -> dict[str, Any]:
    edition.pdf = file_pdf(edition, file, edition.pdf.document if edition.pdf else None)
    edition.save(update_fields=["pdf"])
    return {"edition": str(edition.pk)}
