"""Who is asking: a token of django-rest-knox, stored hashed, that expires."""

import re
from hmac import compare_digest
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication
from knox.crypto import hash_token
from knox.models import AuthToken
from knox.settings import CONSTANTS
from rest_framework.exceptions import AuthenticationFailed

from core import clock

TOKEN = re.compile(rb"[0-9a-zA-Z]{20,128}")


class Tokens(TokenAuthentication):
    """'Authorization: Token <token>'; no cookie opens the API.

    One query for token and user. Tokens that expired are left to `core.api.tokens.issue_token`.
    """

    def authenticate_credentials(self, token: bytes) -> Any:
        if not TOKEN.fullmatch(token):
            raise AuthenticationFailed
        text = token.decode("ascii")
        digest = hash_token(text)
        start = text[: CONSTANTS.TOKEN_KEY_LENGTH]
        for known in AuthToken.objects.filter(token_key=start).select_related("user"):
            if compare_digest(digest, known.digest) and _is_valid(known):
                return known.user, known
        raise AuthenticationFailed


def _is_valid(token: AuthToken) -> bool:
    return token.user.is_active and (token.expiry is None or token.expiry > clock.now())


class TokensDescribed(OpenApiAuthenticationExtension):
    target_class = "core.api.authentication.Tokens"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "De waarde is `Token`, een spatie en het token.",
        }
