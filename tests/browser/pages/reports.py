from typing import Any

from core.documents.domain import store
from core.plain import checksum, to_plain
from regions.enums import Role
from reports.domain.compile import compile_edition
from reports.enums import EditionKind
from reports.models import Edition
from tests.browser.world import World
from tests.factories import Made
from tests.reports.sample import plan

from . import EVERYBODY, NOT_PROVIDER, STAFF, Row

COUNCILS = NOT_PROVIDER - {Role.APPLICATION_ADMIN}
MAKERS = STAFF


def fill(world: World) -> None:
    content = compile_edition(plan())
    for made in (world.north, world.south):
        edition = Edition(
            region=made.region,
            kind=EditionKind.COUNCIL_REGION,
            half_year=content.half_year,
            scheme=made.scheme,
            known_on=content.known_on,
            cutoff_run=content.cutoff_run,
            code_version="proef",
            content=to_plain(content),
            checksum=checksum(content),
        )
        edition.pdf = store(
            title=edition.title,
            content=b"%PDF-1.7 proef",
            file_name="rapport.pdf",
            content_type="application/pdf",
            tenant_id=made.region.pk,
        )
        edition.save()


def edition(made: Made, world: World) -> dict[str, Any]:
    return {"pk": Edition.objects.get(region=made.region).pk}


PAGES = [
    Row("editions", EVERYBODY),
    Row("editions-make", MAKERS),
    Row("edition", COUNCILS, edition, refused=404),
    Row("edition-pdf", COUNCILS, edition, refused=404, file=True),
    Row("edition-repeat", MAKERS, edition, post=True),
]
