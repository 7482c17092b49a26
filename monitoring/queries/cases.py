"""Cases of escalation, for who may see them; and what is derived from them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from core import clock
from procurement.enums.voting import BallotState, Standing
from procurement.models import Ballot
from procurement.queries.voting import tally_of
from providers.models import Provider
from regions.enums import Role
from regions.models import Region
from regions.queries.access import Access, access_of

from ..enums.cases import ActionState, CaseState
from ..models import (
    Case,
    CaseProcess,
    CaseSignal,
    ImprovementAction,
    IndicatorValue,
    Letter,
    Measure,
)
from ..rules.cases import FOLLOWERS, SIGNALLERS, sees_inside

COLLEGES = "colleges van de gemeenten"


def _regions(access: Access, roles: Iterable[str]) -> set[int]:
    wanted = set(roles)
    return {g.region_id for g in access.grants if g.region_id and g.role in wanted}


def of_own_provider(access: Access, path: str) -> Q:
    """Rows of the user's own provider, by the path to the provider."""
    found = Q(pk__in=())
    for region in access.region_ids:
        own = access.provider_organisations_in(region)
        if own:
            found |= Q(**{f"{path}__region": region, f"{path}__organisation__in": own})
    return found


def cases_visible_to(user: Any) -> QuerySet[Case]:
    """Who follows cases sees those of the region; a provider its own, once shared with it."""
    access = access_of(user)
    seen = Q(region__in=_regions(access, FOLLOWERS))
    seen |= Q(shared=True) & of_own_provider(access, "provider")
    return Case.objects.filter(seen).select_related(
        "region", "provider", "segment", "process", "manager"
    )


def letters_for(user: Any, case: Case) -> QuerySet[Letter]:
    """The letters of a case that a user sees: a provider only those to itself."""
    letters = case.letters.select_related("docx", "pdf")
    return letters if sees_inside(user, case.region_id) else letters.filter(to_provider=True)


def signals_visible_to(user: Any) -> QuerySet[CaseSignal]:
    """Signals are for the region; access teams see all of them, providers and others none."""
    seen = _regions(access_of(user), (*SIGNALLERS, *Role.REGIONAL_STAFF, Role.EXECUTIVE))
    return CaseSignal.objects.filter(region__in=seen).select_related(
        "provider", "municipality", "segment", "made_by", "case"
    )


def processes_visible_to(user: Any) -> QuerySet[CaseProcess]:
    """The terms of cases: for who follows cases of the region."""
    return CaseProcess.objects.filter(region__in=_regions(access_of(user), FOLLOWERS))


def waiting_signals(region: Region) -> QuerySet[CaseSignal]:
    """Signals without a case that nobody set aside."""
    return CaseSignal.objects.filter(region=region, case__isnull=True, set_aside_on__isnull=True)


def measures_visible_to(user: Any) -> QuerySet[Measure]:
    return Measure.objects.filter(case__in=cases_visible_to(user)).select_related("case__provider")


def running_measures(region: Region, day: date | None = None) -> QuerySet[Measure]:
    """Measures that hold on a day (today)."""
    on = day or clock.today()
    still = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    return Measure.objects.filter(still, case__region=region, starts_on__lte=on).select_related(
        "case__provider"
    )


@dataclass(frozen=True)
class Bundle:
    """What waits about one provider and theme."""

    provider: Provider
    theme: str
    signals: tuple[CaseSignal, ...]

    @property
    def title(self) -> str:
        return self.signals[0].get_theme_display()

    @property
    def query(self) -> str:
        """What the page that opens a case is asked with."""
        return f"?aanbieder={self.provider.pk}&thema={self.theme}"

    @property
    def cases_counted(self) -> int:
        return sum(signal.cases_counted or 0 for signal in self.signals)

    @property
    def municipalities(self) -> tuple[str, ...]:
        return tuple(sorted({str(s.municipality) for s in self.signals if s.municipality}))

    @property
    def obliges_plan(self) -> bool:
        return any(signal.obliges_plan for signal in self.signals)


def bundles(signals: Iterable[CaseSignal]) -> list[Bundle]:
    """Signals brought together per provider and theme; who has most cases behind it first."""
    found: dict[tuple[int, str], list[CaseSignal]] = {}
    for signal in signals:
        found.setdefault((signal.provider_id, signal.theme), []).append(signal)
    rows = [Bundle(s[0].provider, s[0].theme, tuple(s)) for s in found.values()]
    return sorted(rows, key=lambda b: (-b.obliges_plan, -b.cases_counted, b.provider.sort_name))


