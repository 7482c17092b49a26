"""Who is asking: a token of django-rest-knox, stored hashed, that expires."""

import re
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed

TOKEN = re.compile(rb"[0-9a-zA-Z]{20,128}")


class Tokens(TokenAuthentication):
    """'Authorization: Token <token>'; no cookie opens the API."""

    def authenticate_credentials(self, token: bytes) -> Any:
        if not TOKEN.fullmatch(token):
            raise AuthenticationFailed
        return super().authenticate_credentials(token)


class TokensDescribed(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "core.api.authentication.Tokens"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "De waarde is `Token`, een spatie en het token.",
        }
