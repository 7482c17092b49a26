"""Pages of transition plans, under /regio/<korte naam>/."""

from django.urls import path

from ..views import transition as pages

HERE = "overgangsplannen/"

urlpatterns = [
    path(HERE, pages.plan_list, name="transitions"),
    path(f"{HERE}toevoegen/", pages.KeepPlan.as_view(), name="transition-add"),
    path(f"{HERE}<int:pk>/", pages.plan_page, name="transition"),
    path(f"{HERE}<int:pk>/wijzigen/", pages.KeepPlan.as_view(), name="transition-change"),
    path(f"{HERE}<int:pk>/tellen/", pages.count_again, name="transition-count"),
    path(f"{HERE}<int:pk>/overgangsplan.<str:kind>", pages.plan_paper, name="transition-paper"),
    path(f"{HERE}<int:pk>/stap/<slug:move>/", pages.MovePlan.as_view(), name="transition-move"),
    path(f"{HERE}<int:plan>/stappen/", pages.KeepStep.as_view(), name="transition-step-add"),
    path(f"{HERE}stappen/<int:pk>/", pages.KeepStep.as_view(), name="transition-step-change"),
    path(
        f"{HERE}stappen/<int:pk>/verwijderen/",
        pages.RemoveStep.as_view(),
        name="transition-step-remove",
    ),
    path(f"{HERE}<int:plan>/alternatieven/", pages.KeepOffer.as_view(), name="offer-add"),
    path(f"{HERE}alternatieven/<int:pk>/", pages.KeepOffer.as_view(), name="offer-change"),
    path(
        f"{HERE}alternatieven/<int:pk>/verwijderen/",
        pages.RemoveOffer.as_view(),
        name="offer-remove",
    ),
]
