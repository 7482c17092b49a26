"""Every address that writes one row heeds `If-Match`: nobody overwrites what he has not seen."""

import pytest
from django.urls import URLPattern, get_resolver

from regions.enums import Role

from .conftest import api_of
from .world import a_world

pytestmark = pytest.mark.django_db
WRITING = {"post", "put", "patch", "delete"}


def writing_addresses():
    """(name, route, method) of every address of one row that changes something."""
    for route, pattern in walk(get_resolver("config.api_urls").url_patterns):
        actions = getattr(pattern.callback, "actions", None) or {}
        if pattern.name and pattern.callback.initkwargs.get("detail"):
            allowed = WRITING & set(actions) & set(pattern.callback.cls.http_method_names)
            for method in sorted(allowed):
                yield pattern.name, f"/api/{route}", method


def walk(patterns, prefix=""):
    for one in patterns:
        if isinstance(one, URLPattern):
            yield prefix + str(one.pattern), one
        else:
            yield from walk(one.url_patterns, prefix + str(one.pattern))


def test_a_stale_etag_is_refused_by_every_writing_address():
    world = a_world()
    client = api_of(world.user(Role.REGIONAL_ADMIN)).client
    tried, unlike = 0, []
    for name, route, method in writing_addresses():
        # Every address has a row in the world: tests/api/test_permissions.py holds that.
        known = world.keys.get(name.partition("-")[0])
        if known is None:
            continue
        key = str(known["pk"])
        url = route.replace("<int:pk>", key).replace("<uuid:pk>", key)
        answer = getattr(client, method)(
            url, data="{}", content_type="application/json", headers={"If-Match": '"verouderd"'}
        )
        tried += 1
        if answer.status_code != 412:
            unlike.append((name, method, answer.status_code))
    assert unlike == []
    assert tried > 40
