"""The cache while its server is there and while it is away."""

import os
import time

import pytest

from core.cache import ForgivingRedisCache

AWAY = "redis://127.0.0.1:1/0"


def make(url):
    options = {"socket_connect_timeout": 1, "socket_timeout": 1}
    return ForgivingRedisCache(url, {"OPTIONS": options, "KEY_PREFIX": f"t{os.getpid()}"})


def test_it_keeps_values_while_the_server_is_there():
    if not os.environ.get("REDIS_URL"):
        pytest.skip("no server named")
    cache = make(os.environ["REDIS_URL"])
    cache.set("a", 1, timeout=30)
    assert cache.get("a") == 1
    assert cache.incr("a") == 2
    assert cache.delete("a") is True


def test_everything_is_a_miss_while_the_server_is_away():
    cache = make(AWAY)
    cache.set("a", 1)
    assert cache.get("a") is None
    assert cache.get("a", "standaard") == "standaard"
    assert cache.get_many(["a"]) == {}
    assert cache.add("a", 1) is True
    assert cache.delete("a") is False
    assert cache.incr("a") == 1


@pytest.mark.django_db
def test_the_sign_in_page_answers_while_the_server_is_away(client, settings):
    settings.CACHES = {
        "default": {"BACKEND": "core.cache.ForgivingRedisCache", "LOCATION": AWAY},
    }
    started = time.monotonic()
    answer = client.post("/account/login/", {"login": "a@example.nl", "password": "verkeerd"})
    assert answer.status_code < 500
    assert time.monotonic() - started < 5
