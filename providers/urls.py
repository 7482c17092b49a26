"""Under /regio/<korte naam>/."""

from django.urls import path

from .views import editing, pages

urlpatterns = [
    path("aanbieders/", pages.provider_list, name="providers"),
    path("aanbieders/toevoegen/", editing.KeepProvider.as_view(), name="provider-add"),
    path("aanbieders/<int:pk>/", pages.provider_page, name="provider"),
    path("aanbieders/<int:pk>/wijzigen/", editing.KeepProvider.as_view(), name="provider-change"),
    path(
        "aanbieders/<int:pk>/verwijderen/", editing.RemoveProvider.as_view(), name="provider-remove"
    ),
    path(
        "aanbieders/<int:provider>/contactpersoon/",
        editing.KeepContact.as_view(),
        name="contact-add",
    ),
    path("aanbieders/<int:provider>/locatie/", editing.KeepLocation.as_view(), name="location-add"),
    path(
        "aanbieders/contactpersonen/<int:pk>/", editing.KeepContact.as_view(), name="contact-change"
    ),
    path(
        "aanbieders/contactpersonen/<int:pk>/verwijderen/",
        editing.RemoveContact.as_view(),
        name="contact-remove",
    ),
    path("aanbieders/locaties/<int:pk>/", editing.KeepLocation.as_view(), name="location-change"),
    path(
        "aanbieders/locaties/<int:pk>/verwijderen/",
        editing.RemoveLocation.as_view(),
        name="location-remove",
    ),
]
