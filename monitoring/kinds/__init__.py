"""Kinds of rows of interpreting and steering, with pages made by core.ui.kinds."""

from . import interpretation, steering

__all__ = ["interpretation", "steering"]
