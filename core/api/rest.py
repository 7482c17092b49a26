"""The front door of the REST shelf; anything else in it is private. See docs/api.md."""

from .conditional import answer_if_same, check_if_match
from .fields import (
    Choice,
    Day,
    Euros,
    LastDay,
    Moment,
    Number,
    Real,
    Text,
    Texts,
    Whole,
    YesNo,
    made,
)
from .filters import Filters, on_day
from .inputs import Input
from .paging import Cursor, Pages
from .problems import PROBLEM, problem
from .renderers import CsvRenderer
from .routing import ApiRouter
from .rows import Rows, many, values_of
from .schema import Parameters, accepted
from .views import ApiView, CursorView, RegisterView

__all__ = [
    "PROBLEM",
    "ApiRouter",
    "ApiView",
    "Choice",
    "CsvRenderer",
    "Cursor",
    "CursorView",
    "Day",
    "Euros",
    "Filters",
    "Input",
    "LastDay",
    "Moment",
    "Number",
    "Pages",
    "Parameters",
    "Real",
    "RegisterView",
    "Rows",
    "Text",
    "Texts",
    "Whole",
    "YesNo",
    "accepted",
    "answer_if_same",
    "check_if_match",
    "made",
    "many",
    "on_day",
    "problem",
    "values_of",
]
