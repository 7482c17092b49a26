"""A region's description as one file: read in by upload, written out again."""

from typing import Any

from django.db import transaction

from core.errors import DomainError
from core.packs import export_pack, load_pack

from ..models import Region
from ..rules import check_can_create_region, check_can_manage_region


@transaction.atomic
def load_for_any_region(*, text: str, file: str, by: Any) -> Region:
    """Load a pack that may make a new region. PackError names every mistake; nothing is loaded."""
    check_can_create_region(by)
    region: Region = load_pack(text=text, file=file).context["region"]
    return region


@transaction.atomic
def load_for(*, region: Region, text: str, file: str, by: Any) -> Region:
    """Load a pack of this region; one that describes another region is refused whole."""
    check_can_manage_region(by, region)
    loaded: Region = load_pack(text=text, file=file).context["region"]
    if loaded.pk != region.pk:
        raise DomainError(
            f"Dit pakket beschrijft {loaded}, niet {region}. Kies het pakket van deze regio.",
            code="pakket-van-andere-regio",
        )
    return loaded


def written_out(*, region: Region, by: Any) -> str:
    """The pack of a region as it stands now."""
    check_can_manage_region(by, region)
    return export_pack(region=region, scheme_code="")
