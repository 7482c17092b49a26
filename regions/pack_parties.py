"""The region's part of a pack: who buys, who decides, with whom we work, who merged."""

from typing import Any

from core.packs import Node
from core.packs.listing import Choice, Context, Day, Entry, Listing, Ref, Refs, Whole

from .enums import AgreementState, BodyKind, PartnerKind, SourceStatus
from .models import (
    ChainPartner,
    GoverningBody,
    Municipality,
    MunicipalMerger,
    PurchasingOrganisation,
    Region,
    ServiceLevelAgreement,
)

KEYS = ("inkooporganisaties", "bestuursorganen", "ketenpartners", "herindelingen")
SOURCE = Entry("bron", "source")
CERTAINTY = {
    "vermeld": SourceStatus.STATED,
    "afgeleid": SourceStatus.DERIVED,
    "fictief": SourceStatus.FICTITIOUS,
}


def municipality(context: Context, code: str) -> Municipality | None:
    """By its code, among those that the pack names."""
    found: Municipality | None = context["municipalities"].get(code)
    return found


def gm_code(row: Municipality) -> str:
    return row.gm_code


PERIOD = (Day("vanaf", "valid_from"), Day("tot", "valid_to"))
AGREEMENTS = Listing(
    "overeenkomsten", ServiceLevelAgreement, "purchaser",
    (
        Entry("naam", "name", required=True),
        Choice("stand", "state", of=AgreementState, required=True),
        Whole("looptijd_jaren", "term_years"), *PERIOD, Entry("besluit_door", "decided_by"),
        Entry("diensten", "services"), Entry("toelichting", "note"), SOURCE,
    ),
    identity=("name",),
)  # fmt: skip
PURCHASERS = Listing(
    "inkooporganisaties", PurchasingOrganisation, "region",
    (
        Entry("naam", "name", required=True), Entry("afkorting", "short_name"),
        Entry("rechtsvorm", "form"), Entry("taken", "tasks"), *PERIOD, SOURCE,
    ),
    identity=("name",), children=(AGREEMENTS,),
)  # fmt: skip
BODIES = Listing(
    "bestuursorganen", GoverningBody, "region",
    (
        Entry("naam", "name", required=True),
        Choice("soort", "kind", of=BodyKind, required=True),
        Ref("gemeente", "municipality", find=municipality, name=gm_code),
        Entry("toelichting", "note"), SOURCE,
    ),
    identity=("name",),
)  # fmt: skip
PARTNERS = Listing(
    "ketenpartners", ChainPartner, "region",
    (
        Entry("naam", "name", required=True),
        Choice("soort", "kind", of=PartnerKind, required=True),
        Refs("gemeenten", "municipalities", find=municipality, name=gm_code),
        Entry("toelichting", "note"), SOURCE,
    ),
    identity=("name",),
)  # fmt: skip
MERGERS = Listing(
    "herindelingen", MunicipalMerger, "region",
    (
        Ref("opgeheven", "former", required=True, find=municipality, name=gm_code),
        Ref("opgegaan_in", "successor", required=True, find=municipality, name=gm_code),
        Day("datum", "merged_on", required=True), SOURCE,
        Choice("zekerheid", "source_status", options=CERTAINTY, default=SourceStatus.STATED),
    ),
    identity=("former",),
)  # fmt: skip
ALL = (PURCHASERS, BODIES, PARTNERS, MERGERS)


def read(pack: Node, region: Region, context: Context) -> None:
    for listing in ALL:
        listing.read(pack, region, context)


def write(region: Region) -> dict[str, Any]:
    return {listing.key: listing.write(region) for listing in ALL}
