"""Pages of registered kinds, under /regio/<korte naam>/bewerken/."""

from django.urls import path

from .kindpages import KeepRow, MoveRow, RemoveRow

urlpatterns = [
    path("bewerken/<slug:kind>/toevoegen/", KeepRow.as_view(), name="row-add"),
    path(
        "bewerken/<slug:kind>/onder/<int:under>/toevoegen/",
        KeepRow.as_view(),
        name="row-add-under",
    ),
    path("bewerken/<slug:kind>/<int:pk>/", KeepRow.as_view(), name="row-change"),
    path("bewerken/<slug:kind>/<int:pk>/verwijderen/", RemoveRow.as_view(), name="row-remove"),
    path("bewerken/<slug:kind>/<int:pk>/stap/<slug:move>/", MoveRow.as_view(), name="row-move"),
]
