"""What came in and waits for something else."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from regions.models import Region

from .queries.waiting import kept_waiting
from .rules import check_can_see_waiting


@dataclass(frozen=True)
class Advice:
    """Of a kind of record: its name, what it waits for, and what may be done about it."""

    title: str
    waits_for: str
    do: str


ADVICE = {
    "starts": Advice(
        "Startberichten (JW305)",
        "de toewijzing (JW301) van de gemeente",
        "Vraag de gemeente het toewijzingsbericht aan te leveren, of de aanbieder of het "
        "toewijzingsnummer klopt.",
    ),
    "stops": Advice(
        "Stopberichten (JW307)",
        "de toewijzing (JW301) van de gemeente",
        "Vraag de gemeente het toewijzingsbericht aan te leveren, of de aanbieder of het "
        "toewijzingsnummer klopt.",
    ),
    "lines": Advice(
        "Declaratieregels (JW323)",
        "de toewijzing (JW301) waar zij naar verwijzen",
        "De kosten tellen al mee. Lever de ontbrekende toewijzingen aan, anders is niet te zien "
        "bij welk traject de kosten horen.",
    ),
    "credits": Advice(
        "Creditregels",
        "de declaratieregel die zij terugdraaien",
        "Lever de eerdere declaratie van deze aanbieder aan. Blijft zij weg, vraag dan de "
        "aanbieder naar welke declaratie de regel verwijst.",
    ),
    "answers": Advice(
        "Antwoorden op declaraties (JW325)",
        "de declaratie (JW323) waarop zij antwoorden",
        "Lever de declaratie van deze aanbieder aan.",
    ),
}


@dataclass(frozen=True)
class Row:
    advice: Advice
    records: int
    since: date


def waiting(request: HttpRequest, region: Region) -> HttpResponse:
    check_can_see_waiting(request.user, region.pk)
    rows = [Row(ADVICE[kept.kind], kept.records, kept.since) for kept in kept_waiting(region.pk)]
    return render(request, "care/waiting.html", {"rows": rows})
