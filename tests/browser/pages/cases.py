"""Pages of cases of escalation."""

from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from monitoring.domain.cases import following, opening, papers, phasing, signals
from monitoring.models import (
    Alternative,
    CaseIndicator,
    Measure,
    Observation,
    PhaseOutPlan,
)
from regions.enums import Role
from tests.browser.world import World
from tests.factories import Made, ProviderFactory
from tests.monitoring.cases.build import bring_to, talk, with_clients

from . import STAFF, Row

MANAGERS = frozenset({Role.CONTRACT_MANAGER, Role.REGIONAL_ADMIN})
INSIDE = STAFF | {Role.ACCESS_TEAM, Role.EXECUTIVE}
FOLLOWERS = INSIDE | {Role.PROVIDER}
ITS_PROVIDER = frozenset({Role.PROVIDER})


def fill(world: World) -> None:
    for made in (world.north, world.south):
        with_clients(made, 150)
        by = made.users[Role.CONTRACT_MANAGER]
        for theme, state in (
            ("transformation", "monitoring"),
            ("waiting", "plan_asked"),
            ("quality", "phasing_out"),
            ("outcome", "assessing"),
        ):
            case = opening.open_case(
                provider=made.provider, theme=theme, title=f"Zaak over {theme}", by=by
            )
            world.extra[f"{theme}-{made.region.slug}"] = bring_to(made, case, state)
        _more(made, world)


def _more(made: Made, world: World) -> None:
    """What hangs on the cases, and a case of another provider."""
    by = made.users[Role.CONTRACT_MANAGER]
    case = world.extra[f"transformation-{made.region.slug}"]
    meeting = talk(made, case)
    following.report_progress(
        action=meeting.actions.get(), text="Bezig.", by=by,
        proof=SimpleUploadedFile("plan.txt", b"plan", "text/plain"),
    )  # fmt: skip
    measure = Measure(case=case, kind="client_stop", starts_on=clock.today(), reason="Onveilig")
    following.take_measure(measure=measure, by=by)
    following.follow_indicator(
        indicator=CaseIndicator(
            case=case, code="duration_p50", start_value=240.0, start_half_year="2025-H2",
            target=200.0, by_half_year="2026-H2",
        ),
        by=by,
    )  # fmt: skip
    following.observe(
        observation=Observation(
            case=case, municipality=made.municipalities[0], cases_counted=4, better=1,
            text="Plannen komen eerder.",
        ),
        by=by,
    )  # fmt: skip
    papers.send_letter(case=case, subject="Uitnodiging", body="Kom praten.", by=by)
    other = ProviderFactory(region=made.region)
    signals.record_signal(
        provider=other, theme="transformation", text="Weinig uitstroom.", source="access",
        cases_counted=6, municipality=made.municipalities[0], by=by,
    )  # fmt: skip
    world.extra[f"signalled-{made.region.slug}"] = other
    theirs = opening.open_case(provider=other, theme="data", title="Cijfers ontbreken", by=by)
    world.extra[f"theirs-{made.region.slug}"] = theirs
    phasing.keep_part(
        part=Alternative(
            plan=PhaseOutPlan.objects.get(case__region=made.region), provider=other, places=20,
            from_day=date(2026, 9, 1),
        ),
        by=by,
    )  # fmt: skip


def of(theme: str, key: str = "case") -> Any:
    def words(made: Made, world: World) -> dict[str, Any]:
        return {key: world.extra[f"{theme}-{made.region.slug}"].pk}

    return words


def within(theme: str, find: Any) -> Any:
    def words(made: Made, world: World) -> dict[str, Any]:
        return {"pk": find(world.extra[f"{theme}-{made.region.slug}"]).pk}

    return words


def with_kind(words: Any, kind: str) -> Any:
    return lambda made, world: {**words(made, world), "kind": kind}


def with_move(words: Any, move: str) -> Any:
    return lambda made, world: {**words(made, world), "move": move}


