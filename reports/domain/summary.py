"""The first page: what changed, whether it matters, and what the figures cannot say."""

from core.formats import number

from ..enums import EditionKind
from .book import REGION
from .change import Direction, change
from .content import MoneyChapter, SegmentChapter, Statement
from .plan import EditionPlan
from .points import NOTHING, Figure, Kind
from .sentences import amount, compared, shown, statement

MOST_CHANGES = 4
# From which part of the figures on the reader is told why so much is hidden, and what he can do.
MOSTLY_HIDDEN = 0.5


def summary(
    plan: EditionPlan,
    key_figures: tuple[Figure, ...],
    segments: tuple[SegmentChapter, ...],
    money: MoneyChapter,
) -> tuple[Statement, ...]:
    """The most important thing first: size of the care, money, then what surely changed."""
    withheld = _withheld(plan, _told(key_figures, segments))
    lines = [*_opening(plan, key_figures), *withheld, *_money(money), *_changes(segments)]
    if len(lines) < 3 and not withheld:
        lines.append(
            Statement("Er is nog te weinig gemeten om veranderingen te laten zien.", "note")
        )
    return tuple(lines)


def _told(key_figures: tuple[Figure, ...], segments: tuple[SegmentChapter, ...]) -> list[Figure]:
    """The figures of the first page and of the goals, but not what was not computed."""
    of_goals = (f for s in segments for goal in s.goals for f in goal.figures)
    return [f for f in (*key_figures, *of_goals) if f.now.hidden or f.now != NOTHING]


def _withheld(plan: EditionPlan, told: list[Figure]) -> list[Statement]:
    """Why a reader who expects figures finds marks, and where he can go."""
    hidden = sum(figure.now.hidden for figure in told)
    if not hidden or hidden < MOSTLY_HIDDEN * len(told):
        return []
    many = f"Van de {number(len(told), 0)} cijfers over dit halfjaar zijn er {number(hidden, 0)}"
    many = many if hidden < len(told) else "Alle cijfers over dit halfjaar zijn"
    why = (
        f"{many} afgeschermd. Ze gaan over zo weinig jeugdigen dat iemand herkend kan worden, of "
        "ze zouden zo'n klein aantal verraden."
    )
    return [Statement(why, "note"), Statement(f"Wat kunt u doen? {_way_out(plan)}", "note")]


def _way_out(plan: EditionPlan) -> str:
    if plan.kind == EditionKind.EXECUTIVE and plan.municipality:
        return "De cijfers van uw eigen gemeente ziet u op de site, bij Indicatoren."
    ask = "Of stel een vraag bij deze rapportage."
    if plan.municipality:
        wider = "Lees ook de rapportage van de hele regio. "
        return (
            f"{wider if plan.book.point('clients', REGION).known else ''}Het college kent de "
            f"cijfers van de eigen gemeente en kan vertellen wat het ziet, zonder aantallen. {ask}"
        )
    return f"Vraag de toegang en aanbieders wat zij zien; dat kan zonder aantallen. {ask}"


def _opening(plan: EditionPlan, key_figures: tuple[Figure, ...]) -> list[Statement]:
    where = plan.municipality or plan.region
    clients = next((f for f in key_figures if f.code == "clients"), None)
    if clients is not None and clients.now.hidden:
        return [
            Statement(
                f"Hoeveel jeugdigen in {where} jeugdhulp kregen in het {plan.half.title}, tonen we "
                "niet. Anders kan iemand herkend worden."
            )
        ]
    if clients is None or not clients.now.known:
        return []
    told = compared(clients, clients.year_ago, "een jaar eerder")
    text = (
        f"In het {plan.half.title} kregen {shown(Kind.COUNT, clients.now)} jeugdigen in {where} "
        f"jeugdhulp. {told}"
    )
    return [Statement(text.strip())]


def _money(money: MoneyChapter) -> list[Statement]:
    return [Statement(text, _money_tone(text)) for text in money.sentences[:2]]


def _money_tone(text: str) -> str:
    return "bad" if "meer dan" in text and "begroting" in text else "plain"


def _changes(segments: tuple[SegmentChapter, ...]) -> list[Statement]:
    """Changes that chance does not explain, the largest first, and told once per indicator."""
    found = []
    for segment in segments:
        for figure in {f.code: f for goal in segment.goals for f in goal.figures}.values():
            what = change(figure.kind, figure.now, figure.year_ago)
            if what.is_certain and what.direction != Direction.EQUAL and what.relative:
                good = what.is_good(figure.polarity)
                found.append((good is None, -abs(what.relative), segment, figure, good))
    found.sort(key=lambda item: (item[0], item[1], item[2].code, item[3].code))
    tones = {True: "good", False: "bad", None: "plain"}
    return [
        Statement(f"{segment.name}. {statement(figure)}", tones[good])
        for _, _, segment, figure, good in found[:MOST_CHANGES]
    ]


LIMITS = (
    "Deze cijfers komen uit berichten die aanbieders en gemeenten elkaar sturen. Wat niet is "
    "gemeld, telt niet mee. Het laatste halfjaar verandert daardoor nog.",
    "Een verschil zegt niet waardoor het komt. Daarvoor is een gesprek nodig tussen gemeenten, "
    "aanbieders, jeugdigen en ouders.",
    "Bij kleine aantallen speelt toeval een grote rol. Waar dat zo is, staat het erbij.",
    "Cijfers over minder dan tien jeugdigen zijn afgeschermd, en soms ook een cijfer ernaast, "
    "zodat niemand te herkennen is.",
)


def limits(plan: EditionPlan, figures: tuple[Figure, ...]) -> tuple[str, ...]:
    """What this edition cannot say, beginning with what holds for this one in particular."""
    special = []
    late = next((f for f in figures if f.code == "declaration_lag_p50"), None)
    if late is not None and late.now.known and late.now.value is not None:
        special.append(
            "De helft van de declaraties komt binnen "
            f"{amount(Kind.DAYS, late.now.value)} na afloop van de zorg of eerder; de rest komt "
            "later. Verwachte late declaraties zijn daarom bijgeschat."
        )
    response = next((f for f in figures if f.code == "outcome_response"), None)
    if response is not None and response.now.known:
        special.append(
            f"Van {shown(Kind.SHARE, response.now)} van de beëindigde trajecten is een "
            "uitkomstmeting bekend. De cijfers over tevredenheid gaan alleen over hen."
        )
    if plan.is_baseline:
        special.append(
            "Dit is een nulmeting: de indeling in segmenten gaat later in en is hier toegepast op "
            "de jeugdhulp van nu."
        )
    return (*special, *LIMITS)
