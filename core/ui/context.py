"""What every page is given, whatever app it comes from."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest


@cache
def available_styles() -> dict[str, bool]:
    """Which of the styles that npm fetches are there; without them basis.css takes their place."""
    folders = dict(item for item in settings.STATICFILES_DIRS if isinstance(item, tuple))
    return {
        "nlds": _holds(folders.get("nlds"), "index.css"),
        "fonts": _holds(folders.get("fonts"), "wght.css"),
    }


def _holds(folder: Path | str | None, name: str) -> bool:
    return folder is not None and (Path(folder) / name).is_file()


def desk(request: HttpRequest) -> dict[str, object]:
    return {"desk_styles": available_styles()}
