"""The stored content of an edition with Dutch names, for programs.

What an edition says was suppressed for its readers when it was made; nothing is computed here.
"""

from typing import Any

NAMES = {
    "as_of": "bekendTotEnMet", "budget": "begroting", "budget_note": "opmerkingBegroting",
    "cases": "aantal", "categories": "categorieen", "centre": "midden",
    "client_share": "aandeelClienten", "clients": "clienten", "code": "code",
    "completed": "aangevuld", "concluded_on": "vastgesteldOp", "cutoff_run": "totEnMetAanlevering",
    "decided": "besloten", "definition": "omschrijving", "definitions": "definities",
    "denominator": "noemer", "due_on": "uiterlijk", "expected": "verwacht",
    "explanation": "toelichting", "fan": "prognose", "far": "grens998", "fictitious": "fictief",
    "figure_code": "indicator", "figures": "cijfers", "flow": "stroom", "for_councils": "voorRaden",
    "funnels": "trechters", "goals": "doelen", "half_year": "halfjaar",
    "half_year_title": "halfjaarVoluit", "heard": "gehoord", "hhi": "hhi", "hidden": "afgeschermd",
    "high": "bovengrens", "high80": "boven80", "high95": "boven95", "inflow": "instroom",
    "is_baseline": "nulmeting", "is_demo": "demonstratie", "judged": "oordelen",
    "judgement": "oordeelVanPartijen", "key_figures": "kerncijfers", "kind": "soort",
    "known_on": "bekendOp", "labels": "halfjaren", "limits": "watDeCijfersNietZeggen",
    "low": "ondergrens", "low80": "onder80", "low95": "onder95", "made_on": "gemaaktOp",
    "market": "markt", "meaning": "watHetBetekent", "money": "geld", "months": "maanden",
    "municipality": "gemeente", "name": "naam", "near": "grens95", "no_figure": "geenCijferWant",
    "norm": "norm", "note": "opmerking", "notes": "kanttekeningen", "now": "nu", "number": "nummer",
    "numerator": "teller", "observed": "bekend", "organisation": "organisatie",
    "outcome": "uitkomst", "outflow": "uitstroom", "points": "punten", "polarity": "gunstig",
    "previous": "vorigHalfjaar", "providers": "aanbieders", "quality": "gegevenskwaliteit",
    "region": "regio", "rows": "rijen", "savings": "besparing", "scheme": "indeling",
    "segment": "segment", "segments": "segmenten", "sentences": "zinnen", "source": "bron",
    "spend": "kosten", "spend_share": "aandeelKosten", "stated_budget": "aandeelBudgetInDocument",
    "stated_clients": "aandeelClientenInDocument", "sub_goals": "subdoelen",
    "subtitle": "ondertitel", "summary": "samenvatting", "takes_part": "deelname",
    "target": "streefwaarde", "tasks": "ontwikkelopgaven", "text": "tekst", "title": "titel",
    "tone": "toon", "too_small": "teKlein", "top3_spend": "aandeelTop3",
    "top7_spend": "aandeelTop7",
    "total": "totaal", "transformation": "transformatie", "trend": "verloop", "trends": "verlopen",
    "turning_point": "omslagpunt", "use": "benut", "value": "waarde", "waiting": "wachten",
    "lines": "regels", "mirror": "spiegel", "own": "eigen", "provider": "aanbieder",
    "verdict": "oordeelToeval", "aimed": "beoogd", "answer": "antwoord",
    "answered": "beantwoordeVragen", "here": "hier", "key": "sleutel",
    "national": "landelijk", "panels": "gemeenten", "places": "perGemeente",
    "promises": "beloften", "question": "vraag", "reached": "bereikt", "review": "evaluatie",
    "status": "stand", "there": "nederland",
    "year": "jaar", "year_ago": "jaarEerder", "years": "jaren",
    "amounts": "bedragen", "known": "watWeAlWeten", "lessons": "geleerd", "seen": "duidingen",
    "reason": "waarom", "what": "wat", "who": "wie",
    "agreed": "afgesproken", "told": "hoeAfgesproken",
}  # fmt: skip
WORDS: dict[str, dict[Any, str]] = {
    "kind": {
        "count": "aantal", "total": "totaal", "share": "aandeel", "days": "dagen",
        "mark": "rapportcijfer", "rate": "verhouding", "money": "euro", "index": "index",
    },
    "tone": {"good": "gunstig", "bad": "ongunstig", "note": "let-op", "plain": "gewoon"},
    "polarity": {1: "hoger", -1: "lager", 0: "geen"},
}  # fmt: skip


def in_dutch(value: Any) -> Any:
    """Plain values of an edition with the names of the API. A name it does not know is a fault."""
    if isinstance(value, dict):
        return {NAMES[name]: _word(name, inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [in_dutch(inner) for inner in value]
    return value


def _word(name: str, value: Any) -> Any:
    words = WORDS.get(name, {})
    return words.get(value, value) if isinstance(value, str | int) else in_dutch(value)
