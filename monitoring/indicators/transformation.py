"""Transformation: less stay, lighter care, less moving around."""

from ..enums import Feed, Kind, Polarity, Theme
from .definition import COUNT, DAYS, SHARE, Indicator, Source
from .money import CLIENTS, PROVIDERS
from .volume import persons


def _share(code: str, name: str, definition: str, **rest: object) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        definition=definition,
        theme=Theme.TRANSFORMATION,
        kind=Kind.SHARE,
        unit=SHARE,
        **rest,  # type: ignore[arg-type]
    )


STAY = (
    Indicator(
        code="stay_share",
        name="Aandeel verblijf in de kosten",
        definition="De kosten van producten met verblijf, gedeeld door alle kosten.",
        theme=Theme.TRANSFORMATION,
        kind=Kind.MONEY_SHARE,
        unit=SHARE,
        source=Source.MONEY,
        numerator="coalesce(sum(amount) FILTER (WHERE is_stay), 0) / 100",
        denominator="sum(amount) / 100",
        cases=CLIENTS,
        parties=PROVIDERS,
        polarity=Polarity.LESS,
    ),
    Indicator(
        code="stay_days",
        name="Verblijfsdagen",
        definition="Het aantal dagen in het halfjaar waarop een traject met verblijf liep, bij "
        "elkaar opgeteld; onderbrekingen tellen mee.",
        theme=Theme.TRANSFORMATION,
        kind=Kind.COUNT,
        unit=DAYS,
        source=Source.CARE,
        numerator="coalesce(sum(days) FILTER (WHERE is_stay), 0)",
        cases=persons("is_stay"),
        polarity=Polarity.LESS,
    ),
    _share(
        "in_region_stay",
        "Verblijf in de regio",
        "Van de jeugdigen met verblijf in het halfjaar van wie de plaats bekend is: het aandeel "
        "in een gemeente van de regio. Bij meer plaatsen telt het traject dat het laatst begon.",
        polarity=Polarity.MORE,
        feed=Feed.TABLES,
    ),
)

WINDOWS = (
    _share(
        "heavy_to_light",
        "Van zwaar naar licht",
        "Van de uitstroom uit verblijf: het aandeel waarvan de jeugdige in de 90 dagen daarna een "
        "traject zonder verblijf had lopen en geen traject met verblijf. Alleen als die 90 dagen "
        "voorbij zijn.",
        source=Source.OUTFLOW,
        numerator="count(*) FILTER (WHERE is_stay AND window_closed AND light_after"
        " AND NOT stay_after)",
        denominator="count(*) FILTER (WHERE is_stay AND window_closed)",
        polarity=Polarity.MORE,
    ),
    _share(
        "lighter_to_heavier",
        "Van licht naar zwaar",
        "Van de uitstroom uit hulp zonder verblijf: het aandeel waarvan de jeugdige in de 90 "
        "dagen daarna een traject met verblijf had lopen. Alleen als die 90 dagen voorbij zijn.",
        source=Source.OUTFLOW,
        numerator="count(*) FILTER (WHERE NOT is_stay AND window_closed AND stay_after)",
        denominator="count(*) FILTER (WHERE NOT is_stay AND window_closed)",
        polarity=Polarity.LESS,
    ),
    Indicator(
        code="onward_placements",
        name="Doorplaatsingen",
        definition="Het aantal trajecten met verblijf dat in het halfjaar begon en waarvan de "
        "jeugdige in de 30 dagen ervoor stopte met een ander verblijf, bij een andere aanbieder "
        "of met een ander product.",
        theme=Theme.TRANSFORMATION,
        kind=Kind.COUNT,
        unit=COUNT,
        source=Source.INFLOW,
        numerator="count(*) FILTER (WHERE onward)",
        polarity=Polarity.LESS,
    ),
    _share(
        "extension_rate",
        "Verlengingen",
        "Van de toewijzingen waarvan de geldigheid in het halfjaar eindigde: het aandeel dat "
        "binnen 30 dagen werd gevolgd door een toewijzing van dezelfde jeugdige, aanbieder en "
        "productcategorie. Alleen als die 30 dagen voorbij zijn.",
        source=Source.EXPIRED,
        numerator="count(*) FILTER (WHERE followed)",
        denominator="count(*)",
        polarity=Polarity.LESS,
    ),
)

STACKED = (
    _share(
        "stacked_care",
        "Stapeling",
        "Van de jeugdigen met jeugdhulp op de laatste dag van het halfjaar: het aandeel met twee "
        "of meer lopende trajecten in de regio.",
        source=Source.CARE,
        numerator="count(DISTINCT client) FILTER (WHERE at_end AND running >= 2)",
        denominator=persons("at_end"),
        polarity=Polarity.LESS,
    ),
    _share(
        "stacked_providers_3",
        "Stapeling bij drie of meer aanbieders",
        "Van de jeugdigen met jeugdhulp op de laatste dag van het halfjaar: het aandeel met "
        "lopende trajecten bij drie of meer aanbieders.",
        source=Source.CARE,
        numerator="count(DISTINCT client) FILTER (WHERE at_end AND running_providers >= 3)",
        denominator=persons("at_end"),
        polarity=Polarity.LESS,
    ),
)

INDICATORS = (*STAY, *WINDOWS, *STACKED)
