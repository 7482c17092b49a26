from datetime import date
from typing import Any
from uuid import uuid4

from core import clock
from core.documents.domain import store
from core.plain import checksum, to_plain
from regions.enums import Role
from reports.domain.compile import compile_edition
from reports.enums import EditionKind, EditionState, MilestoneKind
from reports.models import (
    Comment,
    Edition,
    EditionTheme,
    Milestone,
    Passage,
    ReaderQuestion,
    ReportingCycle,
)
from tests.browser.world import World
from tests.factories import Made
from tests.reports.sample import plan

from . import EVERYBODY, NOT_PROVIDER, STAFF, Row

ARMS = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><path d="M0 0h2v2z"/></svg>'
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
            inputs={"figure_sets": []},
        )
        edition.pdf = store(
            title=edition.title,
            content=b"%PDF-1.7 proef",
            file_name="rapport.pdf",
            content_type="application/pdf",
            tenant_id=made.region.pk,
        )
        edition.state, edition.published_at = EditionState.PUBLISHED, clock.now()
        edition.save()
        _draft(edition)
        by = made.users.get(Role.COUNCIL_MEMBER)
        ReaderQuestion.objects.create(
            edition=edition,
            key="geld",
            municipality=made.municipalities[0].gm_code,
            text="Hoezo?",
            by=by,
        )
        EditionTheme.objects.create(
            region=made.region, primary="#08343d", accent="#f4b942", arms=ARMS,
            arms_type="image/svg+xml",
        )  # fmt: skip
        cycle = ReportingCycle.objects.create(region=made.region, half_year=content.half_year)
        Milestone.objects.create(
            cycle=cycle,
            kind=MilestoneKind.DRAFT,
            planned=date(2026, 9, 18),
            due=date(2026, 9, 25),
            team=Role.POLICY_OFFICER,
        )


def _draft(published: Edition) -> None:
    """The next version, which lies before the colleges."""
    draft = Edition.objects.get(pk=published.pk)
    draft.id, draft._state.adding = uuid4(), True
    draft.version, draft.state, draft.published_at = 2, EditionState.REVIEW, None
    draft.save(force_insert=True)
    Passage.objects.create(
        edition=draft, key="samenvatting-1", version=1, template="Rustig.", text="Rustig."
    )
    Comment.objects.create(edition=draft, key="samenvatting-1", text="Graag met een voorbeeld.")


def edition(made: Made, world: World) -> dict[str, Any]:
    return {"pk": Edition.objects.get(region=made.region, version=1).pk}


def draft(**words: Any) -> Any:
    def words_of(made: Made, world: World) -> dict[str, Any]:
        return {"pk": Edition.objects.get(region=made.region, version=2).pk, **words}

    return words_of


def comment(made: Made, world: World) -> dict[str, Any]:
    row = Comment.objects.get(edition__region=made.region)
    return {"pk": row.edition_id, "comment": row.pk}


def college(made: Made, world: World) -> dict[str, Any]:
    return {**draft()(made, world), "municipality": made.municipalities[0].gm_code}


def question(made: Made, world: World) -> dict[str, Any]:
    return {"pk": ReaderQuestion.objects.get(edition__region=made.region).pk}


def cycle(made: Made, world: World) -> dict[str, Any]:
    return {"cycle": ReportingCycle.objects.get(region=made.region).pk}


def milestone(made: Made, world: World) -> dict[str, Any]:
    return {"pk": Milestone.objects.get(cycle__region=made.region).pk}


def public(made: Made, world: World) -> dict[str, Any]:
    return {"slug": made.region.slug}


def chart(made: Made, world: World) -> dict[str, Any]:
    return {"slug": made.region.slug, "code": "clients"}


def theme(made: Made, world: World) -> dict[str, Any]:
    return {"place": made.municipalities[0].gm_code}


def own_theme(made: Made, world: World) -> dict[str, Any]:
    return {"place": "regio"}


def closed(made: Made, world: World) -> dict[str, Any]:
    return {"half_year": "2025-h2"}


