"""Kinds of rows of interpreting and steering, with pages made by core.ui.kinds."""

from . import agreed, interpretation, steering

__all__ = ["agreed", "interpretation", "steering"]
