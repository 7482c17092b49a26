"""All addresses of the API: every app brings its own."""

from django.urls import URLPattern, URLResolver, include, path, re_path

from core.api.document import OpenApiDocument
from core.api.routing import UnknownAddress

resources: list[URLPattern | URLResolver] = [
    path("", include("regions.api.urls")),
    path("", include("segments.api.urls")),
    path("", include("providers.api.urls")),
    path("", include("procurement.api.urls")),
    path("", include("procurement.api.policy_urls")),
    path("", include("care.api.urls")),
    path("", include("finance.api.urls")),
    path("", include("monitoring.api.urls")),
    path("", include("reports.api.urls")),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("v1/openapi.json", OpenApiDocument.as_view(), name="openapi"),
    path("v1/", include(resources)),
    re_path("", UnknownAddress.as_view()),
]