def contract_year(made: Made, world: World) -> dict[str, Any]:
    return {"year": made.contract.start_date.year}


def zipped(made: Made, world: World) -> dict[str, Any]:
    return {"half_year": Edition.objects.filter(region=made.region).first().half_year.lower()}


AUTHORS = STAFF - {Role.API_CLIENT}
LAID_BEFORE = STAFF | {Role.EXECUTIVE, Role.COUNCIL_CLERK}
UNSEEN = frozenset(Role) - LAID_BEFORE
READERS = frozenset({Role.COUNCIL_MEMBER, Role.COUNCIL_CLERK, Role.EXECUTIVE})
PLANNERS = frozenset({Role.REGIONAL_ADMIN, Role.POLICY_OFFICER, Role.CONTRACT_MANAGER})
PUBLISHERS = frozenset({Role.REGIONAL_ADMIN, Role.POLICY_OFFICER})
OUTSIDE = frozenset({Role.PROVIDER, Role.APPLICATION_ADMIN})

PAGES = [
    Row("editions", EVERYBODY),
    Row("editions-make", MAKERS),
    Row("mirrors-publish", PUBLISHERS),
    Row("deliveries", MAKERS),
    Row("deliveries-ocds", MAKERS, file=True),
    Row("deliveries-half-year", MAKERS, closed, file=True),
    Row("deliveries-contracts", MAKERS, contract_year, file=True),
    Row("themes", PUBLISHERS),
    Row("retention", PUBLISHERS),
    Row("theme-change", PUBLISHERS, theme),
    Row("theme-remove", PUBLISHERS, own_theme),
    Row("editions-zip", COUNCILS, zipped, refused=404, file=True),
    Row("edition", COUNCILS, edition, refused=404),
    Row("edition-pdf", COUNCILS, edition, refused=404, file=True),
    Row("edition-docx", COUNCILS, edition, refused=404, file=True),
    Row("edition-letter", COUNCILS, edition, refused=404, file=True),
    Row("edition-xlsx", COUNCILS, edition, refused=404, file=True),
    Row("edition-repeat", MAKERS, edition),
    Row("edition-texts", LAID_BEFORE - {Role.API_CLIENT}, draft(), refused=404),
    Row("edition-write", AUTHORS, draft(key="samenvatting-1"), unseen=UNSEEN),
    Row("edition-comment", AUTHORS | {Role.EXECUTIVE, Role.COUNCIL_CLERK},
        draft(key="samenvatting-1"), unseen=UNSEEN),
    Row("edition-comment-answer", AUTHORS, comment, unseen=UNSEEN),
    Row("edition-adoption", frozenset({Role.REGIONAL_ADMIN, Role.POLICY_OFFICER, Role.EXECUTIVE}),
        college, refused=404),
    Row("edition-correct", MAKERS, edition, unseen=OUTSIDE),
    Row("edition-move", frozenset({*AUTHORS, Role.EXECUTIVE}), draft(move="return"),
        unseen=UNSEEN),
    Row("question-ask", READERS, edition, unseen=OUTSIDE),
    Row("questions", STAFF | {Role(r) for r in Role.OF_MUNICIPALITY}),
    Row("question-answer", AUTHORS, question, unseen=OUTSIDE),
    Row("cycles", NOT_PROVIDER),
    Row("cycle-plan", PLANNERS),
    Row("milestone-add", PLANNERS, cycle),
    Row("milestone-change", PLANNERS, milestone),
    Row("milestone-remove", PLANNERS, milestone),
    Row("public-home", EVERYBODY, of_region=False, open=True),
    Row("public-place", EVERYBODY, public, of_region=False, open=True),
    *(
        Row(f"public-{kind}", EVERYBODY, public, of_region=False, open=True, file=True)
        for kind in ("pdf", "csv", "json", "dcat")
    ),
    Row("public-theme", EVERYBODY, public, of_region=False, open=True, file=True),
    Row("public-arms", EVERYBODY, public, of_region=False, open=True, file=True),
    Row("public-chart", EVERYBODY, chart, of_region=False, open=True, file=True),
]  # fmt: skip
