"""Kinds of rows of interpreting and steering, with pages made by core.ui.kinds."""

from . import interpretation

__all__ = ["interpretation"]
