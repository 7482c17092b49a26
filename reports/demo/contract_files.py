"""What stands in the contracts of the demonstration, all of it invented and said to be so.

Made by the verbs that people use. Days lie relative to today, so that something always comes next.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction

from core import clock
from procurement.domain import judging, lifecycle, revising, transition, voting
from procurement.domain.contracts import policy_of
from procurement.models import (
    Ballot,
    BespokeAgreement,
    Clause,
    Contract,
    ContractPhase,
    ContractRevision,
    Obligation,
    SpendingCap,
    Terms,
    TransformationAgreement,
    TransitionOffer,
    TransitionPlan,
    TransitionStep,
)
from procurement.queries.transition import alternatives_for
from regions.models import Region
from segments.models import SegmentScheme

FULL = 12
FICTITIOUS = "fictief"


@transaction.atomic
def fill_contracts(scheme: SegmentScheme, by: Any) -> int:
    """Conditions in every contract, a whole file in the first; once. How many."""
    region = scheme.region
    rows = list(Contract.objects.filter(region=region).order_by("number"))
    if not rows or Obligation.objects.filter(contract__in=rows).exists():
        return 0
    _conditions(region, rows, by)
    _aims(scheme, rows)
    for place, contract in enumerate(rows[:FULL]):
        _clauses(contract)
        _obligations(contract, place, by)
        _agreements(contract, place)
    _revision(rows[0], by)
    _leaving(region, rows, by)
    return len(rows)


def _day(days: int) -> date:
    return clock.today() + timedelta(days=days)


def _conditions(region: Region, rows: list[Contract], by: Any) -> None:
    """What the strategy says of every contract; notice of six months is invented."""
    policy = policy_of(region)
    for place, contract in enumerate(rows):
        if policy:
            for field in Terms._meta.get_fields():
                setattr(contract, field.name, getattr(policy, field.name))
        contract.notice_months = contract.notice_months or 6
        contract.manager = by if place < FULL else None
        contract.save()


def _aims(scheme: SegmentScheme, rows: list[Contract]) -> None:
    aims = dict(scheme.phases.values_list("name", "aims"))
    for phase in ContractPhase.objects.filter(contract__in=rows):
        phase.aims = aims.get(phase.name, [])
        phase.save(update_fields=["aims"])


def _clauses(contract: Contract) -> None:
    told = (
        ("no_subcontracting", "Geen onderaannemers", "De aanbieder levert de hulp zelf; hoofd- en "
         "onderaannemerschap vervalt.", "002:L1079"),
        ("case_director", "Inhoudelijk regievoerder", "Zijn er meer hulpverleners betrokken, dan "
         "wordt een inhoudelijk regievoerder aangewezen.", "002:L1007-1008"),
        ("indicator", "Doorlooptijd en doelrealisatie", "De aanbieder bespreekt elk halfjaar de "
         "doorlooptijd en de doelrealisatie met de regio.", "002:L119-120"),
    )  # fmt: skip
    for kind, title, text, source in told:
        Clause.objects.create(contract=contract, kind=kind, title=title, text=text, source=source)


def _obligations(contract: Contract, place: int, by: Any) -> None:
    year = clock.today().year
    told = (
        (f"Jaarverantwoording {year - 1} (fictief)", _day(-60), True),
        (f"Evaluatie van het transformatieplan {year} (fictief)", _day(20 + 5 * place), False),
        ("Plan voor afschalen per gemeente (fictief)", _day(75 + 7 * place), False),
    )
    for title, due, kept in told:
        row = Obligation.objects.create(contract=contract, title=title, due=due)
        if kept and place % 4 != 3:
            judging.judge_obligation(
                obligation=row, name="meet", by=by, proof="Ontvangen en besproken (fictief)."
            )


def _agreements(contract: Contract, place: int) -> None:
    TransformationAgreement.objects.create(
        contract=contract, title="Minder jeugdigen met verblijf (fictief)", unit="jeugdigen",
        baseline=Decimal(20 + 5 * place), baseline_on=contract.start_date,
        target=Decimal(14 + 3 * place), target_on=date(2030, 12, 31),
        indicator_code="clients_stay", source=FICTITIOUS,
    )  # fmt: skip
    if place % 3 == 0:
        BespokeAgreement.objects.create(
            contract=contract, subject="friction", title="Ombouw van een woongroep (fictief)",
            text="De regio draagt eenmalig bij aan het sluiten van een woongroep.",
            reason="Vastgoed staat de omslag naar ambulante hulp in de weg.",
        )  # fmt: skip
    if place % 4 == 0:
        SpendingCap.objects.create(
            contract=contract, year=clock.today().year, amount=Decimal(3_000_000 + 250_000 * place)
        )


def _revision(contract: Contract, by: Any) -> None:
    """An offer that waits for the provider's answer."""
    revision = revising.keep_revision(
        revision=ContractRevision(
            contract=contract, title="Meer hulp thuis (fictief)", reason_code="transformation",
            explanation="Uitkomst van de ontwikkeltafel.", effective_from=_day(90),
            answer_before=_day(30),
        ),
        by=by,
    )  # fmt: skip
    revising.add_change(
        revision=revision, part="clausule", action="add", by=by,
        values={"kind": "other", "title": "Eerst hulp thuis",
                "text": "Verblijf begint pas als hulp thuis is geprobeerd.", "source": FICTITIOUS},
    )  # fmt: skip
    revising.offer_revision(revision=revision, by=by)


