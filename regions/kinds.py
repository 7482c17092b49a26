"""Kinds of rows about who we are, with pages made by core.ui.kinds."""

from typing import Any

from core.ui import Place
from core.ui.kinds import Kind, register_choices, register_kind

from .domain import parties
from .models import (
    ChainPartner,
    GoverningBody,
    Municipality,
    MunicipalMerger,
    Organisation,
    PurchasingOrganisation,
    Region,
    ServiceLevelAgreement,
    SubRegion,
)
from .queries import parties as seen
from .queries.access import regions_visible_to
from .queries.membership import municipalities_ever_in
from .rules import check_can_manage_region

FROM = "In welk document dit staat."


def _check(user: Any, region: Region, row: Any) -> None:
    check_can_manage_region(user, region)


def _back(place: Place, row: Any) -> str:
    return place.url("who-we-are")


def _kind(code: str, noun: str, model: Any, fields: tuple[str, ...], **rest: Any) -> None:
    register_kind(
        Kind(
            code, noun, model, fields,
            check=_check, keep=parties.keep, remove=parties.remove, back=_back,
            above="Wie wij zijn", **{"help": {"source": FROM}, **rest},
        )
    )  # fmt: skip


_kind(
    "ketenpartner", "ketenpartner", ChainPartner,
    ("name", "kind", "municipalities", "note", "source"), visible=seen.partners_visible_to,
)  # fmt: skip
_kind(
    "inkooporganisatie", "inkooporganisatie", PurchasingOrganisation,
    ("name", "short_name", "form", "tasks", "valid_from", "valid_to", "source"),
    visible=seen.purchasers_visible_to,
)  # fmt: skip
_kind(
    "dvo", "dienstverleningsovereenkomst", ServiceLevelAgreement,
    (
        "name", "state", "term_years", "valid_from", "valid_to", "decided_by", "services", "note",
        "source",
    ),
    visible=seen.agreements_visible_to, tenant_path="purchaser__region", parent="purchaser",
)  # fmt: skip
_kind(
    "bestuursorgaan", "bestuursorgaan", GoverningBody,
    ("kind", "municipality", "name", "note", "source"), visible=seen.bodies_visible_to,
)  # fmt: skip
_kind(
    "herindeling", "herindeling", MunicipalMerger,
    ("former", "successor", "merged_on", "source", "source_status"),
    visible=seen.mergers_visible_to,
)  # fmt: skip
_kind(
    "subregio", "subregio", SubRegion, ("name", "municipalities", "source"),
    visible=lambda user: SubRegion.objects.filter(region__in=regions_visible_to(user)),
)  # fmt: skip

register_choices(Municipality, lambda user, region: municipalities_ever_in(region))
register_choices(
    Organisation, lambda user, region: Organisation.objects.filter(chainpartner__region=region)
)
