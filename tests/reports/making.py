"""A small edition of a region, as its own objects."""

from typing import Any

from core.plain import checksum, to_plain
from regions.enums import Role
from reports.domain.compile import compile_edition
from reports.enums import EditionKind, EditionState
from reports.models import Edition
from tests.factories import Made, user_with
from tests.reports.sample import plan


def an_edition(made: Made, **fields: Any) -> Edition:
    """The sample as an edition of the region, by default its council edition as a draft."""
    content = compile_edition(plan())
    given = {
        "region": made.region,
        "kind": EditionKind.COUNCIL_REGION,
        "half_year": content.half_year,
        "scheme": made.scheme,
        "known_on": content.known_on,
        "cutoff_run": content.cutoff_run,
        "code_version": "proef",
        "content": to_plain(content),
        "checksum": checksum(content),
        "state": EditionState.DRAFT,
    }
    return Edition.objects.create(**{**given, **fields})


def of_municipality(made: Made, **fields: Any) -> Edition:
    """The edition of the region's first municipality."""
    member = made.municipalities[0]
    return an_edition(
        made,
        kind=EditionKind.COUNCIL_MUNICIPALITY,
        municipality=member.gm_code,
        municipality_name=member.name,
        **fields,
    )


def author(made: Made) -> Any:
    return user_with(Role.POLICY_OFFICER, made.region)
