from dataclasses import dataclass

import pytest
from django.core.cache import cache
from rest_framework.test import APIClient

from core.api.tokens import issue_token

from .world import World, a_world


class Program(APIClient):
    """Says with every request what it is for, unless a test says something else."""

    def get(self, path, data=None, follow=False, *, headers=None, **extra):
        said = {"X-Reden": "een proef"} | (headers or {})
        return super().get(path, data, follow, headers=said, **extra)


@dataclass
class Api:
    """Requests as a program makes them: with a token, below /api/v1."""

    client: APIClient

    def get(self, path, **query):
        headers = query.pop("headers", None)
        return self.client.get(f"/api/v1/{path}", query, headers=headers)

    def post(self, path, body=None, **extra):
        return self.client.post(f"/api/v1/{path}", body, format="json", **extra)


@pytest.fixture(autouse=True)
def _no_counts_from_elsewhere(settings):
    settings.MFA_REQUIRED = True
    cache.clear()


@pytest.fixture
def world(db) -> World:
    return a_world()


@pytest.fixture
def elsewhere(world) -> World:
    """Another region, with the same things in it."""
    return a_world("zuid", place=2)


def api_of(user=None) -> Api:
    client = Program(raise_request_exception=False)
    if user is not None:
        client.credentials(HTTP_AUTHORIZATION=f"Token {issue_token(user=user)}")
    return Api(client)


@pytest.fixture
def staff(world) -> Api:
    return api_of(world.user("contract_manager"))


@pytest.fixture
def anonymous() -> Api:
    return api_of()
