"""A session of interpretation per segment of the demonstration, so that editions carry a judgement.

All texts are fictitious; the figures are those of the region.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction

from core import clock
from core.periods import HalfYear
from monitoring.domain.steering import rows
from monitoring.enums.interpretation import Perspective, Verdict
from monitoring.models import (
    InterpretationSession,
    Judgement,
    PerspectiveReading,
    ProviderJudgement,
    SteeringDecision,
)
from monitoring.queries.guide import providers_with_cases
from segments.models import Segment, SegmentScheme

READINGS = {
    Perspective.MUNICIPALITY: (
        "Gemeenten", "Wij herkennen het beeld. De druk op de lokale teams blijft hoog.",
        "Lokale teams zoeken vaker eerst een oplossing dicht bij huis.", "",
    ),
    Perspective.ACCESS: (
        "Lokale teams", "Verwijzen kost tijd: we bellen vaak meerdere aanbieders.",
        "Wachttijden verschillen sterk per aanbieder.", "Zicht op wie wacht zonder toewijzing.",
    ),
    Perspective.PROVIDER: (
        "Vertegenwoordiging aanbieders", "De vraag per jeugdige wordt zwaarder.",
        "Vacatures staan lang open.", "Een gedeelde definitie van een geslaagd traject.",
    ),
    Perspective.YOUTH: (
        "Jongerenraad", "Wie eenmaal een vaste begeleider heeft, is tevreden.",
        "Wisseling van begeleiders maakt dat jongeren afhaken.", "",
    ),
    Perspective.PARENT: (
        "Oudersraad", "Ouders weten niet waar zij aan toe zijn tijdens het wachten.", "",
        "Wat ouders zelf konden doen tijdens het wachten.",
    ),
    Perspective.REFERRER: (
        "Huisartsen", "", "", "De huisartsen konden niet op deze dag; zij reageren schriftelijk.",
    ),
}  # fmt: skip
SAID = {
    Verdict.ON_COURSE: "De ontwikkeling past bij wat we willen.",
    Verdict.ATTENTION: "De partijen zien dit terug in de praktijk en willen het volgen.",
    Verdict.UNKNOWN: "Het verschil kan toeval zijn; we kijken volgend halfjaar opnieuw.",
}

EARLIER = (
    "De instroom daalt licht, maar de hulp duurt langer. Partijen zien dat afronden lastig is als "
    "er thuis nog veel speelt, en willen vaker tussentijds evalueren."
)
EARLIER_DECISIONS = (
    ("Elk halfjaar met het gezin evalueren of de hulp nog past", "aanbieders"),
    ("Lokale teams sluiten aan bij de afronding van lange trajecten", "lokale teams"),
)
MEANING = (
    "Hulp komt vaker dichtbij tot stand, maar wie wacht, wacht lang. Partijen willen eerst de "
    "wachttijd korter en het afhaken minder."
)
DECISIONS = (
    ("Elke maand de wachttijden naast elkaar leggen en verschillen bespreken", "contractmanager"),
    ("Afspraken maken over een vaste begeleider vanaf de start", "aanbieders en lokale teams"),
)


@transaction.atomic
def make_judgements(scheme: SegmentScheme, half_year: HalfYear, *, by: Any) -> int:
    """Concluded sessions of the first two segments, one that still reads; once per half-year."""
    region = scheme.region
    if InterpretationSession.objects.filter(region=region, half_year=half_year.label).exists():
        return 0
    segments = list(scheme.segments.all()[:3])
    for number, segment in enumerate(segments):
        _session(segment, half_year, by, conclude=number < 2)
    return len(segments)


def _is_odd(half_year: HalfYear) -> bool:
    """So that the two half-years of a year do not read the same."""
    return (half_year.year + half_year.half) % 2 == 0


def _meaning(half_year: HalfYear) -> str:
    return EARLIER if _is_odd(half_year) else MEANING


def _session(segment: Segment, half_year: HalfYear, by: Any, *, conclude: bool) -> None:
    session = InterpretationSession(
        region=segment.scheme.region, segment=segment, half_year=half_year.label,
        held_on=clock.today(), meaning=_meaning(half_year) if conclude else "", fictitious=True,
        participants=[who for who, *_ in READINGS.values()],
    )  # fmt: skip
    rows.keep(row=session, by=by)
    rows.take(row=session, move="freeze", by=by)
    for perspective, (who, seen, why, missing) in READINGS.items():
        reading = PerspectiveReading(
            session=session, perspective=perspective, who=who, reading=seen, explanation=why,
            missing=missing,
        )  # fmt: skip
        rows.keep(row=reading, by=by)
        if not conclude:
            return
    rows.take(row=session, move="judge", by=by)
    _judge(session, by)
    rows.take(row=session, move="conclude", by=by)


def _judge(session: InterpretationSession, by: Any) -> None:
    for row in Judgement.objects.filter(session=session):
        tone = row.figure.get("tone", "attention")
        row.verdict = {"good": Verdict.ON_COURSE, "attention": Verdict.ATTENTION}.get(
            tone, Verdict.UNKNOWN
        )
        row.reason = SAID[Verdict(row.verdict)]
        rows.keep(row=row, by=by)
    for number, provider in enumerate(providers_with_cases(session.segment)[:6]):
        verdict = (Verdict.ON_COURSE, Verdict.ON_COURSE, Verdict.ATTENTION)[number % 3]
        rows.keep(
            row=ProviderJudgement(
                session=session, provider=provider, verdict=verdict, reason=SAID[verdict]
            ),
            by=by,
        )
    decisions = EARLIER_DECISIONS if _is_odd(session.period) else DECISIONS
    for days, (what, who) in zip((45, 90), decisions, strict=True):
        due = clock.today() + timedelta(days=days)
        rows.keep(row=SteeringDecision(session=session, what=what, who=who, due_on=due), by=by)
