"""Who we are: municipalities, groups, sub-regions, bodies, purchasing organisation, partners."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core import clock

from ..enums import PartnerKind
from ..models import ChainPartner, Region
from ..queries import parties
from ..queries.membership import memberships_of
from ..rules import can_manage_region


def who_we_are(request: HttpRequest, region: Region) -> HttpResponse:
    user = request.user
    purchasers = parties.purchasers_visible_to(user).filter(region=region)
    context = {
        "bodies": parties.bodies_visible_to(user).filter(region=region),
        "purchasers": purchasers.prefetch_related("agreements"),
        "partners": _by_kind(parties.partners_visible_to(user).filter(region=region)),
        "mergers": parties.mergers_visible_to(user).filter(region=region),
        "sub_regions": region.sub_regions.prefetch_related("municipalities"),
        "groups": region.groups.prefetch_related("municipalities"),
        "memberships": memberships_of(region).order_by("valid_from", "municipality__name"),
        "today": clock.today(),
        "may_manage": can_manage_region(user, region),
    }
    return render(request, "regions/who.html", context)


def _by_kind(rows: Any) -> list[tuple[str, list[ChainPartner]]]:
    ordered = rows.prefetch_related("municipalities").order_by("kind", "name")
    return [
        (str(PartnerKind(kind).label), list(group))
        for kind, group in groupby(ordered, key=lambda partner: partner.kind)
    ]
