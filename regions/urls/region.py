"""Pages of one region, under /regio/<korte naam>/."""

from django.urls import path

from ..views import home, packs, people, setup, who

urlpatterns = [
    path("", home.home, name="home"),
    path("zoeken/", home.search_page, name="search"),
    path("instellingen/", setup.RegionSettings.as_view(), name="region-settings"),
    path("instellingen/regiopakket/", packs.LoadPack.as_view(), name="region-pack"),
    path("instellingen/regiopakket/pakket.yaml", packs.download, name="region-pack-file"),
    path("wie-wij-zijn/", who.who_we_are, name="who-we-are"),
    path("gemeenten/", setup.municipalities, name="municipalities"),
    path("gemeenten/toevoegen/", setup.AddMembership.as_view(), name="membership-add"),
    path("gemeenten/<int:pk>/", setup.ChangeMembership.as_view(), name="membership-change"),
    path(
        "gemeenten/<int:pk>/verwijderen/",
        setup.RemoveMembership.as_view(),
        name="membership-remove",
    ),
    path("gemeenten/groepen/toevoegen/", setup.KeepGroup.as_view(), name="group-add"),
    path("gemeenten/groepen/<int:pk>/", setup.KeepGroup.as_view(), name="group-change"),
    path(
        "gemeenten/groepen/<int:pk>/verwijderen/", setup.RemoveGroup.as_view(), name="group-remove"
    ),
    path("gebruikers/", people.people, name="people"),
    path("gebruikers/rol-geven/", people.Invite.as_view(), name="role-give"),
    path("gebruikers/rollen/<int:pk>/intrekken/", people.revoke, name="role-revoke"),
    path("gebruikers/rollen/<int:pk>/uitnodigen/", people.send_again, name="role-invite-again"),
]
