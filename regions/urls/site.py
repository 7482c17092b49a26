"""Pages outside a region."""

from django.urls import path

from ..views import home, packs, setup, tokens

urlpatterns = [
    path("", home.start, name="start"),
    path("regios/", home.region_list, name="regions"),
    path("regios/nieuw/", setup.CreateRegion.as_view(), name="region-create"),
    path("regios/uit-pakket/", packs.LoadAnyPack.as_view(), name="region-from-pack"),
    path("mijn-account/", home.account, name="account"),
    path("mijn-account/tokens/", tokens.tokens, name="tokens"),
    path("mijn-account/tokens/maken/", tokens.MakeToken.as_view(), name="token-make"),
    path("mijn-account/tokens/<int:pk>/intrekken/", tokens.withdraw, name="token-withdraw"),
]
