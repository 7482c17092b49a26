"""Under /regio/<korte naam>/."""

from django.urls import path

from . import views

urlpatterns = [path("aanleveren/wachtend/", views.waiting, name="care-waiting")]
