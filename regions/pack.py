"""The region's part of a pack: who we are. Keys: regio, gemeenten, groepen, subregio's."""

from typing import Any

from core.packs import Node, save_or_complain

from . import pack_parties
from .enums import OrganisationKind, SourceStatus
from .models import (
    Municipality,
    MunicipalityGroup,
    Organisation,
    Region,
    RegionMembership,
    SubRegion,
)

KEYS = ("regio", "gemeenten", "groepen", "subregios", *pack_parties.KEYS)
CERTAINTY = {
    "vermeld": SourceStatus.STATED,
    "afgeleid": SourceStatus.DERIVED,
    "fictief": SourceStatus.FICTITIOUS,
}


def read(pack: Node, context: dict[str, Any]) -> None:
    """Puts `region` and `municipalities` (by gm_code) in the context."""
    head = pack.get("regio")
    if head is None:
        pack.problem("het veld 'regio' ontbreekt")
        return
    region = _read_region(head)
    if region is None:
        return
    context["region"] = region
    known = context["municipalities"] = {}
    for node in pack.items("gemeenten"):
        _read_municipality(node, region, known)
    for node in pack.items("groepen"):
        _read_group(node, region, known)
    for node in pack.items("subregios"):
        _read_sub_region(node, region, known)
    pack_parties.read(pack, region, context)


def _read_region(node: Node) -> Region | None:
    node.only(
        "code", "naam", "organisatie", "jeugdregio", "omschrijving", "demonstratie",
        "kanttekeningen",
    )  # fmt: skip
    slug, name = node.text("code", max_length=40), node.text("naam", max_length=120)
    if node.problems:
        return None
    region = Region.objects.filter(slug=slug).first() or Region(slug=slug)
    region.name = name
    region.youth_region = node.text("jeugdregio", region.youth_region)
    region.description = node.text("omschrijving", region.description)
    region.is_demo = node.flag("demonstratie", region.is_demo)
    region.notes = read_notes(node) or region.notes
    region.organisation = _organisation_of(region, node.text("organisatie", name))
    return region if save_or_complain(region, node) else None


def _organisation_of(region: Region, name: str) -> Organisation:
    organisation = (
        region.organisation
        if region.organisation_id
        else Organisation(kind=OrganisationKind.REGIONAL)
    )
    organisation.name = name
    organisation.save()
    return organisation


def read_notes(node: Node) -> list[dict[str, str]]:
    """Remarks on what the documents leave open or contradict: text and source; and, where a
    council must know it to read the figures, the words for councils."""
    notes = []
    for item in node.items("kanttekeningen"):
        item.only("tekst", "raad", "bron")
        note = {"text": item.text("tekst"), "source": item.text("bron", "")}
        notes.append(note | filled({"council": item.text("raad", "")}))
    return notes


def write_notes(notes: list[dict[str, str]]) -> list[dict[str, str]]:
    return [
        filled({"tekst": n["text"], "raad": n.get("council", ""), "bron": n.get("source", "")})
        for n in notes
    ]


def _read_municipality(node: Node, region: Region, known: dict[str, Municipality]) -> None:
    node.only("code", "naam", "andere_namen", "vanaf", "tot", "bron", "zekerheid")
    code = node.text("code", max_length=4)
    municipality = known.get(code) or _municipality(code, node)
    if municipality is None:
        return
    known[code] = municipality
    start, end = node.day("vanaf"), node.day("tot", None)
    membership = RegionMembership.objects.filter(
        region=region, municipality=municipality, valid_from=start
    ).first() or RegionMembership(region=region, municipality=municipality, valid_from=start)
    membership.valid_to = end
    membership.source = node.text("bron", "")
    membership.source_status = node.choice("zekerheid", CERTAINTY, SourceStatus.STATED)
    if start is not None:
        save_or_complain(membership, node)


def _municipality(code: str, node: Node) -> Municipality | None:
    found = Municipality.objects.filter(gm_code=code).first()
    if found is not None:
        return found
    name = node.text("naam", max_length=80)
    organisation = Organisation.objects.create(kind=OrganisationKind.MUNICIPALITY, name=name)
    municipality = Municipality(
        organisation=organisation, gm_code=code, name=name, aliases=node.texts("andere_namen")
    )
    return municipality if save_or_complain(municipality, node) else None


def _members(node: Node, known: dict[str, Municipality]) -> list[Municipality]:
    members = []
    for item in node.items("gemeenten"):
        if item.as_text() in known:
            members.append(known[item.as_text()])
        else:
            item.problem(f"gemeente {item.as_text()} staat niet bij 'gemeenten'")
    return members


def _read_group(node: Node, region: Region, known: dict[str, Municipality]) -> None:
    node.only("code", "naam", "gemeenten", "bron", "kanttekening")
    code = node.text("code", max_length=20)
    group = MunicipalityGroup.objects.filter(region=region, code=code).first() or MunicipalityGroup(
        region=region, code=code
    )
    group.name = node.text("naam", "")
    group.source = node.text("bron", "")
    group.note = node.text("kanttekening", "")
    if save_or_complain(group, node):
        group.municipalities.set(_members(node, known))


def _read_sub_region(node: Node, region: Region, known: dict[str, Municipality]) -> None:
    node.only("naam", "gemeenten", "bron")
    name = node.text("naam", max_length=120)
    sub_region = SubRegion.objects.filter(region=region, name=name).first() or SubRegion(
        region=region, name=name
    )
    sub_region.source = node.text("bron", "")
    if save_or_complain(sub_region, node):
        sub_region.municipalities.set(_members(node, known))


def filled(values: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty: a pack says only what there is to say."""
    return {key: value for key, value in values.items() if value not in (None, "", [], {}, False)}


def write(context: dict[str, Any]) -> dict[str, Any]:
    region: Region = context["region"]
    memberships = region.memberships.select_related("municipality")
    return filled(
        {
            "regio": _region(region),
            "gemeenten": [
                _membership(row) for row in memberships.order_by("municipality__name", "valid_from")
            ],
            "groepen": [_group(row) for row in region.groups.all()],
            "subregios": [_sub_region(row) for row in region.sub_regions.all()],
            **pack_parties.write(region),
        }
    )


def _region(region: Region) -> dict[str, Any]:
    return filled(
        {
            "code": region.slug,
            "naam": region.name,
            "organisatie": region.organisation.name,
            "jeugdregio": region.youth_region,
            "omschrijving": region.description,
            "demonstratie": region.is_demo,
            "kanttekeningen": write_notes(region.notes),
        }
    )


def _membership(row: RegionMembership) -> dict[str, Any]:
    words = {value: word for word, value in CERTAINTY.items()}
    return filled(
        {
            "code": row.municipality.gm_code,
            "naam": row.municipality.name,
            "andere_namen": row.municipality.aliases,
            "vanaf": row.valid_from.isoformat(),
            "tot": row.valid_to.isoformat() if row.valid_to else None,
            "bron": row.source,
            "zekerheid": words[SourceStatus(row.source_status)],
        }
    )


def _group(row: MunicipalityGroup) -> dict[str, Any]:
    return filled(
        {
            "code": row.code,
            "naam": row.name,
            "gemeenten": list(row.municipalities.values_list("gm_code", flat=True)),
            "bron": row.source,
            "kanttekening": row.note,
        }
    )


def _sub_region(row: SubRegion) -> dict[str, Any]:
    return filled(
        {
            "naam": row.name,
            "gemeenten": list(row.municipalities.values_list("gm_code", flat=True)),
            "bron": row.source,
        }
    )
