"""Development tables that met: one issue agreed, one in mediation, one ruled, a next meeting.

Made by the verbs that people use, on the days that they happened; marked as fictitious in the text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from core import clock
from procurement.domain import policy
from procurement.domain.table_plan import draft_plan
from procurement.domain.tables import plan_meeting
from procurement.enums.choices import PRINCIPALS, MemberRole, Stance
from procurement.models import (
    Commitment,
    DevelopmentTable,
    Meeting,
    TableIssue,
    TableMember,
    TablePosition,
)
from providers.models import Provider
from regions.models import ChainPartner, Region, RoleAssignment

from .earlier_cases import as_on

MARK = "Fictief, voor de demonstratie."
CHAIR = "Onafhankelijk voorzitter ontwikkeltafel (fictief)"
PLACE = "Stadhuis, vergaderzaal 2 (fictief)"
AGREED = "Eén werkwijze voor verwijzen naar een gezinshuis (fictief)"
RULED = "Wie betaalt een lege plek tijdens de afbouw (fictief)"
# Days before today on which the table met, and after today on which it meets again.
FIRST, SECOND, THIRD, NEXT = 120, 75, 20, 21


@dataclass(frozen=True)
class Opinion:
    stance: Stance
    text: str


OPINIONS = {
    "": (
        Opinion(Stance.FOR, "Drie jaar is haalbaar als pleegzorg meegroeit."),
        Opinion(Stance.UNLESS, "Alleen als de tarieven de leegstand dekken."),
        Opinion(Stance.AGAINST, "Het tempo is te hoog voor onze jongeren met een lange opname."),
    ),
    AGREED: (
        Opinion(Stance.FOR, "Eén formulier scheelt ons veel werk."),
        Opinion(Stance.FOR, "Wij doen mee vanaf de start."),
        Opinion(Stance.UNLESS, "Mits de toegang binnen vijf dagen antwoordt."),
    ),
    RULED: (
        Opinion(Stance.AGAINST, "De gemeenten vragen de afbouw en dragen dus de leegstand."),
        Opinion(Stance.AGAINST, "Wij kunnen dit niet alleen dragen."),
        Opinion(Stance.UNLESS, "Delen kan, met een einddatum."),
    ),
}


@transaction.atomic
def make_table(region: Region, *, by: Any) -> bool:
    """Once; False when it was there already or the region has no table or no providers."""
    table = DevelopmentTable.objects.filter(region=region).order_by("pk").first()
    providers = list(Provider.objects.filter(region=region).order_by("sort_name")[:3])
    if table is None or not providers or table.meetings.exists():
        return False
    partners = _members(table, providers)
    mediated = table.issues.order_by("order", "pk").first()
    agreed, ruled = _issue(table, AGREED, by), _issue(table, RULED, by)
    _opinions(mediated, OPINIONS[""], partners, by)
    _opinions(agreed, OPINIONS[AGREED], partners, by)
    _opinions(ruled, OPINIONS[RULED], partners, by)
    _first(table, partners, by)
    _second(table, agreed, mediated, ruled, partners, by)
    _third(table, ruled, partners, by)
    plan_meeting(table=table, held_on=clock.today() + timedelta(days=NEXT), location=PLACE,
                 purpose=f"De bemiddeling afronden. {MARK}", by=by)  # fmt: skip
    draft_plan(table=table, by=by)
    return True


def _members(table: DevelopmentTable, providers: Sequence[Provider]) -> list[ChainPartner]:
    """Three providers, an independent chair and the principal."""
    partners = [_partner_of(table.region, provider) for provider in providers]
    for partner in partners:
        TableMember.objects.get_or_create(table=table, partner=partner)
    principal = f"Gemeenten {table.region} als opdrachtgever (fictief)"
    for name, role in ((CHAIR, MemberRole.CHAIR), (principal, MemberRole.PRINCIPAL)):
        found, _ = ChainPartner.objects.get_or_create(
            region=table.region, name=name, defaults={"kind": "other", "note": MARK}
        )
        TableMember.objects.get_or_create(table=table, partner=found, defaults={"role": role})
    return partners


def _partner_of(region: Region, provider: Provider) -> ChainPartner:
    found, _ = ChainPartner.objects.get_or_create(
        region=region, name=provider.name,
        defaults={"kind": "provider", "organisation": provider.organisation, "note": MARK},
    )  # fmt: skip
    return found


def _issue(table: DevelopmentTable, title: str, by: Any) -> TableIssue:
    order = table.issues.count() + 1
    row: TableIssue = policy.keep(
        row=TableIssue(table=table, title=title, text=MARK, order=order, source="demonstratie"),
        by=by,
    )
    return row


def _opinions(
    issue: TableIssue | None, opinions: Sequence[Opinion], partners: Sequence[ChainPartner], by: Any
) -> None:
    for partner, opinion in zip(partners, opinions, strict=False):
        if issue is None or issue.positions.filter(partner=partner).exists():
            continue
        policy.keep(
            row=TablePosition(
                issue=issue, partner=partner, stance=opinion.stance, text=f"{opinion.text} {MARK}"
            ),
            by=by,
        )


def _held(table: DevelopmentTable, day: date, purpose: str, report: str, by: Any) -> Meeting:
    """A meeting that was planned two weeks before; call it on its day."""
    with as_on(day - timedelta(days=14)):
        meeting = plan_meeting(table=table, held_on=day, location=PLACE, purpose=purpose, by=by)
    meeting.report = f"{report} {MARK}"
    row: Meeting = policy.keep(row=meeting, by=by)
    return row


def _said(meeting: Meeting, issue: TableIssue | None, text: str, by: Any) -> None:
    for item in meeting.themes.filter(issue=issue):
        item.text = f"{text} {MARK}"
        policy.keep(row=item, by=by)


def _promised(
    meeting: Meeting, owner: ChainPartner, text: str, due: date, by: Any, done: date | None = None
) -> None:
    table = meeting.table
    if table is not None and not table.commitments.filter(text=text).exists():
        promise = Commitment(table=table, owner=owner, text=text, due_on=due, done_on=done,
                             meeting=meeting)  # fmt: skip
        policy.keep(row=promise, by=by)


def _first(table: DevelopmentTable, partners: Sequence[ChainPartner], by: Any) -> None:
    day = clock.today() - timedelta(days=FIRST)
    with as_on(day):
        meeting = _held(
            table, day, f"Kennismaken en de vraagstukken verkennen. {MARK}",
            "De leden stellen de spelregels vast en lopen de vraagstukken langs.", by,
        )  # fmt: skip
        for issue in table.issues.all():
            _said(meeting, issue, "Verkend; ieder lid schrijft zijn standpunt op.", by)
        _promised(
            meeting, partners[0], "Cijfers over de bezetting van de plekken aanleveren",
            day + timedelta(days=30), by, done=day + timedelta(days=27),
        )  # fmt: skip


def _second(
    table: DevelopmentTable,
    agreed: TableIssue,
    mediated: TableIssue | None,
    ruled: TableIssue,
    partners: Sequence[ChainPartner],
    by: Any,
) -> None:
    day = clock.today() - timedelta(days=SECOND)
    with as_on(day):
        meeting = _held(
            table, day, f"Standpunten naast elkaar leggen. {MARK}",
            "Over verwijzen naar een gezinshuis is de tafel het eens. Over het tempo van de "
            "afbouw en over lege plekken niet; de voorzitter bemiddelt.", by,
        )  # fmt: skip
        _said(meeting, agreed, "Alle leden stemmen in met één formulier en één loket.", by)
        agreed.outcome = "Vanaf januari gebruiken toegang en aanbieders één formulier; antwoord " \
            f"volgt binnen vijf werkdagen. {MARK}"  # fmt: skip
        policy.keep(row=agreed, by=by)
        policy.take(row=agreed, move="agree", by=by, reason=f"Alle leden stemmen in. {MARK}")
        for issue in (mediated, ruled):
            _said(meeting, issue, "De leden komen er samen niet uit.", by)
            if issue is not None and issue.state == "open":
                told = f"Nog geen consensus. {MARK}"
                policy.take(row=issue, move="mediate", by=by, reason=told)
        _promised(
            meeting, partners[-1], "Voorstel voor de afbouw van plekken per locatie",
            clock.today() + timedelta(days=60), by,
        )  # fmt: skip


def _third(
    table: DevelopmentTable, ruled: TableIssue, partners: Sequence[ChainPartner], by: Any
) -> None:
    day = clock.today() - timedelta(days=THIRD)
    with as_on(day):
        meeting = _held(
            table, day, f"De bemiddeling bespreken. {MARK}",
            "De voorzitter ziet over lege plekken geen consensus en legt dit voor aan de "
            "opdrachtgever. Over het tempo praat hij door.", by,
        )  # fmt: skip
        _said(meeting, ruled, "De bemiddeling geeft geen consensus.", by)
        policy.take(row=ruled, move="refer", by=by, reason=f"Ook na bemiddeling niet eens. {MARK}")
        ruled.outcome = "Gemeenten en aanbieder dragen een lege plek ieder voor de helft, ten " \
            f"hoogste zes maanden. {MARK}"  # fmt: skip
        policy.keep(row=ruled, by=by)
        policy.take(
            row=ruled, move="rule", by=_principal(table.region),
            reason=f"Uitspraak van de gemeenten als opdrachtgever. {MARK}",
        )  # fmt: skip
        _promised(
            meeting, partners[0], "Overzicht van lege plekken per maand",
            day + timedelta(days=14), by,
        )  # fmt: skip


def _principal(region: Region) -> Any:
    """Who speaks for the municipalities where consensus fails."""
    found = RoleAssignment.objects.filter(region=region, role__in=PRINCIPALS)
    return found.order_by("pk").select_related("user")[0].user
