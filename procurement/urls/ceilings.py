"""Pages of signals about ceilings, under /regio/<korte naam>/."""

from django.urls import path

from ..views import ceilings as pages

HERE = "plafondsignalen/"

urlpatterns = [
    path(HERE, pages.signal_list, name="ceiling-signals"),
    path(f"{HERE}melden/", pages.ReportPage.as_view(), name="ceiling-report"),
    path(f"{HERE}<int:pk>/", pages.signal_page, name="ceiling-signal"),
    path(f"{HERE}<int:pk>/stap/<slug:move>/", pages.MoveSignal.as_view(), name="ceiling-move"),
    path(f"{HERE}brieven/<int:pk>/brief.<str:kind>", pages.letter_file, name="ceiling-letter"),
]
