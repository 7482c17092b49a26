"""What finance adds to shared pages."""

from decimal import Decimal
from typing import Any

from core.formats import euro, number
from core.intake.api import RUN_PAGE
from core.tasks.api import DeadlineSource, register_deadlines
from core.ui import (
    HOME,
    AttentionItem,
    NavItem,
    NavSection,
    Panel,
    Place,
    Tone,
    register_attention,
    register_nav,
    register_panel,
    register_section,
)

from . import (  # noqa: F401 -- kinds of rows, and the money of council proposals
    kinds,
    proposal_money,
)
from .deviation_enums import DeviationState
from .presenters.projection import ProjectionPage
from .queries import deviations
from .queries.ceilings import can_see_ceilings
from .queries.delivered import delivered
from .queries.visible import projections_visible_to
from .rules import can_handle_deviations, can_project, can_see_finance, can_see_lines

MONEY = "geld"

register_section(NavSection(MONEY, "Geld", 25))


def may_see(place: Place) -> bool:
    return can_see_finance(place.user, place.tenant)


register_nav(
    NavItem("Prognoses", "projections", MONEY, 10, may_see),
    NavItem("Maatregelen", "finance-measures", MONEY, 32, may_see),
    NavItem("Scenario's", "finance-scenarios", MONEY, 34, may_see),
    NavItem("Uitgaven", "finance-spend", MONEY, 15, may_see),
    NavItem(
        "Afwijkingen",
        "deviations",
        MONEY,
        17,
        lambda place: can_see_lines(place.user, place.tenant),
    ),
    NavItem("Begrotingen", "budgets", MONEY, 20, may_see),
    NavItem("Geld en afspraken", "money", MONEY, 25, may_see),
    NavItem(
        "Plafonds", "ceilings", MONEY, 26, lambda place: can_see_ceilings(place.user, place.tenant)
    ),
    NavItem(
        "Als een aanbieder wegvalt",
        "falling",
        MONEY,
        27,
        lambda place: can_see_lines(place.user, place.tenant),
    ),
    NavItem("Besparing en indexering", "savings", MONEY, 30, may_see),
    NavItem("Verdeelsleutels", "finance-keys", MONEY, 40, may_see),
)


def newest_projection(place: Place, subject: Any) -> dict[str, Any] | None:
    """The newest finished projection in three sentences and a chart."""
    if not may_see(place):
        return None
    rows = projections_visible_to(place.user).filter(region=place.tenant)
    run = rows.filter(finished_at__isnull=False).first()
    shown = ProjectionPage.of(run, place.user) if run else None
    if run is None or shown is None:
        return None
    return {"run": run, "shown": shown, "url": place.url("projection", pk=run.pk)}


register_panel(
    Panel(
        HOME, "projection", "finance/panel_projection.html", newest_projection, order=40, wide=True
    )
)


def money_of_delivery(place: Place, run: Any) -> dict[str, Any] | None:
    """What a delivery added to the cost, and the next step: have its lines checked, or judge what
    was found."""
    if not can_see_lines(place.user, place.tenant) or run.undone_at:
        return None
    found = delivered(place.tenant_id, run.number) if run.number else None
    if found is None:
        return None
    return {
        "found": found,
        "may_handle": can_handle_deviations(place.user, place.tenant),
        "spend": place.url("finance-spend"),
        "deviations": place.url("deviations"),
        "check": place.url("check-now"),
    }


register_panel(Panel(RUN_PAGE, "money", "finance/panel_delivery.html", money_of_delivery))


def unfinished(place: Place) -> list[AttentionItem]:
    """Projections whose job failed, for who can ask for another."""
    if not can_project(place.user, place.tenant):
        return []
    rows = projections_visible_to(place.user).filter(
        region=place.tenant, finished_at__isnull=True, job__state="failed"
    )
    return [
        AttentionItem(
            f"De prognose '{run.title}' is niet gelukt.",
            place.url("projection", pk=run.pk),
            Tone.BAD,
            note=run.job.error if run.job else "",
        )
        for run in rows[:3]
    ]


register_attention("finance.unfinished", unfinished)


def to_judge(place: Place) -> list[AttentionItem]:
    """What deviates and nobody has judged, for who handles it."""
    if not can_handle_deviations(place.user, place.tenant):
        return []
    rows = deviations.deviations_visible_to(place.user).filter(
        region=place.tenant, state=DeviationState.FOUND
    )
    now = deviations.standing(rows)
    if not now.number:
        return []
    return [
        AttentionItem(
            f"{number(now.number)} afwijkingen in declaraties zijn nog te beoordelen.",
            f"{place.url('deviations')}?stand={DeviationState.FOUND}",
            note=f"Samen {euro(now.open)}{_no_fault(now.no_fault)}.",
        )
    ]


def _no_fault(amount: Decimal) -> str:
    if not amount:
        return ""
    return f", waarvan {euro(amount)} hulp die lang duurt: een vraag, geen fout"


register_attention("finance.deviations", to_judge)
register_deadlines(DeadlineSource("finance.judge", "Afwijkingen beoordelen", deviations.to_judge))
register_deadlines(
    DeadlineSource("finance.answer", "Antwoord van aanbieder", deviations.answers_due)
)
