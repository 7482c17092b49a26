"""Quality of the data: what the figures stand on."""

from ..enums import Cell, Guard, Kind, Polarity, Theme
from .definition import DAYS, SHARE, Indicator, Source


def _quality(code: str, name: str, definition: str, **rest: object) -> Indicator:
    settings = {"kind": Kind.SHARE, "unit": SHARE, "polarity": Polarity.LESS, **rest}
    return Indicator(
        code=code,
        name=name,
        definition=definition,
        theme=Theme.QUALITY,
        **settings,  # type: ignore[arg-type]
    )


INDICATORS = (
    _quality(
        "declaration_lag_p50",
        "Vertraging van declaraties (middelste waarde)",
        "Het aantal dagen van het einde van de productperiode tot het bericht waarin de regel het "
        "eerst werd gedeclareerd; de middelste waarde.",
        kind=Kind.PERCENTILE,
        unit=DAYS,
    ),
    _quality(
        "reject_share",
        "Aandeel afgekeurde regels",
        "Van de regels in berichten met een dagtekening in het halfjaar: het aandeel dat werd "
        "afgekeurd.",
        cells=frozenset({Cell.REGION}),
        guard=Guard.OPEN,
    ),
    _quality(
        "orphan_share",
        "Aandeel zonder toewijzing",
        "Van de starts, stops en declaratieregels met een eigen datum in het halfjaar: het "
        "aandeel waarbij geen toewijzing bekend is.",
        source=Source.RECORD,
        numerator="coalesce(sum(orphans), 0)",
        denominator="coalesce(sum(records), 0)",
    ),
    _quality(
        "retroactive_share",
        "Aandeel begonnen voor de toewijzing",
        "Van de instroom: het aandeel dat begon voor de datum van de eerste toewijzing.",
        source=Source.INFLOW,
        numerator="count(*) FILTER (WHERE retroactive)",
        denominator="count(*)",
    ),
    _quality(
        "missing_stop_share",
        "Aandeel zonder stopbericht",
        "Van de trajecten die in het halfjaar eindigden door een stopbericht of door het einde "
        "van de geldigheid: het aandeel dat eindigde door het einde van de geldigheid.",
        source=Source.ENDING,
        numerator="count(*) FILTER (WHERE by_validity)",
        denominator="count(*)",
    ),
)
