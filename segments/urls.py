"""Pages about what a region buys and wants, under /regio/<korte naam>/."""

from django.urls import path

from .views import beside, editing, pages

urlpatterns = [
    path("segmenten/", pages.current, name="segments"),
    path("segmenten/<int:pk>/", pages.segment_page, name="segment"),
    path("segmenten/<int:pk>/wijzigen/", editing.KeepSegment.as_view(), name="segment-change"),
    path("segmenten/<int:pk>/verwijderen/", editing.RemoveSegment.as_view(), name="segment-remove"),
    path("segmenten/<int:segment>/doel/", editing.KeepGoal.as_view(), name="goal-add"),
    path("segmenten/<int:segment>/opgave/", editing.KeepTask.as_view(), name="task-add"),
    path("segmenten/<int:segment>/kenmerk/", editing.KeepTrait.as_view(), name="trait-add"),
    path(
        "segmenten/<int:segment>/deelname/<str:gm_code>/",
        editing.KeepParticipation.as_view(),
        name="participation-change",
    ),
    path("segmenten/doelen/<int:pk>/", editing.KeepGoal.as_view(), name="goal-change"),
    path(
        "segmenten/doelen/<int:pk>/verwijderen/", editing.RemoveGoal.as_view(), name="goal-remove"
    ),
    path(
        "segmenten/doelen/<int:goal>/indicator/",
        editing.KeepGoalIndicator.as_view(),
        name="goal-indicator-add",
    ),
    path(
        "segmenten/doelindicatoren/<int:pk>/verwijderen/",
        editing.RemoveGoalIndicator.as_view(),
        name="goal-indicator-remove",
    ),
    path("segmenten/opgaven/<int:pk>/", editing.KeepTask.as_view(), name="task-change"),
    path(
        "segmenten/opgaven/<int:pk>/verwijderen/", editing.RemoveTask.as_view(), name="task-remove"
    ),
    path("segmenten/kenmerken/<int:pk>/", editing.KeepTrait.as_view(), name="trait-change"),
    path(
        "segmenten/kenmerken/<int:pk>/verwijderen/",
        editing.RemoveTrait.as_view(),
        name="trait-remove",
    ),
    path("segmenten/indelingen/toevoegen/", editing.KeepScheme.as_view(), name="scheme-add"),
    path("segmenten/indelingen/<int:pk>/", pages.scheme_page, name="scheme"),
    path(
        "segmenten/indelingen/<int:pk>/wijzigen/",
        editing.KeepScheme.as_view(),
        name="scheme-change",
    ),
    path("segmenten/indelingen/<int:pk>/naast/", beside.beside, name="scheme-beside"),
    path(
        "segmenten/indelingen/<int:pk>/naast/strategieen.<slug:form>",
        beside.beside_file,
        name="scheme-beside-file",
    ),
    path("segmenten/indelingen/<int:pk>/deelname/", pages.participation, name="participation"),
    path("segmenten/indelingen/<int:pk>/producten/", pages.placements, name="placements"),
    path("segmenten/indelingen/<int:pk>/doelen/", pages.goals, name="goals"),
    path("segmenten/indelingen/<int:pk>/streefwaarden/", pages.shares, name="shares"),
    path(
        "segmenten/indelingen/<int:scheme>/segment/",
        editing.KeepSegment.as_view(),
        name="segment-add",
    ),
    path(
        "segmenten/indelingen/<int:scheme>/kenmerk/", editing.KeepTrait.as_view(), name="scope-add"
    ),
    path(
        "segmenten/indelingen/<int:scheme>/product/",
        editing.KeepPlacement.as_view(),
        name="placement-add",
    ),
    path(
        "segmenten/indelingen/<int:scheme>/categorie/",
        editing.KeepCategory.as_view(),
        name="category-add",
    ),
    path(
        "segmenten/indelingen/<int:scheme>/streefwaarde/",
        editing.KeepTarget.as_view(),
        name="target-add",
    ),
    path("segmenten/plaatsen/<int:pk>/", editing.KeepPlacement.as_view(), name="placement-change"),
    path(
        "segmenten/plaatsen/<int:pk>/verwijderen/",
        editing.RemovePlacement.as_view(),
        name="placement-remove",
    ),
    path("segmenten/categorieen/<int:pk>/", editing.KeepCategory.as_view(), name="category-change"),
    path(
        "segmenten/categorieen/<int:pk>/verwijderen/",
        editing.RemoveCategory.as_view(),
        name="category-remove",
    ),
    path("segmenten/streefwaarden/<int:pk>/", editing.KeepTarget.as_view(), name="target-change"),
    path(
        "segmenten/streefwaarden/<int:pk>/verwijderen/",
        editing.RemoveTarget.as_view(),
        name="target-remove",
    ),
    path("producten/", pages.products, name="products"),
    path("producten/toevoegen/", editing.KeepProduct.as_view(), name="product-add"),
    path("producten/<int:pk>/", editing.KeepProduct.as_view(), name="product-change"),
    path(
        "segmenten/eigen-indicatoren/toevoegen/",
        editing.KeepIndicator.as_view(),
        name="own-indicator-add",
    ),
    path(
        "segmenten/eigen-indicatoren/<int:pk>/",
        editing.KeepIndicator.as_view(),
        name="own-indicator-change",
    ),
]
