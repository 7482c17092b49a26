"""Risks weighed, local teams judging themselves, and things tried, in a demonstration region.

What the packs say stays as it is; judgements, people and results are fictitious.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction

from core import clock
from monitoring.domain.steering import rows
from monitoring.enums.steering import RiskKind
from monitoring.models import (
    FeatureScore,
    Initiative,
    Inquiry,
    LocalTeamFeature,
    MitigationMeasure,
    Risk,
    RiskAssessment,
    SelfAssessment,
)
from regions.models import Municipality, Region

WEIGHTS = ((4, 4), (3, 5), (3, 4), (2, 3), (4, 3))
WHY = "Ingeschat in het overleg van contractmanagers (fictief)."
EXPLAINED = {
    1: "Hier moeten wij nog aan beginnen (fictief).",
    2: "De eerste wijkteams werken zo; de rest volgt (fictief).",
    3: "Bijna alle teams werken zo; het overleg met huisartsen blijft achter (fictief).",
    4: "Staat vast in onze werkwijze en inwoners bevestigen het (fictief).",
}
MOST_PLACES = 5
RISKS = (
    (
        RiskKind.RISK, "Wachttijden lopen op na een cliëntenstop",
        "Weinig aanbieders met dezelfde hulp.", "Jeugdigen starten later en komen zwaarder binnen.",
    ),
    (
        RiskKind.RISK, "Personeel vertrekt bij een grote aanbieder", "Krapte op de arbeidsmarkt.",
        "Hulp stopt te vroeg of wordt overgedragen.",
    ),
    (
        RiskKind.RISK, "Gemeenten sturen verschillend op verlengingen",
        "Eigen werkwijze per toegang.", "De afgesproken daling wordt niet overal gehaald.",
    ),
    (
        RiskKind.CHANCE, "Huisartsen met een praktijkondersteuner jeugd",
        "Een proef die goed verloopt.", "Minder jeugdigen hebben specialistische hulp nodig.",
    ),
)  # fmt: skip


@transaction.atomic
def make_learning(region: Region, *, by: Any) -> int:
    """Fill what is there and still empty; once. Returns how many rows were made."""
    if SelfAssessment.objects.filter(region=region).exists() or _is_tried(region):
        return 0
    _borrow(region, by)
    return _weigh(region, by) + _local_teams(region, by) + _try(region, by)


def _borrow(region: Region, by: Any) -> None:
    """A region whose plans name no risks and no features of teams shows some all the same: the
    features of the national framework as another plan quotes them, and risks that are fictitious.
    """
    if not LocalTeamFeature.objects.filter(region=region).exists():
        for one in LocalTeamFeature.objects.exclude(region=region).order_by("region", "number"):
            LocalTeamFeature.objects.get_or_create(
                region=region, number=one.number,
                defaults={"group": one.group, "text": one.text, "source": one.source},
            )  # fmt: skip
    if not Risk.objects.filter(region=region).exists():
        for kind, title, cause, effect in RISKS:
            row = Risk(
                region=region, kind=kind, title=title, cause=cause, effect=effect, fictitious=True
            )
            rows.keep(row=row, by=by)
            what = MitigationMeasure(
                risk=row, text="Elk kwartaal bespreken in het overleg van contractmanagers.",
                who="contractmanager", due_on=clock.today() + timedelta(days=60),
            )  # fmt: skip
            rows.keep(row=what, by=by)


def _is_tried(region: Region) -> bool:
    return Initiative.objects.filter(region=region, fictitious=True).exists()


def _weigh(region: Region, by: Any) -> int:
    risks = list(Risk.objects.filter(region=region).order_by("pk"))
    for number, risk in enumerate(risks):
        likelihood, impact = WEIGHTS[number % len(WEIGHTS)]
        for days, less in ((200, 1 if number % 2 else -1), (10, 0)):
            now = min(5, max(1, likelihood - less))
            row = RiskAssessment(
                risk=risk, on=clock.today() - timedelta(days=days), likelihood=now, impact=impact,
                reason=WHY,
            )  # fmt: skip
            rows.keep(row=row, by=by)
        risk.review_on = clock.today() + timedelta(days=30 + 10 * number)
        risk.owner = by
        rows.keep(row=risk, by=by)
    return len([risk for risk in risks if risk.kind == RiskKind.RISK])


def _local_teams(region: Region, by: Any) -> int:
    if not LocalTeamFeature.objects.filter(region=region).exists():
        return 0
    places = Municipality.objects.filter(memberships__region=region).distinct().order_by("name")
    made = 0
    for number, place in enumerate(places[:MOST_PLACES]):
        for step, year in enumerate((clock.today().year - 1, clock.today().year)):
            assessment = SelfAssessment(
                region=region, municipality=place, year=year, fictitious=True,
                made_with="lokaal team en cliëntenraad",
            )  # fmt: skip
            rows.keep(row=assessment, by=by)
            _score(assessment, number + step, by)
            rows.take(row=assessment, move="hand_in", by=by)
            made += 1
    return made


def _score(assessment: SelfAssessment, shift: int, by: Any) -> None:
    for row in FeatureScore.objects.filter(assessment=assessment).select_related("feature"):
        row.score = min(4, 1 + (row.feature.number * 7 + shift * 2) % 4)
        row.explanation = EXPLAINED[row.score]
        rows.keep(row=row, by=by)


def _try(region: Region, by: Any) -> int:
    today = clock.today()
    pilot = Initiative(
        region=region, kind="pilot", title="Praktijkondersteuner jeugd bij de huisarts",
        aim="Minder doorverwijzingen naar specialistische hulp doordat een vraag eerder wordt "
        "verhelderd.",
        parties="twaalf huisartsenpraktijken, twee gemeenten",
        starts_on=today - timedelta(days=300),
        evaluate_on=today + timedelta(days=20), fictitious=True,
        finding="Huisartsen en ouders zijn tevreden; verwijzingen daalden in de meeste praktijken.",
    )  # fmt: skip
    fund = Initiative(
        region=region, kind="fund", title="Innovatiefonds hulp dichtbij",
        aim="Kleine proeven van aanbieders en lokale teams samen.", starts_on=today,
        evaluate_on=today + timedelta(days=360), budget=250_000, fictitious=True,
        parties="aanbieders en lokale teams",
    )  # fmt: skip
    for row in (pilot, fund):
        rows.keep(row=row, by=by)
        rows.take(row=row, move="start", by=by)
    rows.take(row=pilot, move="evaluate", by=by)
    inquiry = Inquiry(
        region=region, title="Korte wachttijd bij groepshulp", fictitious=True,
        behind="Aanbieder en lokale teams plannen de start samen, elke week.",
        spreadable="Kan overal waar een vaste planner is; vraagt een halve dag per week.",
        due_on=today + timedelta(days=40),
    )  # fmt: skip
    rows.keep(row=inquiry, by=by)
    rows.take(row=inquiry, move="examine", by=by)
    return 3
