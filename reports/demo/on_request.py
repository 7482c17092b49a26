"""Editions that are made when they are asked for: evaluation, programme and projection.

What authors write here is fictitious; what parties judged comes from the sessions.
"""

from collections.abc import Callable
from itertools import cycle

from core.jobs.api import Job
from core.periods import HalfYear
from core.users.models import User
from segments.models import SegmentScheme

from ..domain.adopting import move_edition
from ..domain.authoring import write_passage
from ..domain.passages import DECIDED, LEARNED, places
from ..domain.requesting import Wanted, request_editions
from ..enums import EditionKind, EditionState
from ..models import Edition
from ..queries.texts import made_content
from .earlier_cases import make_earlier_cases
from .judging import make_judgements

LESSONS = (
    "Eén aanspreekpunt per gezin helpt meer dan extra overleg.",
    "Wie tijdens het wachten een vast contact heeft, haakt minder vaak af.",
    "Afspraken over terugverwijzen werken pas als lokale teams ruimte hebben.",
)
DECISIONS = (
    "Wij gaan door met de werkwijze en laten elk halfjaar zien wat die oplevert.",
    "Wij maken met aanbieders een vaste afspraak over contact tijdens het wachten.",
)
STANDINGS = (
    "Loopt volgens planning. De werkgroep kwam twee keer bij elkaar.",
    "Later begonnen dan gepland, omdat de capaciteit ontbrak. Het plan is bijgesteld.",
    "Afgerond. Wat we leerden staat in de nieuwe werkafspraken.",
)
FOREWORDS = {
    EditionKind.EVALUATION.value: "Deze evaluatie legt naast elkaar wat we wilden, wat we "
    "bereikten, wat we leerden en wat we daarna besloten. De teksten van de auteurs zijn fictief.",
    EditionKind.PROGRAMME.value: "Per ontwikkelopgave staat hier hoe ver we zijn. De teksten zijn "
    "fictief.",
    EditionKind.PROJECTION.value: "Deze prognose is bedoeld voor de begroting. Bij elk bedrag "
    "hoort een marge.",
}


def make_others(
    *,
    scheme: SegmentScheme,
    half_year: HalfYear,
    by: User,
    manager: User,
    wait: Callable[[Job | None], None],
) -> None:
    """Three editions with their texts, laid before the colleges; once. `manager` handles cases."""
    region = scheme.region
    if Edition.objects.filter(region=region, kind__in=EditionKind.ON_REQUEST).exists():
        return
    year = half_year if half_year.half == 2 else half_year.previous()
    for half in (year.previous(), year):
        make_judgements(scheme, half, by=by)
    make_earlier_cases(region, year, by=manager)
    for kind in EditionKind.ON_REQUEST:
        half = year if kind == EditionKind.EVALUATION else half_year
        wait(request_editions(region=region, half_year=half, by=by, only=(Wanted(kind),)))
    for edition in Edition.objects.filter(region=region, kind__in=EditionKind.ON_REQUEST):
        if edition.state == EditionState.PREPARED:
            _write(edition, by)


def _write(edition: Edition, by: User) -> None:
    write_passage(edition=edition, key="voorwoord", template=FOREWORDS[edition.kind], by=by)
    words = {LEARNED: cycle(LESSONS), DECIDED: cycle(DECISIONS), "opgave": cycle(STANDINGS)}
    for number, place in enumerate(places(made_content(edition))):
        word = "opgave" if place.key.startswith("opgave-") else place.key.rsplit("-", 1)[-1]
        if word in words and (word == "opgave" or number % 3):
            write_passage(edition=edition, key=place.key, template=next(words[word]), by=by)
    for move in ("draft", "review"):
        move_edition(edition=edition, move=move, by=by)
