"""Pages of admission and of the start, under /regio/<korte naam>/."""

from django.urls import path

from ..views import admission as pages
from ..views import admission_editing as editing
from ..views import starting

HERE = "toelatingen/"

urlpatterns = [
    path("beginnen/", starting.start, name="begin"),
    path(HERE, pages.admission_list, name="admissions"),
    path(f"{HERE}aanvragen/", editing.Apply.as_view(), name="admission-add"),
    path(f"{HERE}<int:pk>/", pages.admission_page, name="admission"),
    path(f"{HERE}<int:pk>/plan/", editing.KeepPlan.as_view(), name="admission-plan"),
    path(
        f"{HERE}<int:pk>/stap/<slug:move>/", editing.MoveAdmission.as_view(), name="admission-move"
    ),
    path(f"{HERE}<int:pk>/contract/", pages.to_contract, name="admission-contract"),
    path(f"{HERE}eisen/<int:pk>/antwoord/", editing.Answer.as_view(), name="admission-answer"),
    path(f"{HERE}eisen/<int:pk>/oordeel/", editing.Judge.as_view(), name="admission-judge"),
    path(f"{HERE}brieven/<int:pk>.<str:kind>", pages.letter_file, name="admission-letter"),
    path(f"{HERE}brieven/<int:pk>/bezwaar/", editing.ObjectTo.as_view(), name="objection-add"),
    path(
        f"{HERE}bezwaren/<int:pk>/stap/<slug:move>/",
        editing.MoveObjection.as_view(),
        name="objection-move",
    ),
    path("open-house/", pages.open_house, name="open-house"),
    path("open-house/stand/", editing.KeepOpenHouse.as_view(), name="open-house-add"),
    path("open-house/stand/<int:pk>/", editing.KeepOpenHouse.as_view(), name="open-house-change"),
    path(
        "open-house/stand/<int:pk>/verwijderen/",
        editing.RemoveOpenHouse.as_view(),
        name="open-house-remove",
    ),
    path("open-house/eis/", editing.KeepRequirement.as_view(), name="requirement-add"),
    path("open-house/eis/<int:pk>/", editing.KeepRequirement.as_view(), name="requirement-change"),
    path(
        "open-house/eis/<int:pk>/verwijderen/",
        editing.RemoveRequirement.as_view(),
        name="requirement-remove",
    ),
]
