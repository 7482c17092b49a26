"""Under /regio/<korte naam>/."""

from django.urls import path

from . import views

urlpatterns = [
    path("taken/", views.job_list, name="jobs"),
    path("taken/<uuid:pk>/", views.job_page, name="job"),
    path("taken/<uuid:pk>/annuleren/", views.cancel, name="job-cancel"),
    path("taken/<uuid:pk>/opnieuw/", views.restart, name="job-restart"),
]
