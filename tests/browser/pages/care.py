"""Pages of care."""

from . import STAFF, Row

PAGES = [Row("care-waiting", STAFF)]
