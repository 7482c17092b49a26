"""Money and market. Amounts in `fact_money` are signed cents; figures are euros."""

from ..enums import Cell, Feed, Guard, Kind, Polarity, Theme
from .definition import EUROS, POINTS, PRICE, SHARE, Indicator, Source

# Distinct clients and providers; most clients have one row, the others need sorting out.
CLIENTS = "count(client) FILTER (WHERE sole) + count(DISTINCT client) FILTER (WHERE NOT sole)"
PROVIDERS = "count(DISTINCT provider)"
BEHIND = {"cases": CLIENTS, "parties": PROVIDERS}
BUDGETED = frozenset({Cell.REGION, Cell.MUNICIPALITY, Cell.SEGMENT, Cell.MUNICIPALITY_SEGMENT})


def _money(code: str, name: str, definition: str, **rest: object) -> Indicator:
    settings = {"kind": Kind.MONEY, "unit": EUROS, **rest}
    return Indicator(
        code=code,
        name=name,
        definition=definition,
        theme=Theme.MONEY,
        **settings,  # type: ignore[arg-type]
    )


SPEND = (
    _money(
        "spend",
        "Kosten",
        "De gedeclareerde bedragen waarvan de productperiode in het halfjaar begint, zonder "
        "afgewezen regels, en de termijnbetalingen waarvan de periode in het halfjaar begint.",
        source=Source.MONEY,
        numerator="coalesce(sum(amount), 0) / 100",
        **BEHIND,
    ),
    _money(
        "spend_submitted",
        "Ingediende kosten",
        "De gedeclareerde bedragen van het halfjaar met de afgewezen regels erbij, en de "
        "termijnbetalingen.",
        source=Source.MONEY,
        numerator="coalesce(sum(submitted), 0) / 100",
        **BEHIND,
    ),
    _money(
        "refused_share",
        "Aandeel afgewezen",
        "Het bedrag van afgewezen declaratieregels, gedeeld door het ingediende bedrag.",
        kind=Kind.MONEY_SHARE,
        unit=SHARE,
        source=Source.MONEY,
        numerator="coalesce(sum(refused), 0) / 100",
        denominator="sum(submitted) / 100",
        polarity=Polarity.LESS,
        **BEHIND,
    ),
    _money(
        "spend_per_client",
        "Kosten per jeugdige",
        "De kosten van het halfjaar, gedeeld door het aantal jeugdigen met jeugdhulp.",
        kind=Kind.MEAN,
        unit=EUROS,
        polarity=Polarity.LESS,
        guard=Guard.SPEND,
    ),
    _money(
        "spend_share",
        "Aandeel van de kosten per categorie",
        "De kosten van de categorie, gedeeld door alle kosten van de regio.",
        kind=Kind.MONEY_SHARE,
        unit=SHARE,
        cells=frozenset({Cell.CATEGORY}),
    ),
    _money(
        "spend_completed",
        "Verwachte kosten",
        "De kosten van het halfjaar, aangevuld met wat naar verwachting nog wordt gedeclareerd, "
        "met een interval van 95 %.",
        feed=Feed.FINANCE,
    ),
    _money(
        "budget",
        "Begroting",
        "De begroting voor het halfjaar. Is er alleen een bedrag voor het jaar, dan telt de helft.",
        cells=BUDGETED,
        feed=Feed.FINANCE,
        guard=Guard.OPEN,
    ),
    _money(
        "budget_use",
        "Uitputting van de begroting",
        "De verwachte kosten, gedeeld door de begroting.",
        kind=Kind.MONEY_SHARE,
        unit=SHARE,
        polarity=Polarity.LESS,
        cells=BUDGETED,
        feed=Feed.FINANCE,
    ),
)


def _top(number: int, words: str, by: str) -> Indicator:
    clients = by == "clients"
    code = f"top_share_{number}"
    return _money(
        f"{code}:clients" if clients else code,
        f"Marktaandeel van de {words} grootste aanbieders"
        + (" (naar jeugdigen)" if clients else ""),
        f"Binnen het segment: het deel van de {'jeugdigen' if clients else 'kosten'} bij de "
        f"{words} aanbieders met de meeste {'jeugdigen' if clients else 'kosten'}."
        + (" Een jeugdige telt bij elke aanbieder mee." if clients else ""),
        kind=Kind.MONEY_SHARE,
        unit=SHARE,
        cells=frozenset({Cell.SEGMENT}),
        variant_of=code if clients else "",
    )


def _concentration(by: str) -> Indicator:
    clients = by == "clients"
    return _money(
        "hhi:clients" if clients else "hhi",
        "Concentratie (HHI)" + (" naar jeugdigen" if clients else ""),
        "De Herfindahl-Hirschman-index van het segment: de som van de gekwadrateerde "
        f"marktaandelen naar {'jeugdigen' if clients else 'kosten'}, van bijna 0 (veel kleine "
        "aanbieders) tot 10.000 (één aanbieder).",
        kind=Kind.INDEX,
        unit=POINTS,
        cells=frozenset({Cell.SEGMENT}),
        variant_of="hhi" if clients else "",
    )


MARKET = (
    _top(3, "drie", "spend"),
    _top(7, "zeven", "spend"),
    _top(3, "drie", "clients"),
    _top(7, "zeven", "clients"),
    _concentration("spend"),
    _concentration("clients"),
    _money(
        "tariff_deviation",
        "Afwijking van het tarief",
        "Van het gedeclareerde bedrag met een tarief, bij producten waarvoor op de eerste dag van "
        "de productperiode een tarief geldt: het deel met een ander tarief dan is afgesproken.",
        kind=Kind.MONEY_SHARE,
        unit=SHARE,
        source=Source.MONEY,
        numerator="coalesce(sum(deviating), 0) / 100",
        denominator="sum(tariffed) / 100",
        polarity=Polarity.LESS,
        **BEHIND,
    ),
)


def unit_price(product: str = "", unit: str = "") -> Indicator:
    """The average price of one product and unit: codes 'unit_price:45A48:01'."""
    which = f" van {product} per eenheid {unit}" if product else ""
    return _money(
        f"unit_price:{product}:{unit}" if product else "unit_price",
        f"Gemiddelde prijs{which}",
        f"De som van de bedragen gedeeld door de som van het volume{which}, zonder afgewezen "
        "regels; creditregels tellen negatief.",
        kind=Kind.MEAN,
        unit=PRICE,
        cells=frozenset({Cell.REGION, Cell.PROVIDER}),
        guard=Guard.SPEND,
        variant_of="unit_price" if product else "",
    )


INDICATORS = (*SPEND, *MARKET, unit_price())
