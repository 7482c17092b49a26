"""Pages of check-lists, under /regio/<korte naam>/."""

from django.urls import path

from ..views import compliance as pages

HERE = "naleving/"

urlpatterns = [
    path(HERE, pages.check_list, name="compliance"),
    path(f"{HERE}<int:pk>/", pages.check_page, name="compliance-check"),
    path(f"{HERE}<int:pk>/toets.<str:kind>", pages.check_paper, name="compliance-paper"),
    path(f"{HERE}<int:pk>/stap/<slug:move>/", pages.MoveCheck.as_view(), name="compliance-move"),
    path(f"{HERE}punten/<int:pk>/", pages.JudgePoint.as_view(), name="compliance-judge"),
    path(f"{HERE}beginnen/<slug:kind>/", pages.BeginCheck.as_view(), name="compliance-add"),
]
