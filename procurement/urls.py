"""Under /regio/<korte naam>/."""

from django.urls import path

from .views import editing, pages

urlpatterns = [
    path("contracten/", pages.contract_list, name="contracts"),
    path("contracten/toevoegen/", editing.KeepContract.as_view(), name="contract-add"),
    path("contracten/<int:pk>/", pages.contract_page, name="contract"),
    path("contracten/<int:pk>/wijzigen/", editing.KeepContract.as_view(), name="contract-change"),
    path("contracten/<int:contract>/fase/", editing.KeepPhase.as_view(), name="phase-add"),
    path(
        "contracten/<int:contract>/product/",
        editing.KeepContractProduct.as_view(),
        name="contract-product-add",
    ),
    path("contracten/<int:contract>/plafond/", editing.KeepCap.as_view(), name="cap-add"),
    path(
        "contracten/<int:contract>/tarief/",
        editing.KeepBespokeTariff.as_view(),
        name="bespoke-tariff-add",
    ),
    path("contracten/fasen/<int:pk>/", editing.KeepPhase.as_view(), name="phase-change"),
    path(
        "contracten/fasen/<int:pk>/verwijderen/", editing.RemovePhase.as_view(), name="phase-remove"
    ),
    path(
        "contracten/contractproducten/<int:pk>/",
        editing.KeepContractProduct.as_view(),
        name="contract-product-change",
    ),
    path(
        "contracten/contractproducten/<int:pk>/verwijderen/",
        editing.RemoveContractProduct.as_view(),
        name="contract-product-remove",
    ),
    path("contracten/plafonds/<int:pk>/", editing.KeepCap.as_view(), name="cap-change"),
    path(
        "contracten/plafonds/<int:pk>/verwijderen/", editing.RemoveCap.as_view(), name="cap-remove"
    ),
    path(
        "contracten/eigen-tarieven/<int:pk>/",
        editing.KeepBespokeTariff.as_view(),
        name="bespoke-tariff-change",
    ),
    path(
        "contracten/eigen-tarieven/<int:pk>/verwijderen/",
        editing.RemoveBespokeTariff.as_view(),
        name="bespoke-tariff-remove",
    ),
    path("tarieven/", pages.tariff_list, name="tariffs"),
    path("tarieven/toevoegen/", editing.KeepTariff.as_view(), name="tariff-add"),
    path("tarieven/<int:pk>/", editing.KeepTariff.as_view(), name="tariff-change"),
    path("tarieven/<int:pk>/verwijderen/", editing.RemoveTariff.as_view(), name="tariff-remove"),
    path(
        "segmenten/indelingen/<int:scheme>/fase/",
        editing.KeepSchemePhase.as_view(),
        name="scheme-phase-add",
    ),
    path(
        "segmenten/geplande-fasen/<int:pk>/",
        editing.KeepSchemePhase.as_view(),
        name="scheme-phase-change",
    ),
    path(
        "segmenten/geplande-fasen/<int:pk>/verwijderen/",
        editing.RemoveSchemePhase.as_view(),
        name="scheme-phase-remove",
    ),
]
