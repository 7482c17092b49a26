"""Pages of reports, under /regio/<korte naam>/."""

from django.urls import path

from . import views

urlpatterns = [
    path("rapportages/", views.editions, name="editions"),
    path("rapportages/maken/", views.MakeEditions.as_view(), name="editions-make"),
    path("rapportages/<uuid:pk>/", views.edition, name="edition"),
    path("rapportages/<uuid:pk>/rapport.pdf", views.edition_pdf, name="edition-pdf"),
    path("rapportages/<uuid:pk>/narekenen/", views.edition_repeat, name="edition-repeat"),
]
