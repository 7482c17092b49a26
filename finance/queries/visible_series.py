"""Which series of a projection a user may see.

Staff of the regional organisation see all. Others see the region's total and everything of their
own municipality: amounts of one municipality or segment can rest on a few children or a single
provider, and what is shown to staff is no publication.
"""

from __future__ import annotations

from typing import Any

from regions.queries.access import access_of

from ..domain.projection_result import Projection, Series


def visible_series(user: Any, region_id: int, projection: Projection) -> list[Series]:
    access = access_of(user)
    if access.is_staff_of(region_id):
        return list(projection.series)
    own = access.municipalities_in(region_id)
    return [
        series
        for series in projection.series
        if series.municipality in own or (series.municipality is None and series.segment is None)
    ]
