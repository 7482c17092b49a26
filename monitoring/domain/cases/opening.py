"""Beginning a case, and the terms that it begins with."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from core import clock
from core.errors import DomainError
from core.tasks.api import sync_tasks
from providers.models import Provider
from regions.models import Region
from segments.models import Segment

from ...models import Case, CaseProcess, CaseSignal
from ...rules.cases import check_can_manage_cases


def process_of(region: Region) -> CaseProcess:
    """The terms that hold now; the first time a version with starting values is made."""
    newest = CaseProcess.objects.filter(region=region).order_by("-version").first()
    if newest is None:
        newest, _ = CaseProcess.objects.get_or_create(region=region, version=1)
    return newest


@transaction.atomic
def keep_process(*, process: CaseProcess, by: Any) -> CaseProcess:
    """Lay down other terms as the next version; running cases keep their own."""
    check_can_manage_cases(by, process.region)
    Region.objects.select_for_update().get(pk=process.region_id)
    latest = CaseProcess.objects.filter(region=process.region).aggregate(n=Max("version"))["n"]
    process.pk = None
    process._state.adding = True
    process.version = (latest or 0) + 1
    process.made_at, process.made_by = clock.now(), by
    process.full_clean()
    process.save()
    return process


@transaction.atomic
def open_case(
    *,
    provider: Provider,
    theme: str,
    title: str,
    by: Any,
    segment: Segment | None = None,
    manager: Any = None,
    fictitious: bool = False,
) -> Case:
    """Begin a case with the signals that wait about this provider and theme.

    Effects: a number within the year, the region's terms of today, the waiting signals attached.
    """
    region = provider.region
    check_can_manage_cases(by, region)
    Region.objects.select_for_update().get(pk=region.pk)
    case = Case(
        region=region, number=_next_number(region), provider=provider, theme=theme, title=title,
        segment=segment, process=process_of(region), manager=manager or by,
        opened_on=clock.today(), moved_on=clock.today(), fictitious=fictitious,
    )  # fmt: skip
    case.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            case.save()
    except IntegrityError as error:
        raise DomainError(
            f"Over {case.get_theme_display()} loopt bij {provider} al een zaak. Voeg het daar toe.",
            code="zaak-loopt-al",
        ) from error
    waiting = CaseSignal.objects.filter(
        provider=provider, theme=theme, case__isnull=True, set_aside_on__isnull=True
    )
    for signal in waiting:
        signal.case = case
        signal.save()
    sync_tasks(region.pk)
    return case


def _next_number(region: Region) -> str:
    year = clock.today().year
    used = Case.objects.filter(region=region, number__startswith=f"{year}-").aggregate(
        n=Max("number")
    )["n"]
    return f"{year}-{int(used.split('-')[1]) + 1 if used else 1:03d}"
