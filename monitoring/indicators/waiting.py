"""Waiting: between the allocation and the first day of care."""

from ..enums import Feed, Kind, Polarity, Theme
from .definition import COUNT, DAYS, SHARE, Indicator, Source


def _wait(code: str, name: str, share: str, words: str) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        definition="Van de instroom: het aantal dagen van de datum van de eerste toewijzing tot "
        f"het begin van de hulp, {words}. Begon de hulp eerder, dan telt 0.",
        theme=Theme.WAITING,
        kind=Kind.PERCENTILE,
        unit=DAYS,
        source=Source.INFLOW,
        statistic=f"percentile_cont({share}) WITHIN GROUP (ORDER BY wait)",
        denominator="count(*)",
        polarity=Polarity.LESS,
    )


INDICATORS = (
    _wait(
        "wait_p50",
        "Wachttijd van gestarte trajecten (middelste waarde)",
        "0.5",
        "de middelste waarde",
    ),
    _wait(
        "wait_p90",
        "Wachttijd van gestarte trajecten (90 %)",
        "0.9",
        "de waarde waar 90 % onder blijft",
    ),
    Indicator(
        code="wait_within_norm",
        name="Gestart binnen de norm",
        definition="Het aandeel van de instroom met een wachttijd van ten hoogste de norm die de "
        "regio voor het segment stelt. Trajecten van een segment zonder norm tellen niet mee.",
        theme=Theme.WAITING,
        kind=Kind.SHARE,
        unit=SHARE,
        source=Source.INFLOW,
        numerator="count(*) FILTER (WHERE wait <= norm)",
        denominator="count(norm)",
        polarity=Polarity.MORE,
    ),
    Indicator(
        code="waiting",
        name="Wachtenden",
        definition="Het aantal toewijzingen dat op de laatste dag van het halfjaar geldig is en "
        "waarvan de hulp op die dag nog niet was begonnen.",
        theme=Theme.WAITING,
        kind=Kind.COUNT,
        unit=COUNT,
        source=Source.WAITING,
        numerator="count(*)",
        polarity=Polarity.LESS,
    ),
    Indicator(
        code="waiting_p50",
        name="Wachttijd van wachtenden (middelste waarde)",
        definition="Van de wachtenden: het aantal dagen sinds de datum van de eerste toewijzing, "
        "op de laatste dag van het halfjaar; de middelste waarde.",
        theme=Theme.WAITING,
        kind=Kind.PERCENTILE,
        unit=DAYS,
        source=Source.WAITING,
        statistic="percentile_cont(0.5) WITHIN GROUP (ORDER BY days)",
        denominator="count(*)",
        polarity=Polarity.LESS,
    ),
    Indicator(
        code="crisis_within_24h",
        name="Crisishulp binnen 24 uur",
        definition="Door aanbieders aangeleverd: het aantal crisismeldingen met eerste hulp binnen "
        "24 uur, gedeeld door alle crisismeldingen.",
        theme=Theme.WAITING,
        kind=Kind.SHARE,
        unit=SHARE,
        polarity=Polarity.MORE,
        feed=Feed.DELIVERY,
    ),
)
