"""Somebody who said what rows of clients are for, so that pages do not ask it."""

from typing import Any

from care.why import keep_why
from regions.queries.access import regions_visible_to

WHY = "Een bedrag of een regel nagaan"


def sign_in(client: Any, user: Any, why: str = WHY) -> None:
    client.force_login(user)
    session = client.session
    say_why(session, user, why)
    session.save()


def say_why(session: Any, user: Any, why: str = WHY) -> None:
    for region in regions_visible_to(user):
        keep_why(session, region, why)
