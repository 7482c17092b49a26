"""Under /regio/<korte naam>/."""

from django.urls import path

from . import views, views_looks

urlpatterns = [
    path("aanleveren/wachtend/", views.waiting, name="care-waiting"),
    path("inzage/", views_looks.looks, name="client-looks"),
    path("inzage/waarvoor/", views_looks.SayWhy.as_view(), name="look-why"),
]
