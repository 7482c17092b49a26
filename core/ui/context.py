"""What every page is given, whatever app it comes from."""

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest


@cache
def available_styles() -> dict[str, bool]:
    """Which of the styles that npm fetches are there; without them basis.css takes their place."""
    places: list[Any] = list(settings.STATICFILES_DIRS)
    folders: dict[str, Any] = dict(item for item in places if isinstance(item, tuple))
    return {
        "nlds": _holds(folders.get("nlds"), "index.css"),
        "fonts": _holds(folders.get("fonts"), "wght.css"),
    }


def _holds(folder: Any, name: str) -> bool:
    return folder is not None and (Path(folder) / name).is_file()


def desk(request: HttpRequest) -> dict[str, object]:
    return {"desk_styles": available_styles()}
