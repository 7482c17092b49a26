"""All addresses of the API: every app brings its own."""

from django.urls import URLPattern, URLResolver, path, re_path

from core.api.document import OpenApiDocument
from core.api.routing import UnknownAddress

api_pages: list[URLPattern | URLResolver] = []

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/openapi.json", OpenApiDocument.as_view(), name="openapi"),
    *api_pages,
    re_path("", UnknownAddress.as_view()),
]
