"""Packs: human-readable files in which a region's framework is written down.

A pack is data, not code. Each app registers the part that it reads and writes (`PackPart`); a
mistake gives file, line and reason, and loads nothing.
"""

from .load import LoadedPack, export_pack, load_pack, save_or_complain
from .node import Node, PackError, Problem
from .registry import PackPart, register_part

__all__ = [
    "LoadedPack",
    "Node",
    "PackError",
    "PackPart",
    "Problem",
    "export_pack",
    "load_pack",
    "register_part",
    "save_or_complain",
]
