"""The description of the open data: DCAT-AP-NL 3.0 as JSON-LD."""

from dataclasses import dataclass
from typing import Any

PROFILE = "https://docs.geostandaarden.nl/dcat/dcat-ap-nl30/"
LANGUAGE = "http://publications.europa.eu/resource/authority/language/NLD"
LICENCE = "http://creativecommons.org/publicdomain/zero/1.0/deed.nl"
THEME = "http://publications.europa.eu/resource/authority/data-theme/HEAL"
PUBLIC = "http://publications.europa.eu/resource/authority/access-right/PUBLIC"
FILE_TYPE = "http://publications.europa.eu/resource/authority/file-type/"
MEDIA_TYPE = "http://www.iana.org/assignments/media-types/"


@dataclass(frozen=True)
class Dataset:
    """What is described: addresses are absolute, `issued` and `modified` ISO dates."""

    address: str
    title: str
    description: str
    publisher: str
    issued: str
    modified: str
    start: str
    end: str
    csv: str
    json: str


def describe(dataset: Dataset) -> dict[str, Any]:
    """The dataset with its two distributions."""
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": dataset.address,
        "@type": "dcat:Dataset",
        "dct:conformsTo": {"@id": PROFILE},
        "dct:identifier": dataset.address,
        "dct:title": _dutch(dataset.title),
        "dct:description": _dutch(dataset.description),
        "dct:language": {"@id": LANGUAGE},
        "dct:accessRights": {"@id": PUBLIC},
        "dcat:theme": [{"@id": THEME}],
        "dcat:keyword": [_dutch(word) for word in ("jeugdhulp", "jeugdzorg", "gemeenten")],
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": _dutch(dataset.publisher)},
        "dcat:contactPoint": {"@id": dataset.address},
        "dct:issued": _day(dataset.issued),
        "dct:modified": _day(dataset.modified),
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _day(dataset.start),
            "dcat:endDate": _day(dataset.end),
        },
        "dcat:distribution": [
            _distribution(dataset.csv, "CSV", "text/csv"),
            _distribution(dataset.json, "JSON", "application/json"),
        ],
    }


def _distribution(address: str, kind: str, media_type: str) -> dict[str, Any]:
    return {
        "@id": address,
        "@type": "dcat:Distribution",
        "dct:title": _dutch(f"Cijfers als {kind}"),
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dct:license": {"@id": LICENCE},
        "dct:format": {"@id": f"{FILE_TYPE}{kind}"},
        "dcat:mediaType": {"@id": f"{MEDIA_TYPE}{media_type}"},
    }


def _dutch(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "nl"}


def _day(day: str) -> dict[str, str]:
    return {"@value": day, "@type": "xsd:date"}