def aside(made: Made, world: World) -> dict[str, Any]:
    provider = world.extra[f"signalled-{made.region.slug}"]
    return {"provider": provider.pk, "theme": "transformation"}


meeting = within("transformation", lambda case: case.conversations.last())
agreed = within("transformation", lambda case: case.conversations.last().actions.get())
judged = within("outcome", lambda case: case.actions.first())
draft_item = within("waiting", lambda case: case.plans.get().items.get())
bound = within("transformation", lambda case: case.plans.get())
letter = within("transformation", lambda case: case.letters.last())
phase_step = within("quality", lambda case: case.phase_out.steps.get())
alternative = within("quality", lambda case: case.phase_out.alternatives.get())
indicator = within("transformation", lambda case: case.indicators.get())
measure = within("transformation", lambda case: case.measures.get())
proof = within(
    "transformation", lambda case: case.conversations.last().actions.get().progress.get()
)

PAGES = [
    Row("cases", FOLLOWERS),
    Row("case", FOLLOWERS, of("transformation", "pk"), 404),
    Row("case", FOLLOWERS, of("outcome", "pk"), 404),
    Row("case", FOLLOWERS, of("quality", "pk"), 404),
    Row("case", FOLLOWERS, of("waiting", "pk"), 404),
    Row("case", INSIDE, of("theirs", "pk"), 404),
    Row("case-open", MANAGERS),
    Row("case-paper", FOLLOWERS, with_kind(of("transformation", "pk"), "zip"), 404, file=True),
    Row("case-paper", FOLLOWERS, with_kind(of("transformation", "pk"), "pdf"), 404, file=True),
    Row("case-signals", INSIDE),
    Row("case-signal-add", MANAGERS | {Role.POLICY_OFFICER, Role.ACCESS_TEAM}),
    Row("case-signals-aside", MANAGERS, aside),
    Row("case-obligations", MANAGERS, post=True),
    Row("case-overview", INSIDE),
    Row("case-process", INSIDE),
    Row("case-process-change", MANAGERS),
    Row("case-move", MANAGERS, with_move(of("transformation"), "assess")),
    Row("case-move", ITS_PROVIDER, with_move(of("waiting"), "submit_plan")),
    Row("case-conversation-add", MANAGERS, of("transformation")),
    Row("case-agreement-add", MANAGERS, meeting),
    Row("case-plan", ITS_PROVIDER, of("waiting")),
    Row("plan-item-add", ITS_PROVIDER, of("waiting")),
    Row("plan-item-change", ITS_PROVIDER, draft_item),
    Row("plan-item-remove", ITS_PROVIDER, draft_item),
    Row("plan-paper", FOLLOWERS, with_kind(bound, "docx"), 404, file=True),
    Row("action-move", MANAGERS, with_move(agreed, "waive")),
    Row("action-progress", MANAGERS | ITS_PROVIDER, agreed),
    Row("action-judge", MANAGERS, judged),
    Row("action-proof", FOLLOWERS, proof, 404, file=True),
    Row("measure-add", MANAGERS, of("transformation")),
    Row("measure-end", MANAGERS, measure),
    Row("observation-add", MANAGERS | {Role.ACCESS_TEAM}, of("transformation")),
    Row("case-indicator-keep", MANAGERS, of("transformation")),
    Row("case-indicator-remove", MANAGERS, indicator),
    Row("letter-add", MANAGERS, of("transformation")),
    Row("letter-file", FOLLOWERS, with_kind(letter, "pdf"), 404, file=True),
    Row("phase-out", MANAGERS, of("quality")),
    Row("phase-out-step-add", MANAGERS, of("quality")),
    Row("phase-out-step-change", MANAGERS, phase_step),
    Row("phase-out-step-remove", MANAGERS, phase_step),
    Row("alternative-add", MANAGERS, of("quality")),
    Row("alternative-change", MANAGERS, alternative),
    Row("alternative-remove", MANAGERS, alternative),
]
