"""The description of the open data: DCAT-AP-NL 3.0 as JSON-LD.

Terms of value lists bear their class, so that a validator need not fetch the lists.
"""

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
    """What is described: addresses are absolute, `issued` and `modified` ISO dates. `page` is
    where people read it, `report` what explains it."""

    address: str
    page: str
    report: str
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
            "skos": "http://www.w3.org/2004/02/skos/core#",
            "vcard": "http://www.w3.org/2006/vcard/ns#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": dataset.address,
        "@type": "dcat:Dataset",
        "dct:conformsTo": _term(PROFILE, "dct:Standard"),
        "dct:identifier": dataset.address,
        "dct:title": _dutch(dataset.title),
        "dct:description": _dutch(dataset.description),
        "dct:language": _term(LANGUAGE, "dct:LinguisticSystem"),
        "dct:accessRights": _term(PUBLIC, "dct:RightsStatement"),
        "dcat:theme": [{**_term(THEME, "skos:Concept"), "skos:prefLabel": _dutch("Gezondheid")}],
        "dcat:keyword": [_dutch(word) for word in ("jeugdhulp", "jeugdzorg", "gemeenten")],
        "dct:creator": _organisation(dataset),
        "dct:publisher": _organisation(dataset),
        "dcat:contactPoint": {
            "@type": ["vcard:Kind", "vcard:Organization"],
            "vcard:fn": _dutch(dataset.publisher),
            "vcard:hasURL": {"@id": dataset.page},
        },
        "dcat:landingPage": _term(dataset.page, "foaf:Document"),
        "foaf:page": _term(dataset.report, "foaf:Document"),
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
        "dct:language": _term(LANGUAGE, "dct:LinguisticSystem"),
        "dcat:accessURL": {"@id": address},
        "dcat:downloadURL": {"@id": address},
        "dct:license": _term(LICENCE, "dct:LicenseDocument"),
        "dct:format": _term(f"{FILE_TYPE}{kind}", "dct:MediaTypeOrExtent"),
        "dcat:mediaType": _term(f"{MEDIA_TYPE}{media_type}", "dct:MediaType"),
    }


def _organisation(dataset: Dataset) -> dict[str, Any]:
    """Who makes and publishes: one and the same, known by its address here."""
    return {
        "@id": f"{dataset.page}#organisatie",
        "@type": "foaf:Agent",
        "foaf:name": _dutch(dataset.publisher),
    }


def _term(address: str, kind: str) -> dict[str, str]:
    return {"@id": address, "@type": kind}


def _dutch(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "nl"}


def _day(day: str) -> dict[str, str]:
    return {"@value": day, "@type": "xsd:date"}
