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
from .filters import ChoiceOf, Filters, on_day
from .inputs import Input, KeyOf, StepOf, StrictJson
from .keeping import KeepView, MoveInput, MoveView
from .once import answer_once, fingerprint
from .paging import Cursor, Pages
from .problems import PROBLEM, problem
from .renderers import CsvRenderer, PdfRenderer, PlainJson
from .results import address, register_results, results_of
from .routing import ApiRouter
from .rows import Rows, many, values_of
from .schema import Parameters, accepted
from .views import ApiView, CursorView, ListView, RegisterView
from .why import SAYS_WHY, why_given

__all__ = [
    "PROBLEM",
    "SAYS_WHY",
    "ApiRouter",
    "ApiView",
    "Choice",
    "ChoiceOf",
    "CsvRenderer",
    "Cursor",
    "CursorView",
    "Day",
    "Euros",
    "Filters",
    "Input",
    "KeepView",
    "KeyOf",
    "LastDay",
    "ListView",
    "Moment",
    "MoveInput",
    "MoveView",
    "Number",
    "Pages",
    "Parameters",
    "PdfRenderer",
    "PlainJson",
    "Real",
    "RegisterView",
    "Rows",
    "StepOf",
    "StrictJson",
    "Text",
    "Texts",
    "Whole",
    "YesNo",
    "accepted",
    "address",
    "answer_if_same",
    "answer_once",
    "check_if_match",
    "fingerprint",
    "made",
    "many",
    "on_day",
    "problem",
    "register_results",
    "results_of",
    "values_of",
    "why_given",
]
