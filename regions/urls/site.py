"""Pages outside a region."""

from django.urls import path

from ..views import home, packs, setup

urlpatterns = [
    path("", home.start, name="start"),
    path("regios/", home.region_list, name="regions"),
    path("regios/nieuw/", setup.CreateRegion.as_view(), name="region-create"),
    path("regios/uit-pakket/", packs.LoadAnyPack.as_view(), name="region-from-pack"),
    path("mijn-account/", home.account, name="account"),
]
