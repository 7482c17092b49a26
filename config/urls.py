"""All addresses: every app brings its own."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("core.health.urls")),
    path("beheer/", admin.site.urls),
]
