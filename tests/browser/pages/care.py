"""Pages of care."""

from regions.enums import Role

from . import STAFF, Row

PAGES = [
    Row("care-waiting", STAFF),
    Row("client-looks", frozenset({Role.REGIONAL_ADMIN})),
    Row("look-why", STAFF),
]
