"""Loading a pack: everything or nothing, twice the same as once."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.db import models, transaction

from .node import Node, PackError
from .registry import parts

FORMAT = 1
FILE_LIMIT = 5_000_000


@dataclass
class LoadedPack:
    """What a load did: the context that the parts filled (region, scheme, ...)."""

    file: str
    context: dict[str, Any] = field(default_factory=dict)


def load_pack(*, path: Path | None = None, text: str | None = None, file: str = "") -> LoadedPack:
    """Load a pack from a path or from text; raises PackError with every mistake found.

    Effects: rows of every part are created or updated; nothing at all when there is a mistake.
    """
    name = file or (path.name if path else "pakket.yaml")
    if text is None and path is not None:
        text = path.read_text(encoding="utf-8")
    pack = Node.parse((text or "")[:FILE_LIMIT], file=name)
    pack.only("pakket", *(key for part in parts() for key in part.keys))
    if pack.integer("pakket", None) != FORMAT:
        pack.problem(f"het veld 'pakket' zegt de versie van de vorm en is nu {FORMAT}")
    loaded = LoadedPack(file=name)
    with transaction.atomic():
        if not pack.problems:
            _read_parts(pack, loaded.context)
        if pack.problems:
            raise PackError(pack.problems)
    return loaded


def _read_parts(pack: Node, context: dict[str, Any]) -> None:
    for part in parts():
        part.read(pack, context)
        if pack.problems:
            return


def save_or_complain(obj: models.Model, node: Node) -> bool:
    """Save a row with its constraints checked first; a violation becomes a problem at the node."""
    try:
        obj.full_clean()
    except ValidationError as error:
        for messages in error.message_dict.items() if hasattr(error, "error_dict") else []:
            node.problem(f"{messages[0]}: {' '.join(messages[1])}".replace("__all__: ", ""))
        return False
    obj.save()
    return True


def export_pack(**context: Any) -> str:
    """Write a pack out again, as YAML that `load_pack` reads."""
    data: dict[str, Any] = {"pakket": FORMAT}
    context["data"] = data
    for part in parts():
        data.update(part.write(context))
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100, indent=2)


class _Dumper(yaml.SafeDumper):
    """Lists indented under their key; multi-line text as a block."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    style = "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _flag(dumper: yaml.SafeDumper, value: bool) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", "ja" if value else "nee")


_Dumper.add_representer(str, _text)
_Dumper.add_representer(bool, _flag)
