"""The description as published: what is committed, without a token, for every origin."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from drf_spectacular.generators import SchemaGenerator
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView


def description_file() -> Path:
    return Path(settings.BASE_DIR) / "openapi.yaml"


@cache
def description() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(description_file().read_text(encoding="utf-8"))
    return loaded


class OpenApiDocument(APIView):
    """GET /api/v1/openapi.json."""

    schema = None
    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = ()

    def get(self, request: Request) -> Response:
        return Response(description())


def described() -> str:
    """The description as the code is now, in the form in which it is committed."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    return yaml.dump(json.loads(json.dumps(schema)), allow_unicode=True, sort_keys=False, width=100)
