"""Structured logs: one JSON object a line, with who and which request, without personal data."""

from .config import logging_config
from .processors import PROCESSORS

__all__ = ["PROCESSORS", "logging_config"]
