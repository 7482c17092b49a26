"""Under /regio/<korte naam>/."""

from django.urls import path

from . import views

urlpatterns = [
    path("documenten/<uuid:pk>/", views.document_page, name="document"),
    path("documenten/<uuid:pk>/versie/", views.AddVersion.as_view(), name="document-version-add"),
    path("documenten/<uuid:pk>/versie/<int:number>/", views.download, name="document-download"),
    path("documenten/<uuid:pk>/wijzigen/", views.ChangeDocument.as_view(), name="document-change"),
    path(
        "documenten/<uuid:pk>/verwijderen/", views.RemoveDocument.as_view(), name="document-remove"
    ),
    path(
        "documenten/<slug:subject>/<int:owner>/toevoegen/",
        views.AddDocument.as_view(),
        name="document-add",
    ),
]
