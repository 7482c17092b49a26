"""Volume and flow: how many youths and trajectories, in and out."""

from care.enums import REFERRER_NAMES

from ..enums import Cell, Guard, Kind, Polarity, Theme
from .definition import COUNT, DAYS, RATE, SHARE, Indicator, Source


def persons(condition: str = "true") -> str:
    """Distinct clients of the relation CARE; most have one row, the others need sorting out."""
    return (
        f"count(*) FILTER (WHERE sole AND {condition})"
        f" + count(DISTINCT client) FILTER (WHERE NOT sole AND {condition})"
    )


def volume(code: str, name: str, definition: str, **rest: object) -> Indicator:
    settings = {"kind": Kind.COUNT, "unit": COUNT, **rest}
    return Indicator(
        code=code,
        name=name,
        definition=definition,
        theme=Theme.VOLUME,
        **settings,  # type: ignore[arg-type]
    )


IN_CARE = (
    volume(
        "clients",
        "Jeugdigen met jeugdhulp",
        "Het aantal verschillende jeugdigen dat in het halfjaar een lopend traject had.",
        source=Source.CARE,
        numerator=persons(),
    ),
    volume(
        "clients_stay",
        "Jeugdigen met verblijf",
        "Het aantal verschillende jeugdigen dat in het halfjaar een lopend traject met verblijf "
        "had.",
        source=Source.CARE,
        numerator=persons("is_stay"),
        polarity=Polarity.LESS,
    ),
    volume(
        "clients_per_100",
        "Jeugdigen met jeugdhulp per 100 jeugdigen",
        "Het aantal jeugdigen met jeugdhulp, gedeeld door het aantal jeugdigen van 0 tot en met "
        "17 jaar op de eerste dag van het halfjaar (de laatste telling tot en met die dag), "
        "keer 100.",
        kind=Kind.RATE,
        unit=RATE,
        factor=100,
        cells=frozenset({Cell.REGION, Cell.MUNICIPALITY}),
    ),
    volume(
        "client_share",
        "Aandeel van de jeugdigen per categorie",
        "Het aantal jeugdigen met een lopend traject in de categorie, gedeeld door alle jeugdigen "
        "met jeugdhulp in de regio. Een jeugdige kan in meer categorieën meetellen.",
        kind=Kind.SHARE,
        unit=SHARE,
        cells=frozenset({Cell.CATEGORY}),
    ),
    volume(
        "providers",
        "Aantal aanbieders",
        "Het aantal verschillende aanbieders met een lopend traject in het halfjaar.",
        source=Source.PRESENCE,
        numerator="count(DISTINCT provider)",
        guard=Guard.OPEN,
    ),
)

FLOW = (
    volume(
        "inflow",
        "Instroom",
        "Het aantal trajecten dat in het halfjaar begon.",
        source=Source.INFLOW,
        numerator="count(*)",
    ),
    volume(
        "new_clients",
        "Nieuwe jeugdigen",
        "Het aantal verschillende jeugdigen in de instroom van wie in de 365 dagen voor dat begin "
        "geen enkel traject in de regio liep.",
        source=Source.INFLOW,
        numerator="count(DISTINCT client) FILTER (WHERE is_new)",
    ),
    volume(
        "outflow",
        "Uitstroom",
        "Het aantal trajecten dat in het halfjaar stopte. Tijdelijk beëindigd (20), gestopt door "
        "de gemeente bij een gewijzigde toewijzing (36) en gestopt wegens een wijzigingsverzoek "
        "(37) tellen niet mee.",
        source=Source.OUTFLOW,
        numerator="count(*)",
    ),
)


def _ended(code: str, name: str, reason: str, words: str, polarity: Polarity) -> Indicator:
    return volume(
        code,
        name,
        f"Het aantal trajecten in de uitstroom met reden {reason} ({words}); de noemer is de "
        "hele uitstroom.",
        source=Source.OUTFLOW,
        numerator=f"count(*) FILTER (WHERE reason = '{reason}')",
        denominator="count(*)",
        polarity=polarity,
    )


ENDED = (
    _ended("outflow_plan", "Uitstroom volgens plan", "31", "volgens plan", Polarity.MORE),
    _ended(
        "outflow_provider", "Uitstroom naar andere aanbieder", "38",
        "overstap naar een andere aanbieder", Polarity.NEITHER,
    ),
    _ended(
        "outflow_domain", "Uitstroom naar ander domein", "39",
        "verder in een ander domein", Polarity.NEITHER,
    ),
)  # fmt: skip


def _duration(code: str, name: str, share: str, words: str) -> Indicator:
    return volume(
        code,
        name,
        f"Van de uitstroom: het aantal dagen van begin tot en met de laatste dag, {words}.",
        kind=Kind.PERCENTILE,
        unit=DAYS,
        source=Source.OUTFLOW,
        statistic=f"percentile_cont({share}) WITHIN GROUP (ORDER BY duration)",
        denominator="count(*)",
        polarity=Polarity.LESS,
    )


DURATIONS = (
    _duration("duration_p50", "Doorlooptijd (middelste waarde)", "0.5", "de middelste waarde"),
    _duration("duration_p90", "Doorlooptijd (90 %)", "0.9", "de waarde waar 90 % onder blijft"),
)


def _referrer(code: str, words: str, condition: str) -> Indicator:
    return volume(
        f"referrer_share_{code}",
        f"Aandeel verwezen: {words}",
        f"Van de instroom: het aandeel met als verwijzer {words}. De verwijzer staat alleen in "
        "een verzoek om toewijzing (JW315) of in een aanlevering met een tabel.",
        kind=Kind.SHARE,
        unit=SHARE,
        source=Source.INFLOW,
        numerator=f"count(*) FILTER (WHERE {condition})",
        denominator="count(*)",
        variant_of="inflow",
    )


KNOWN = ", ".join(f"'{code}'" for code in REFERRER_NAMES)
REFERRER_SHARES = (
    *(_referrer(code, words, f"referrer = '{code}'") for code, words in REFERRER_NAMES.items()),
    _referrer("unknown", "onbekend", f"referrer NOT IN ({KNOWN})"),
)

INDICATORS = (*IN_CARE, *FLOW, *ENDED, *DURATIONS, *REFERRER_SHARES)
