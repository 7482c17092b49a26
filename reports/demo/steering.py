"""Cases, waits and places of the demonstration: made by the verbs that people use, all fictitious.

Days lie relative to today, so that a demonstration is always in the middle of its work.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction

from core import clock
from core.periods import HalfYear
from monitoring.domain.cases import following, moving, opening, plans, signals
from monitoring.domain.cases.following import Agreement
from monitoring.indicators import find
from monitoring.models import Case, CaseIndicator, Measure, Observation, PlanItem
from monitoring.queries.case_figures import figures_of, followable
from monitoring.queries.wanted import in_force
from providers.domain import supply
from providers.enums_supply import OutsideReason
from providers.models import (
    CrisisReport,
    OutsidePlacement,
    PlaceStatement,
    Provider,
    WaitStatement,
)
from regions.enums import Role
from regions.models import Municipality, Region, RoleAssignment
from segments.models import Product, Segment
from segments.queries.framework import scheme_to_show

WAITS = ((18, 49), (35, 84), None, (12, 40), (25, 110), (60, 70), None, (20, 63))


@transaction.atomic
def make_steering(region: Region, *, manager: Any, provider_user: Any) -> int:
    """Cases in different steps, signals, waits and places; once. Returns the number of cases."""
    if Case.objects.filter(region=region).exists():
        return 0
    providers = list(Provider.objects.filter(region=region).order_by("sort_name")[:8])
    places = list(Municipality.objects.filter(memberships__region=region).order_by("name"))
    if len(providers) < 4 or not places:
        return 0
    _signals(providers, places, manager)
    _duration(providers[0], manager, provider_user, places)
    _waiting(providers[1], manager)
    _unsafe(providers[2], manager)
    _supply(region, providers, manager)
    _crises(region, places, providers, manager)
    return Case.objects.filter(region=region).count()


def _day(days: int) -> Any:
    return clock.today() + timedelta(days=days)


def _signals(providers: list[Provider], places: list[Municipality], by: Any) -> None:
    told = (
        (0, "transformation", 6, "Hulp loopt langer door dan het plan zegt; weinig afronding."),
        (0, "transformation", 4, "Er wordt vaak verlengd zonder gesprek over het doel."),
        (3, "cooperation", 5, "Het team hoort niets als hulp stopt."),
        (3, "cooperation", 3, "Overleg wordt vaak afgezegd."),
    )
    for number, (which, theme, cases, text) in enumerate(told):
        signals.record_signal(
            provider=providers[which], theme=theme, text=text, source="access", by=by,
            municipality=places[number % len(places)], cases_counted=cases,
            seen_on=_day(-40 + 5 * number), fictitious=True,
        )  # fmt: skip


def _duration(provider: Provider, by: Any, provider_user: Any, places: list[Municipality]) -> None:
    """In monitoring, with a binding plan, one action done and one late."""
    segment, code = _followed(provider)
    case = _case(provider, "transformation", "Ambulante hulp duurt te lang", by, segment)
    moving.move_case(case=case, move="start_dialogue", by=by)
    following.record_conversation(
        case=case, held_on=_day(0), by=by,
        participants=["directeur zorg van de aanbieder", "contractmanager regio"],
        report="De aanbieder herkent het beeld. Evaluaties blijven liggen door wisselingen.",
        agreements=[
            Agreement("Directeur zorg", "Elk half jaar een evaluatie per traject", _day(30)),
        ],
    )  # fmt: skip
    moving.move_case(case=case, move="ask_plan", by=by)
    plans.replace_draft(
        case=case, by=provider_user,
        analysis="Trajecten worden te weinig tussentijds bekeken.",
        aim="De middelste duur van afgeronde trajecten is over een jaar korter dan zeven maanden.",
        items=[
            PlanItem(
                who="Teamleiders", what="Evaluatie na drie maanden in elk traject",
                how="Vast moment in het teamoverleg", due=_day(60),
                result="Negen van de tien trajecten geëvalueerd",
            ),
            PlanItem(
                who="Gedragswetenschapper", what="Afschalen bespreken met het lokale team",
                how="Maandelijks overleg per gemeente", due=_day(90),
                result="Elk lokaal team bevestigt het overleg",
            ),
        ],
    )  # fmt: skip
    moving.move_case(case=case, move="submit_plan", by=provider_user)
    moving.move_case(case=case, move="bind_plan", by=by)
    first = case.actions.order_by("due").first()
    if first is not None:
        following.move_action(
            action=first, move="report", by=provider_user, reason="Staat in de werkwijze."
        )
    seen = Observation(
        case=case, municipality=places[0], cases_counted=6, better=2, seen_on=_day(0),
        text="Bij twee jeugdigen is nu een einddatum besproken.",
    )  # fmt: skip
    following.observe(observation=seen, by=by)
    if code:
        _follow(case, code, by)


def _waiting(provider: Provider, by: Any) -> None:
    """The provider is to move: its plan is asked."""
    case = _case(provider, "waiting", "Wachttijd ver boven de norm", by)
    moving.move_case(case=case, move="start_dialogue", by=by)
    following.record_conversation(
        case=case, held_on=_day(0), by=by, participants=["bestuurder van de aanbieder"],
        report="Vacatures staan lang open. De aanbieder komt met een plan.",
    )  # fmt: skip
    moving.move_case(case=case, move="ask_plan", by=by)


def _unsafe(provider: Provider, by: Any) -> None:
    """A measure at once, before any conversation."""
    case = _case(provider, "quality", "Zorgen over veiligheid op een woonlocatie", by)
    following.take_measure(
        measure=Measure(
            case=case, kind="no_referrals", starts_on=_day(0),
            reason="Onvoldoende gekwalificeerd personeel in de nacht.",
        ),
        by=by,
    )  # fmt: skip


def _followed(provider: Provider) -> tuple[Segment | None, str]:
    """The segment and agreed indicator by which the case is followed: the duration where that was
    agreed and the provider has figures, else another."""
    held = agreed_with(provider)
    found = sorted(held, key=lambda pair: pair[1] != "duration_p50")
    return found[0] if found else (None, "")


def agreed_with(provider: Provider) -> list[tuple[Segment, str]]:
    """What was agreed in the segments of now of which the provider has figures."""
    found = []
    for segment in Segment.objects.filter(scheme=scheme_to_show(provider.region)):
        case = Case(region=provider.region, provider=provider, segment=segment)
        codes = {code for code, _ in followable(case)}
        held = in_force(segment, clock.today(), provider)
        found += [(segment, code) for code in held.by_code if code in codes]
    return found


def _follow(case: Case, code: str, by: Any) -> None:
    """A target a little better than the newest figure of the provider."""
    figures = figures_of(case, code)
    half, value = figures[-1]
    better = find(code)
    way = better.polarity.value if better is not None and better.polarity.value else -1
    following.follow_indicator(
        indicator=CaseIndicator(
            case=case, code=code, start_half_year=half, start_value=value,
            target=round(value * (1 + 0.1 * way), 2), more_is_better=way > 0,
            by_half_year=HalfYear.of(clock.today()).shift(1).label,
        ),
        by=by,
    )  # fmt: skip


def _case(
    provider: Provider, theme: str, title: str, by: Any, segment: Segment | None = None
) -> Case:
    return opening.open_case(
        provider=provider, theme=theme, title=title, by=by, segment=segment, fictitious=True
    )


def _supply(region: Region, providers: list[Provider], by: Any) -> None:
    products = list(Product.objects.filter(region=region).order_by("code")[:4])
    for number, provider in enumerate(providers):
        for place, product in enumerate(products[:2]):
            stated = WAITS[(number + 3 * place) % len(WAITS)]
            known: dict[str, Any] = {"known": "unknown"}
            if stated:
                known = {
                    "known": "known", "intake_days": stated[0], "treatment_days": stated[1],
                    "waiting": 3 + 2 * number,
                }  # fmt: skip
            supply.state_supply(
                statement=WaitStatement(
                    provider=provider, product_code=product.code, stated_on=_day(-7 * number),
                    fictitious=True, **known,
                ),
                by=by,
            )  # fmt: skip
    for number, provider in enumerate(providers[:4]):
        kind = "crisis" if number == 3 else "stay"
        row = PlaceStatement(
            provider=provider, kind=kind, capacity=8 + number, free=number, fictitious=True,
            stated_on=_day(-number),
        )  # fmt: skip
        supply.state_supply(statement=row, by=by)


def _crises(region: Region, places: list[Municipality], providers: list[Provider], by: Any) -> None:
    """Two crises helped in time, one too late; and two placements outside the region."""
    for number, hours in enumerate((3, 11, 31)):
        reported = clock.now() - timedelta(days=4 + 9 * number)
        report = CrisisReport(
            region=region, municipality=places[number % len(places)], reported_at=reported,
            helped_at=reported + timedelta(hours=hours), provider=providers[number],
            fictitious=True,
        )  # fmt: skip
        supply.keep_report(report=report, by=by)
    for number, reason in enumerate((OutsideReason.NO_PLACE, OutsideReason.SPECIALISM)):
        placement = OutsidePlacement(
            region=region, municipality=places[number % len(places)], reason=reason,
            placed_on=_day(-60 - 30 * number), where="instelling in een andere regio",
            fictitious=True,
        )  # fmt: skip
        supply.keep_report(report=placement, by=by)


def people_of(region: Region) -> tuple[Any, Any] | None:
    """A contract manager, and somebody of the first provider; None when one is missing."""
    roles = RoleAssignment.objects.filter(region=region).select_related("user")
    manager = roles.filter(role=Role.CONTRACT_MANAGER).first()
    first = Provider.objects.filter(region=region).order_by("sort_name").first()
    if manager is None or first is None:
        return None
    own = roles.filter(role=Role.PROVIDER, provider_organisation=first.organisation).first()
    return (manager.user, own.user) if own else None
