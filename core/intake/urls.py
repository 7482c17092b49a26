"""Under /regio/<korte naam>/."""

from django.urls import path

from . import views

urlpatterns = [
    path("aanleveren/", views.overview, name="intake"),
    path("aanleveren/ontvangen/<int:pk>/", views.run_page, name="intake-run"),
    path("aanleveren/ontvangen/<int:pk>/bestanden/", views.files, name="intake-files"),
    path("aanleveren/ontvangen/<int:pk>/afgekeurd/", views.rejections, name="intake-rejections"),
    path(
        "aanleveren/ontvangen/<int:pk>/afgekeurd.csv",
        views.rejections_csv,
        name="intake-rejections-csv",
    ),
    path("aanleveren/ontvangen/<int:pk>/ongedaan-maken/", views.undo, name="intake-undo"),
    path("aanleveren/<slug:code>/", views.form_page, name="intake-form"),
    path("aanleveren/<slug:code>/versturen/", views.take_in, name="intake-take-in"),
    path("aanleveren/<slug:code>/controleren/", views.look_first, name="intake-preview"),
    path("aanleveren/<slug:code>/sjabloon.<slug:kind>", views.template, name="intake-template"),
]
