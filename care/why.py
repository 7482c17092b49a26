"""Why somebody looks at rows of single clients: asked once a day, and noted with every look."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from core import clock
from core.audit.looks import log_look
from regions.models import Region

KEPT = "why_looked"

Page = Callable[..., HttpResponseBase]


class WhyNotSaidError(Exception):
    """The user has not said today what rows of this region are for; `asks_why` asks it."""


def said_why(session: Any, region: Region) -> str:
    """What the user said today that the rows are for; empty: nothing yet."""
    said = session.get(KEPT, {}).get(region.slug, {})
    return str(said["why"]) if said.get("day") == clock.today().isoformat() else ""


def keep_why(session: Any, region: Region, why: str) -> None:
    """It holds until the day ends, or the user says something else."""
    said = {"why": why, "day": clock.today().isoformat()}
    session[KEPT] = session.get(KEPT, {}) | {region.slug: said}


def looked(request: HttpRequest, region: Region, *, what: str, rows: int, narrowed: str) -> str:
    """Log the look with its reason, which is returned. Raises WhyNotSaidError."""
    why = said_why(request.session, region)
    if not why:
        raise WhyNotSaidError
    log_look(
        user=request.user,
        what=what,
        region=region.slug,
        rows=rows,
        tenant_id=region.pk,
        narrowed=narrowed,
        reason=why,
    )
    return why


def asks_why(page: Page) -> Page:
    """A page that notes a look (`looked`): who has not said why is asked first, and led back."""

    @wraps(page)
    def answer(request: HttpRequest, region: Region, **words: Any) -> HttpResponseBase:
        try:
            return page(request, region, **words)
        except WhyNotSaidError:
            back = urlencode({"terug": request.get_full_path()})
            return redirect(f"{reverse('look-why', args=[region.slug])}?{back}")

    return answer