def _leaving(region: Region, rows: list[Contract], by: Any) -> None:
    """One provider that gave notice, with a plan for its clients; one on which is voted."""
    if len(rows) < 4 or not region.voting_rules.exists():
        return
    _stops(rows[2], by)
    contract = rows[3]
    ballot = voting.keep_ballot(
        ballot=Ballot(
            region=region, subject="provider", provider=contract.provider, ending="notice",
            last_day=_day(330), fictitious=True,
            motivation="Na twee verbeterplannen blijft de doorlooptijd lang (fictief).",
        ),
        by=by,
    )  # fmt: skip
    voting.move_ballot(ballot=ballot, move="open", by=by)
    for vote in list(ballot.votes.all())[:-2]:
        vote.choice, vote.decided_on = "for", clock.today()
        vote.source = "besluitenlijst van het college (fictief)"
        voting.cast_vote(vote=vote, by=by)


def _stops(contract: Contract, by: Any) -> None:
    last_day = _day(245)
    lifecycle.give_notice(
        contract=contract, notice=lifecycle.Notice(clock.today(), last_day, by_provider=True),
        by=by, reason="De aanbieder stopt met jeugdhulp (fictief).",
    )  # fmt: skip
    plan = transition.keep_plan(
        plan=TransitionPlan(
            region=contract.region, provider=contract.provider, contract=contract, reason="stops",
            approach="Elke jeugdige houdt zijn hulp. Het lokale team bespreekt met gezin en "
            "aanbieder wie het overneemt en wanneer (fictief).",
            starts_on=clock.today(), ends_on=last_day, owner=by, fictitious=True,
        ),
        by=by,
    )  # fmt: skip
    steps = (
        ("Gezinnen en lokale teams informeren", "", 14, True),
        ("Per gemeente afspreken wie overneemt", "", 60, False),
        ("Dossiers overdragen met toestemming van het gezin", contract.provider.name, 150, False),
    )
    for text, party, days, done in steps:
        transition.keep_part(
            part=TransitionStep(
                plan=plan, text=text, party=party, owner=None if party else by, due_on=_day(days),
                done_on=clock.today() if done else None,
            ),
            by=by,
        )  # fmt: skip
    for other in alternatives_for(plan)[:2]:
        transition.keep_part(
            part=TransitionOffer(
                plan=plan, provider=other.provider, product_code=other.product_code, clients=12,
                from_day=_day(60), note="eerste gesprek gevoerd (fictief)",
            ),
            by=by,
        )  # fmt: skip
    transition.move_plan(plan=plan, move="start", by=by)
