"""A case brought to any step, as its verbs do it."""

from datetime import timedelta

from core import clock
from monitoring.domain.cases import following, moving, opening, phasing, plans
from monitoring.domain.cases.following import Agreement
from monitoring.models import (
    CaseProcess,
    FigureSet,
    IndicatorValue,
    PhaseOutPlan,
    PhaseOutStep,
    PlanItem,
)
from procurement.domain.lifecycle import Notice, give_notice


def today():
    return clock.today()


def a_case(made, *, theme="transformation", large_clients=100):
    """A new case at the region's provider; 150 youths have care there."""
    CaseProcess.objects.get_or_create(
        region=made.region, version=1, defaults={"large_clients": large_clients}
    )
    return opening.open_case(
        provider=made.provider, theme=theme, title="Lange duur van ambulante hulp",
        by=made.users["contract_manager"],
    )  # fmt: skip


def with_clients(made, count):
    figures = FigureSet.objects.create(
        region=made.region, half_year="2025-H2", scheme=made.scheme, scheme_on=today(),
        known_on=today(), cutoff_run=1, code_version="1", checksum="e" * 64,
    )  # fmt: skip
    IndicatorValue.objects.create(
        figure_set=figures, code="clients", provider=made.provider.agb_code, numerator=count,
        value=count, cases=count,
    )  # fmt: skip


def figures(made, half_year, numerator, denominator):
    """Drop-out of the region's provider in a half-year."""
    row = FigureSet.objects.create(
        region=made.region, half_year=half_year, scheme=made.scheme, scheme_on=today(),
        known_on=today(), cutoff_run=1, code_version="1",
        checksum=half_year.ljust(64, "0"),
    )  # fmt: skip
    IndicatorValue.objects.create(
        figure_set=row, code="dropout_rate", provider=made.provider.agb_code,
        numerator=numerator, denominator=denominator, value=numerator / denominator,
    )  # fmt: skip


def talk(made, case, agreements=1):
    return following.record_conversation(
        case=case, held_on=today(), participants=["Loes Bakker, directeur"], report="Besproken.",
        by=made.users["contract_manager"],
        agreements=[
            Agreement("Zorgmanager", f"Afspraak {n}", today() + timedelta(days=30))
            for n in range(agreements)
        ],
    )  # fmt: skip


def write(made, case):
    provider = made.users["provider"]
    plan = plans.write_plan(case=case, analysis="Hulp duurt te lang.", aim="Korter.", by=provider)
    if not plan.items.exists():
        plans.keep_item(
            item=PlanItem(
                plan=plan, who="Teamleider", what="Evaluatie na drie maanden", how="Vast overleg",
                due=today() + timedelta(days=60), result="Duur onder 200 dagen",
            ),
            by=provider,
        )  # fmt: skip
    return plan


def settle(made, case):
    """Every action reported, verified and judged."""
    manager = made.users["contract_manager"]
    for action in case.actions.all():
        if action.state == "open":
            following.move_action(
                action=action, move="report", by=made.users["provider"], reason="Klaar."
            )
        if action.state == "reported":
            following.move_action(action=action, move="verify", by=manager)
        if not action.judgement and case.state == "assessing":
            following.judge_result(
                action=action, judgement="achieved", reason="Gezien.", by=manager
            )


def step(made, case, move, role="contract_manager"):
    return moving.move_case(case=case, move=move, by=made.users[role], reason="Omdat het kan.")


def bring_to(made, case, state):
    """Walk to a state, with everything ready for each step that leads on."""
    paths = {
        "signalled": (),
        "in_dialogue": ("start_dialogue",),
        "plan_asked": ("start_dialogue", "ask_plan"),
        "plan_submitted": ("start_dialogue", "ask_plan", "submit_plan"),
        "monitoring": ("start_dialogue", "ask_plan", "submit_plan", "bind_plan"),
        "assessing": ("start_dialogue", "ask_plan", "submit_plan", "bind_plan", "assess"),
        "supervision": ("to_supervision",),
        "dissolution_proposed": ("to_supervision", "propose_dissolution"),
        "phasing_out": ("to_supervision", "propose_dissolution", "phase_out"),
        "closed": ("dismiss",),
    }
    for move in paths[state]:
        step(made, case, move, "provider" if move == "submit_plan" else "contract_manager")
        prepare(made, case)
    prepare(made, case)
    return case


def end_contract(made):
    """Both parties agree that it ends."""
    notice = Notice(today(), today() + timedelta(days=90), agreed=True)
    by = made.users["contract_manager"]
    give_notice(contract=made.contract, notice=notice, by=by, reason="Samen besloten.")


def prepare(made, case):
    """What the next step asks to be there."""
    if case.state == "dissolution_proposed" and made.contract.status == "active":
        end_contract(made)
    if case.state == "in_dialogue" and not case.conversations.filter(round=case.round).exists():
        talk(made, case)
    if case.state == "plan_asked":
        write(made, case)
    if case.state in ("in_dialogue", "monitoring", "assessing"):
        settle(made, case)
    if case.state == "phasing_out" and not hasattr(case, "phase_out"):
        manager = made.users["contract_manager"]
        plan = phasing.keep_phase_out(
            plan=PhaseOutPlan(
                case=case, plan="Per jeugdige", clients_at_start=150, starts_on=today(),
                ends_on=today() + timedelta(days=300),
            ),
            by=manager,
        )  # fmt: skip
        part = PhaseOutStep(plan=plan, day=today(), planned=0, counted=0)
        phasing.keep_part(part=part, by=manager)
