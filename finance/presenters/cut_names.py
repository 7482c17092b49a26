"""The parts of a cut in words: who reads an amount knows names, not codes."""

from __future__ import annotations

from collections.abc import Iterable

from care.enums import AGE_GROUPS, REFERRER_NAMES
from providers.models import Provider
from regions.models import Municipality, Region
from segments.models import Product, Segment
from segments.queries.framework import scheme_to_show

from ..domain.months import month_of
from ..queries.reports import month_name
from ..queries.spend import Cut


class CutNames:
    """Names of municipalities, providers and so on, of the cuts that are asked for."""

    def __init__(self, region: Region, cuts: Iterable[str]) -> None:
        self.names: dict[tuple[str, str], str] = {}
        for cut in cuts:
            self.names |= {(cut, code): name for code, name in _names(region, cut).items()}

    @property
    def by_code(self) -> dict[str, str]:
        """All of them by code alone, for pages on which a code says of itself what it is of."""
        return {code: name for (_, code), name in self.names.items()}

    def name(self, cut: str, key: str) -> str:
        if cut == Cut.MONTH:
            return month_name(month_of(key))
        return self.names.get((cut, key), key) or "niet bekend"


def _names(region: Region, cut: str) -> dict[str, str]:
    if cut == Cut.MUNICIPALITY:
        rows = Municipality.objects.filter(memberships__region=region)
        return dict(rows.values_list("gm_code", "name"))
    if cut == Cut.SEGMENT and (scheme := scheme_to_show(region)):
        segments = Segment.objects.filter(scheme=scheme).values_list("code", "name")
        return {code: f"{code} {name}" for code, name in segments}
    if cut == Cut.PROVIDER:
        providers = Provider.objects.filter(region=region).select_related("organisation")
        return {provider.agb_code: provider.name for provider in providers}
    if cut == Cut.PRODUCT:
        products = Product.objects.filter(region=region).values_list("code", "name")
        return {code: f"{code} {name}" for code, name in products}
    if cut == Cut.REFERRER:
        return dict(REFERRER_NAMES)
    if cut == Cut.AGE:
        return {group: f"{group} jaar" for group in AGE_GROUPS}
    return {}
