"""From made to published: the moves of an edition, the colleges' decisions, corrections."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Max

from core import clock
from core.errors import DomainError
from core.jobs.api import enqueue
from core.periods import HalfYear
from core.plain import checksum, to_plain
from core.states.api import take
from core.states.models import Step
from regions.models import Region
from regions.queries.access import access_of
from regions.queries.membership import municipalities_of

from ..enums import EDITION, EditionKind, EditionState, MilestoneKind
from ..models import Adoption, Edition, Passage
from ..queries.texts import open_comments, written
from ..rules import check_can_adopt_for, check_can_make_editions, check_can_publish
from .calendar import done_by_itself

PRINT_JOB = "reports.print"
ANNOUNCE_JOB = "reports.announce"
# The steps from made to published, and how many of them lie behind each state.
ROAD = ("draft", "review", "adopt", "publish")
ROAD_OF = {
    EditionState.DRAFT.value: 1,
    EditionState.REVIEW.value: 2,
    EditionState.ADOPTED.value: 3,
}


@transaction.atomic
def move_edition(*, edition: Edition, move: str, by: Any, reason: str = "") -> Step:
    """Make one move of the table `edition`, with what it brings about.

    Effects: 'review' prints the text as it is; 'adopt' freezes the text and prints it; 'publish'
    tells the councils and takes the place of the edition that it corrects; 'return' thaws.
    `by` None is the system itself.
    """
    edition = Edition.objects.select_for_update().select_related("region").get(pk=edition.pk)
    roles = _roles(edition, by)
    EDITION.check(edition.state, move, roles, reason)
    if move == "return":
        _check_own_municipality(edition, by, roles)
    if move == "adopt":
        _check_ready(edition)
    step = take(
        edition, EDITION, move, by=by, roles=roles, tenant_id=edition.region_id, reason=reason
    )
    _EFFECTS.get(move, _nothing)(edition, by)
    if edition.kind == EditionKind.COUNCIL_REGION and move in _MILESTONES:
        done_by_itself(
            region_id=edition.region_id, half_year=edition.half_year, kind=_MILESTONES[move]
        )
    return step


@transaction.atomic
def publish_mirrors(*, region: Region, half_year: HalfYear, by: Any) -> int:
    """Give every provider its newest mirror of a half-year that is not published yet; how many."""
    check_can_publish(by, region)
    waiting = Edition.objects.filter(
        region=region,
        kind=EditionKind.PROVIDER,
        half_year=half_year.label,
        state__in=(*EditionState.EDITABLE, EditionState.ADOPTED),
    )
    newest = list(waiting.order_by("provider", "-version").distinct("provider"))
    for edition in newest:
        for move in ROAD[ROAD_OF.get(edition.state, 0) :]:
            move_edition(edition=edition, move=move, by=by)
    return len(newest)


def _roles(edition: Edition, by: Any) -> Collection[str] | None:
    return None if by is None else access_of(by).roles_in(edition.region_id)


def _check_own_municipality(edition: Edition, by: Any, roles: Collection[str] | None) -> None:
    """An executive sends back the edition of the own municipality or of the region."""
    if roles is None or access_of(by).is_staff_of(edition.region_id):
        return
    own = access_of(by).municipalities_in(edition.region_id)
    if edition.municipality not in ("", *own):
        raise DomainError("Dit is de rapportage van een andere gemeente.", code="andere-gemeente")


def _check_ready(edition: Edition) -> None:
    left = open_comments(edition).count()
    if left:
        raise DomainError(
            f"Er {'is nog één opmerking' if left == 1 else f'zijn nog {left} opmerkingen'} niet "
            "verwerkt. Verwerk die eerst.",
            code="opmerkingen-open",
        )
    missing = colleges_to_decide(edition)
    if missing:
        raise DomainError(
            f"Nog niet vastgesteld door: {', '.join(missing.values())}. Leg eerst het besluit van "
            "elk college vast.",
            code="colleges-ontbreken",
        )
    if edition.corrects_id and not edition.correction_reason:
        raise DomainError(
            "Deze rapportage vervangt een gepubliceerde. Schrijf eerst waarom zij is gecorrigeerd.",
            code="reden-correctie-ontbreekt",
        )


def colleges_to_decide(edition: Edition) -> dict[str, str]:
    """Municipalities (code: name) whose college has still to adopt this edition."""
    wanted = colleges_of(edition)
    decided = set(edition.adoptions.values_list("municipality", flat=True))
    return {code: name for code, name in wanted.items() if code not in decided}


def colleges_of(edition: Edition) -> dict[str, str]:
    """Who adopts: each college for the region's report, the own for a municipality's.

    The other kinds are adopted by nobody's college.
    """
    if edition.kind == EditionKind.COUNCIL_MUNICIPALITY:
        return {edition.municipality: edition.municipality_name}
    if edition.kind in EditionKind.FOR_COUNCILS:
        return _members(edition)
    return {}


def _members(edition: Edition) -> dict[str, str]:
    members = municipalities_of(edition.region, edition.period.last_day)
    return dict(members.order_by("name").values_list("gm_code", "name"))


@transaction.atomic
def record_adoption(
    *, edition: Edition, municipality: str, decided_on: date, by: Any, reference: str = ""
) -> Adoption:
    """Write down that a college adopted the edition, on which day."""
    check_can_adopt_for(by, edition, municipality)
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if edition.state != EditionState.REVIEW:
        raise DomainError(
            "Een besluit leggen we vast zolang de rapportage voorligt bij de colleges.",
            code="ligt-niet-voor",
        )
    if municipality not in colleges_to_decide(edition):
        raise DomainError(
            "Van deze gemeente is geen besluit nodig, of het is al vastgelegd.",
            code="besluit-niet-nodig",
        )
    if decided_on > clock.today():
        raise DomainError("De dag van het besluit ligt in de toekomst.", code="besluit-toekomst")
    return Adoption.objects.create(
        edition=edition,
        municipality=municipality,
        decided_on=decided_on,
        reference=reference,
        by=by,
    )


def _freeze(edition: Edition, by: Any) -> None:
    text = written(edition)
    edition.final = {"content": to_plain(text.content), "authored": text.authored}
    edition.final_checksum = checksum(edition.final)
    edition.save(update_fields=["final", "final_checksum"])
    _print(edition, by)


def _thaw(edition: Edition, by: Any) -> None:
    """Back to a draft: its text can be edited and the colleges decide anew."""
    edition.final, edition.final_checksum = None, ""
    edition.save(update_fields=["final", "final_checksum"])
    edition.adoptions.all().delete()


def _print(edition: Edition, by: Any) -> None:
    """Print again, unless no author wrote: then the PDF that was made says the same."""
    if edition.pdf_id and not edition.passages.exists():
        return
    enqueue(
        kind=PRINT_JOB,
        title=f"PDF van {edition.title}, {edition.period.title}",
        params={"edition": str(edition.pk)},
        tenant_id=edition.region_id,
        by=by,
    )


def _publish(edition: Edition, by: Any) -> None:
    edition.published_at = clock.now()
    edition.save(update_fields=["published_at"])
    if edition.corrects_id:
        earlier = Edition.objects.get(pk=edition.corrects_id)
        if earlier.state == EditionState.PUBLISHED:
            move_edition(edition=earlier, move="correct", by=None)
    if edition.kind in EditionKind.FOR_COUNCILS:
        enqueue(
            kind=ANNOUNCE_JOB,
            title=f"Bericht aan de raad: {edition.title}, {edition.period.title}",
            params={"edition": str(edition.pk)},
            tenant_id=edition.region_id,
            by=by,
        )


def _nothing(edition: Edition, by: Any) -> None:
    pass


# The region's own report moves the calendar.
_MILESTONES = {
    "draft": MilestoneKind.DRAFT,
    "adopt": MilestoneKind.ADOPTION,
    "publish": MilestoneKind.PUBLICATION,
}
_EFFECTS = {"review": _print, "adopt": _freeze, "return": _thaw, "publish": _publish}


@transaction.atomic
def start_correction(*, edition: Edition, reason: str, by: Any) -> Edition:
    """Begin a new version beside a published edition, with the same figures and text, as a draft.

    Effects: an Edition with its passages. The published one stays until the new one is published.
    """
    check_can_make_editions(by, edition.region)
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    if edition.state != EditionState.PUBLISHED:
        raise DomainError(
            "Alleen een gepubliceerde rapportage wordt gecorrigeerd; deze kunt u nog bewerken.",
            code="niet-gepubliceerd",
        )
    if not reason.strip():
        raise DomainError("Schrijf waarom u corrigeert.", code="reden-correctie-ontbreekt")
    passages = list(edition.passages.all())
    draft = _copy(edition, reason.strip(), by)
    Passage.objects.bulk_create(_copied(passage, draft) for passage in passages)
    return draft


def _copy(edition: Edition, reason: str, by: Any) -> Edition:
    same = Edition.objects.filter(
        region=edition.region_id,
        kind=edition.kind,
        half_year=edition.half_year,
        municipality=edition.municipality,
        provider=edition.provider,
        scheme=edition.scheme_id,
    )
    top = same.aggregate(top=Max("version"))["top"]
    copy = Edition.objects.get(pk=edition.pk)
    copy.id = uuid4()
    copy._state.adding = True
    copy.version, copy.corrects_id, copy.correction_reason = top + 1, edition.pk, reason
    copy.state, copy.final, copy.final_checksum = EditionState.DRAFT, None, ""
    copy.published_at, copy.pdf, copy.made_at, copy.made_by = None, None, clock.now(), by
    copy.save(force_insert=True)
    _print(copy, by)
    return copy


def _copied(passage: Passage, edition: Edition) -> Passage:
    return Passage(
        edition=edition,
        key=passage.key,
        version=passage.version,
        template=passage.template,
        text=passage.text,
        at=passage.at,
        by_id=passage.by_id,
    )
