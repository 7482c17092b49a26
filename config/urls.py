"""All addresses: every app brings its own."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from core.api.routing import UnknownAddress
from core.calendar.urls import site_urlpatterns as calendar_pages
from core.tasks.urls import site_urlpatterns as task_pages

# Everything under a region: the region is looked up, and hidden, by regions.middleware.
region_pages: list[URLPattern | URLResolver] = [
    path("", include("regions.urls.region")),
    path("", include("segments.urls")),
    path("", include("providers.urls")),
    path("", include("procurement.urls")),
    path("", include("care.urls")),
    path("", include("core.intake.urls")),
    path("", include("core.jobs.urls")),
    path("", include("core.ui.region_urls")),
    path("", include("core.tasks.urls")),
    path("", include("core.calendar.urls")),
    path("", include("core.ui.kind_urls")),
    path("", include("core.audit.urls")),
    path("", include("core.documents.urls")),
    path("", include("finance.urls")),
    path("", include("monitoring.urls")),
    path("", include("reports.urls")),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("core.health.urls")),
    path("", include("regions.urls.site")),
    path("", include(task_pages)),
    path("", include(calendar_pages)),
    path("account/", include("allauth.urls")),
    path("componenten/", include("core.ui.urls")),
    path("beheer/", admin.site.urls),
    path("api", UnknownAddress.as_view()),
    path("api/", include("config.api_urls")),
    path("openbaar/", include("reports.public_urls")),
    path("regio/<slug:region>/", include(region_pages)),
]
