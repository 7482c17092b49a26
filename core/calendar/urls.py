"""Under /regio/<korte naam>/, and the feed outside it."""

from django.urls import path

from . import views

urlpatterns = [
    path("agenda/", views.calendar_page, name="calendar"),
    path("agenda/planning.ics", views.calendar_file, name="calendar-file"),
]
site_urlpatterns = [
    path("agenda/<str:secret>/<slug:slug>.ics", views.planning_feed, name="planning-feed")
]
