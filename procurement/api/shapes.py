"""A contract as it reads on a day, and what differs between two days, in the API."""

from typing import Any

from rest_framework import serializers

from core.api.rest import Day, Rows, Text, Whole

from ..domain.reading import Difference, Fact, Reading


class DayQuery(serializers.Serializer[Any]):
    op = serializers.DateField(required=False)


class PeriodQuery(serializers.Serializer[Any]):
    van = serializers.DateField()
    tot = serializers.DateField()


class FactShape(Rows):
    naam = Text()
    tekst = Text()

    class Meta:
        ref_name = "Contractafspraak"


class ItemShape(Rows):
    onderdeel = Text(help_text="Soort onderdeel, zoals fase, product of clausule.")
    sleutel = Text(help_text="Wat hetzelfde blijft als het onderdeel verandert.")
    titel = Text()
    afspraken = FactShape(many=True)

    class Meta:
        ref_name = "Contractonderdeel"


class ReadingShape(Rows):
    op = Day()
    stand = Text()
    versie = Whole(allow_null=True, help_text="Leeg: er is nooit iets veranderd.")
    afspraken = FactShape(many=True)
    onderdelen = ItemShape(many=True)

    class Meta:
        ref_name = "Contracttekst"


class ChangeShape(Rows):
    naam = Text()
    eerst = Text(allow_blank=True)
    daarna = Text(allow_blank=True)

    class Meta:
        ref_name = "Tekstwijziging"


class DifferenceShape(Rows):
    onderdeel = Text()
    titel = Text()
    wat = Text(help_text="erbij, vervallen of veranderd")
    wijzigingen = ChangeShape(many=True)

    class Meta:
        ref_name = "Contractverschil"


def _facts(facts: tuple[Fact, ...]) -> list[dict[str, str]]:
    return [{"naam": fact.label, "tekst": fact.text} for fact in facts]


def reading(found: Reading) -> dict[str, Any]:
    return {
        "op": found.day.isoformat(),
        "stand": found.state,
        "versie": found.version,
        "afspraken": _facts(found.head),
        "onderdelen": [
            {
                "onderdeel": item.part,
                "sleutel": item.key,
                "titel": item.title,
                "afspraken": _facts(item.facts),
            }
            for item in found.items
        ],
    }


def difference(found: Difference) -> dict[str, Any]:
    return {
        "onderdeel": found.part,
        "titel": found.title,
        "wat": found.what,
        "wijzigingen": [
            {"naam": change.label, "eerst": change.before, "daarna": change.after}
            for change in found.changes
        ],
    }
