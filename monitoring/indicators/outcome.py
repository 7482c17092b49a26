"""Outcome: the national set of the Informatieprotocol Beleidsinformatie Jeugd v7, chapter 4."""

from ..enums import Feed, Kind, Polarity, Theme
from .definition import MARK, SHARE, Indicator, Source

# JZ588, without the reasons that are no outflow (20, 36, 37).
END_REASONS = {
    "02": "overlijden",
    "31": "volgens plan",
    "32": "voortijdig, door de cliënt",
    "33": "voortijdig, door de aanbieder",
    "34": "voortijdig, in overleg",
    "35": "voortijdig, door een externe oorzaak",
    "38": "overstap naar een andere aanbieder",
    "39": "uitstroom naar een ander domein",
}


def _share(code: str, name: str, definition: str, source: Source, **rest: object) -> Indicator:
    return Indicator(
        code=code,
        name=name,
        definition=definition,
        theme=Theme.OUTCOME,
        kind=Kind.SHARE,
        unit=SHARE,
        source=source,
        **rest,  # type: ignore[arg-type]
    )


def _end_reason(reason: str, words: str) -> Indicator:
    return _share(
        f"end_reason:{reason}",
        f"Reden van einde: {words}",
        f"Van de uitstroom: het aandeel met reden {reason} ({words}).",
        Source.OUTFLOW,
        numerator=f"count(*) FILTER (WHERE reason = '{reason}')",
        denominator="count(*)",
        variant_of="outflow",
    )


def _satisfaction(informant: str, who: str, variant: str = "") -> Indicator:
    rows = f"informant = '{informant}'"
    words = ""
    if variant:
        rows += " AND forced" if variant == "forced" else " AND NOT forced"
        words = ", gedwongen kader" if variant == "forced" else ", vrijwillig kader"
    code = f"satisfaction_{informant}"
    return Indicator(
        code=f"{code}:{variant}" if variant else code,
        name=f"Tevredenheid over het nut ({who}{words})",
        definition="Het gemiddelde van de cijfers van 1 tot en met 10 in metingen van het "
        f"halfjaar bij {who}{words}."
        + (" Gedwongen: de laatste toewijzing noemt een juridische status." if variant else ""),
        theme=Theme.OUTCOME,
        kind=Kind.MEAN,
        unit=MARK,
        source=Source.MEASUREMENT,
        numerator=f"sum(mark) FILTER (WHERE {rows})",
        denominator=f"count(mark) FILTER (WHERE {rows})",
        polarity=Polarity.MORE,
        feed=Feed.TABLES,
        variant_of=code if variant else "",
    )


DROPOUT = (
    _share(
        "dropout_rate",
        "Uitval",
        "Van de uitstroom: het aandeel dat voortijdig stopte door de cliënt (32), door de "
        "aanbieder (33) of in overleg (34). Een externe oorzaak (35) telt niet als uitval.",
        Source.OUTFLOW,
        numerator="count(*) FILTER (WHERE reason IN ('32', '33', '34'))",
        denominator="count(*)",
        polarity=Polarity.LESS,
    ),
    _share(
        "dropout_rate:onesided",
        "Uitval, eenzijdig",
        "Van de uitstroom: het aandeel dat voortijdig stopte door de cliënt (32) of door de "
        "aanbieder (33).",
        Source.OUTFLOW,
        numerator="count(*) FILTER (WHERE reason IN ('32', '33'))",
        denominator="count(*)",
        polarity=Polarity.LESS,
        variant_of="dropout_rate",
    ),
    *(_end_reason(reason, words) for reason, words in END_REASONS.items()),
)

MEASURED = (
    _share(
        "without_help",
        "Zonder hulp verder",
        "Van de metingen in het halfjaar met een antwoord: het aandeel dat voorlopig (03) of "
        "helemaal (04) geen hulp meer nodig heeft.",
        Source.MEASUREMENT,
        numerator="count(*) FILTER (WHERE without_help IN ('03', '04'))",
        denominator="count(*) FILTER (WHERE without_help <> '')",
        polarity=Polarity.MORE,
        feed=Feed.TABLES,
    ),
    _share(
        "goal_attainment",
        "Doelrealisatie",
        "Van de metingen in het halfjaar met een antwoord over het afgesproken resultaat: het "
        "aandeel dat het resultaat bereikte.",
        Source.MEASUREMENT,
        numerator="count(*) FILTER (WHERE goal_reached)",
        denominator="count(goal_reached)",
        polarity=Polarity.MORE,
        feed=Feed.TABLES,
    ),
    *(
        _satisfaction(informant, who, variant)
        for informant, who in (("youth", "jeugdigen"), ("parent", "ouders"))
        for variant in ("", "forced", "free")
    ),
    _share(
        "outcome_response",
        "Respons",
        "Van de uitstroom: het aandeel trajecten met ten minste één meting.",
        Source.OUTFLOW,
        numerator="count(*) FILTER (WHERE measured)",
        denominator="count(*)",
        polarity=Polarity.MORE,
    ),
)

RETURN = (
    _share(
        "repeat_care_rate",
        "Terugkeer binnen een jaar",
        "Van de trajecten die een jaar eerder in hetzelfde halfjaar volgens plan (31) stopten: "
        "het aandeel waarvan de jeugdige op de 1e tot en met 365e dag daarna een traject begon. "
        "Hulp die al liep op de dag van het einde is geen terugkeer.",
        Source.RETURN,
        numerator="count(*) FILTER (WHERE returned)",
        denominator="count(*)",
        polarity=Polarity.LESS,
    ),
)

INDICATORS = (*DROPOUT, *MEASURED, *RETURN)
