"""Under /regio/<korte naam>/."""

from django.urls import path

from ..views import changing, contract, editing, indexing, lots, pages, parts
from . import admission, ceilings, compliance, policy, transition, voting

urlpatterns = [
    *admission.urlpatterns,
    *voting.urlpatterns,
    *ceilings.urlpatterns,
    *compliance.urlpatterns,
    *transition.urlpatterns,
    *policy.urlpatterns,
    path("contracten/", pages.contract_list, name="contracts"),
    path("contracten/toevoegen/", editing.KeepContract.as_view(), name="contract-add"),
    path("contracten/<int:pk>/", contract.contract_page, name="contract"),
    path("contracten/samen-wijzigen/", changing.round_list, name="change-rounds"),
    path("contracten/samen-wijzigen/<int:pk>/", changing.round_page, name="change-round"),
    path(
        "contracten/samen-wijzigen/<int:pk>/<slug:move>/",
        changing.MoveChangeRound.as_view(),
        name="change-round-step",
    ),
    path("contracten/<int:pk>/tekst/", contract.reading_page, name="contract-reading"),
    path("contracten/<int:pk>/verschil/", contract.difference_page, name="contract-difference"),
    path(
        "contracten/stap/<slug:work>/<int:pk>/<slug:move>/",
        parts.TakeStep.as_view(),
        name="contract-step",
    ),
    path(
        "contracten/<int:contract>/onderdeel/<slug:part>/",
        parts.KeepPart.as_view(),
        name="part-add",
    ),
    path(
        "contracten/onderdeel/<slug:part>/<int:pk>/", parts.KeepPart.as_view(), name="part-change"
    ),
    path(
        "contracten/onderdeel/<slug:part>/<int:pk>/verwijderen/",
        parts.RemovePart.as_view(),
        name="part-remove",
    ),
    path("contracten/<int:contract>/sanctie/", parts.KeepSanction.as_view(), name="sanction-add"),
    path("contracten/sancties/<int:pk>/", parts.KeepSanction.as_view(), name="sanction-change"),
    path(
        "contracten/<int:contract>/verlenging/",
        parts.ProposeExtension.as_view(),
        name="extension-propose",
    ),
    path(
        "contracten/verlengingen/<int:pk>/toets/",
        parts.RecordTest.as_view(),
        name="extension-test",
    ),
    path(
        "contracten/<int:contract>/herziening/", parts.KeepRevision.as_view(), name="revision-add"
    ),
    path("contracten/herzieningen/<int:pk>/", contract.revision_page, name="revision"),
    path(
        "contracten/herzieningen/<int:pk>/addendum.<str:kind>", contract.addendum, name="addendum"
    ),
    path(
        "contracten/herzieningen/<int:pk>/wijzigen/",
        parts.KeepRevision.as_view(),
        name="revision-change",
    ),
    path(
        "contracten/herzieningen/<int:revision>/<slug:part>/",
        parts.KeepChange.as_view(),
        name="revised-part-add",
    ),
    path(
        "contracten/herzieningen/<int:revision>/<slug:part>/<int:pk>/",
        parts.KeepChange.as_view(),
        name="revised-part-change",
    ),
    path(
        "contracten/herzieningen/<int:revision>/<slug:part>/<int:pk>/vervalt/",
        parts.EndPart.as_view(),
        name="revised-part-end",
    ),
    path(
        "contracten/herzieningen/wijzigingen/<int:pk>/verwijderen/",
        parts.RemoveChange.as_view(),
        name="revised-part-undo",
    ),
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
    path("percelen/", lots.lot_list, name="lots"),
    path("percelen/toevoegen/", lots.KeepLot.as_view(), name="lot-add"),
    path("percelen/<int:pk>/", lots.KeepLot.as_view(), name="lot-change"),
    path("percelen/<int:pk>/verwijderen/", lots.RemoveLot.as_view(), name="lot-remove"),
    path(
        "segmenten/indelingen/<int:scheme>/contractregels/",
        lots.KeepPolicy.as_view(),
        name="contract-policy",
    ),
    path("tarieven/", pages.tariff_list, name="tariffs"),
    path("tarieven/toevoegen/", editing.KeepTariff.as_view(), name="tariff-add"),
    path("tarieven/<int:pk>/", pages.tariff_page, name="tariff"),
    path("tarieven/<int:pk>/opbouw/", indexing.KeepComponents.as_view(), name="tariff-components"),
    path("tarieven/indexering/", indexing.indexation_page, name="indexation"),
    path(
        "tarieven/indexering/cijfer/",
        indexing.KeepIndexFigure.as_view(),
        name="index-figure-add",
    ),
    path(
        "tarieven/indexering/cijfer/<int:pk>/",
        indexing.KeepIndexFigure.as_view(),
        name="index-figure-change",
    ),
    path(
        "tarieven/indexering/cijfer/<int:pk>/verwijderen/",
        indexing.RemoveIndexFigure.as_view(),
        name="index-figure-remove",
    ),
    path("tarieven/indexering/regel/", indexing.KeepIndexRule.as_view(), name="index-rule-add"),
    path(
        "tarieven/indexering/regel/<int:pk>/",
        indexing.KeepIndexRule.as_view(),
        name="index-rule-change",
    ),
    path("tarieven/indexering/ronde/", indexing.PrepareRun.as_view(), name="indexation-run-add"),
    path("tarieven/indexering/ronde/<int:pk>/", indexing.run_page, name="indexation-run"),
    path(
        "tarieven/indexering/ronde/<int:pk>/<slug:move>/",
        indexing.MoveRun.as_view(),
        name="indexation-run-step",
    ),
    path("tarieven/<int:pk>/wijzigen/", editing.KeepTariff.as_view(), name="tariff-change"),
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