def due_of(case: Case) -> date | None:
    """The last day of the present step, by the terms with which the case began."""
    days = case.process.days_in(case.state)
    return case.moved_on + timedelta(days=days) if days is not None else None


def is_overdue(case: Case) -> bool:
    due = due_of(case)
    return due is not None and due < clock.today()


def next_meeting(case: Case) -> date | None:
    """While a case is monitored the region and the provider meet every so many days."""
    if case.state != CaseState.MONITORING:
        return None
    last = case.conversations.order_by("-held_on").values_list("held_on", flat=True).first()
    begin = max(last, case.moved_on) if last else case.moved_on
    return begin + timedelta(days=case.process.meeting_days)


def who_moves(case: Case) -> str:
    """Who is to move now, in words."""
    return who_moves_in([case])[case.pk]


def who_moves_in(cases: Sequence[Case]) -> dict[int, str]:
    """The same for many cases, by their key."""
    at_work = _with_open_actions(cases)
    voting = _under_vote(cases)
    return {case.pk: _mover(case, case.pk in at_work, case.provider_id in voting) for case in cases}


def _mover(case: Case, at_work: bool, under_vote: bool) -> str:
    if not case.is_open:
        return "niemand"
    if case.state == CaseState.PLAN_ASKED:
        return "aanbieder"
    if case.state == CaseState.MONITORING and at_work:
        return "aanbieder en contractmanager"
    if case.state == CaseState.DISSOLUTION_PROPOSED and under_vote:
        return COLLEGES
    return "contractmanager"


def _with_open_actions(cases: Iterable[Case]) -> set[int]:
    followed = [case.pk for case in cases if case.state == CaseState.MONITORING]
    if not followed:
        return set()
    rows = ImprovementAction.objects.filter(case__in=followed, state=ActionState.OPEN)
    return set(rows.values_list("case", flat=True))


def _under_vote(cases: Iterable[Case]) -> set[int]:
    """Keys of providers about whom colleges still have to decide; not where it is won or lost."""
    proposed = [c.provider_id for c in cases if c.state == CaseState.DISSOLUTION_PROPOSED]
    if not proposed:
        return set()
    rows = Ballot.objects.filter(provider__in=proposed, state=BallotState.OPEN)
    undecided = (
        b for b in rows.select_related("rule") if tally_of(b).standing == Standing.UNDECIDED
    )
    return {ballot.provider_id for ballot in undecided if ballot.provider_id}


def votes_on(case: Case, ballots: QuerySet[Ballot]) -> QuerySet[Ballot]:
    """The votes that a case led to; while an end is proposed also another that is under way."""
    of_case = Q(origin_path=reverse("case", args=[case.region.slug, case.pk]))
    if case.state == CaseState.DISSOLUTION_PROPOSED:
        of_case |= Q(state__in=BallotState.UNDER_WAY)
    return ballots.filter(of_case, provider=case.provider)


def obliges_plan(case: Case) -> bool:
    """Whether a negative development asks for a plan, and none was made binding yet."""
    asked = case.signals.filter(obliges_plan=True).exists()
    return asked and not case.plans.filter(bound_on__isnull=False).exists()


def clients_of(provider: Provider) -> int | None:
    """Youths with care of a provider in the newest half-year with figures; None when unknown."""
    newest = (
        IndicatorValue.objects.filter(
            figure_set__region=provider.region, code="clients", provider=provider.agb_code,
            segment="", municipality="", category="",
        )
        .order_by("-figure_set__half_year", "-figure_set__created_at")
        .values_list("value", flat=True)
        .first()
    )  # fmt: skip
    return None if newest is None else int(newest)


def overdue_actions(region: Region) -> QuerySet[ImprovementAction]:
    return ImprovementAction.objects.filter(
        case__region=region, case__closed_on__isnull=True, state=ActionState.OPEN,
        due__lt=clock.today(),
    ).select_related("case__provider")  # fmt: skip


def with_signals(rows: QuerySet[Case]) -> QuerySet[Case]:
    """Each with `plan_obliged`."""
    obliging = CaseSignal.objects.filter(case=OuterRef("pk"), obliges_plan=True)
    return rows.annotate(plan_obliged=Exists(obliging))
