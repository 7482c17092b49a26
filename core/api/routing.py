"""Addresses without a slash at the end; one that is not there is a problem, not a page."""

from typing import Any

from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter
from rest_framework.views import APIView


class ApiRouter(SimpleRouter):
    """`register("contracten", ContractView)`; lookups are path converters (`int`, `uuid`)."""

    def __init__(self) -> None:
        super().__init__(trailing_slash=False, use_regex_path=False)


class UnknownAddress(APIView):
    """Everything under /api/ that is no address."""

    schema = None
    authentication_classes = ()
    permission_classes = (AllowAny,)
    throttle_classes = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise NotFound

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        raise NotFound
