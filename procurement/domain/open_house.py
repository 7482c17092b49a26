"""Whether providers may apply, and what is asked of those who do."""

from datetime import date
from typing import Any

from django.db import transaction

from core.errors import DomainError
from segments.models import Product

from ..enums.admission import OpenHouseState
from ..models import EligibilityRequirement, Evidence, OpenHouse
from ..queries.admission import may_apply, open_house_for
from ..rules.contracts import check_can_manage_contracts


def check_open(product: Product, day: date) -> None:
    if may_apply(product, day):
        return
    house = open_house_for(product, day)
    only_missing = house is not None and house.state == OpenHouseState.MISSING
    told = (
        "De toelating is gesloten, behalve voor missend aanbod, en dit product hoort daar niet bij."
        if only_missing
        else "De toelating voor dit product is gesloten."
    )
    raise DomainError(
        f"{told} De stand staat op de pagina 'Open house' van de regio.", code="open-house-gesloten"
    )


@transaction.atomic
def keep_open_house(*, house: OpenHouse, missing: Any, by: Any) -> OpenHouse:
    """Write the state of the open house. Effect: later applications are tried against it."""
    check_can_manage_contracts(by, house.region)
    wanted = list(missing)
    if house.state == OpenHouseState.MISSING and not wanted:
        raise DomainError(
            "Kies welke producten missen, of zet de toelating op gesloten.",
            code="missend-aanbod-ontbreekt",
        )
    house.full_clean()
    house.save()
    house.missing.set(wanted if house.state == OpenHouseState.MISSING else [])
    return house


@transaction.atomic
def keep_requirement(*, requirement: EligibilityRequirement, by: Any) -> EligibilityRequirement:
    """Add or change a requirement. Applications that were begun keep the requirements they had."""
    check_can_manage_contracts(by, requirement.region)
    requirement.full_clean()
    requirement.save()
    return requirement


def remove_row(*, row: OpenHouse | EligibilityRequirement, by: Any) -> None:
    check_can_manage_contracts(by, row.region)
    if (
        isinstance(row, EligibilityRequirement)
        and Evidence.objects.filter(requirement=row).exists()
    ):
        raise DomainError(
            "Er zijn aanvragen met deze eis. Geef de eis een laatste dag.", code="eis-in-gebruik"
        )
    row.delete()
