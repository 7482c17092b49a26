"""Under /regio/<korte naam>/."""

from django.urls import path

from . import saved

urlpatterns = [
    path("bewaarde-filters/", saved.save_filter, name="filter-save"),
    path("bewaarde-filters/<int:pk>/verwijderen/", saved.remove_filter, name="filter-remove"),
]
