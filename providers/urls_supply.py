"""Pages of supply, under /regio/<korte naam>/aanbod/."""

from django.urls import path

from .views import supply

urlpatterns = [
    path("", supply.waits, name="supply"),
    path("wachttijd/", supply.StateWait.as_view(), name="wait-add"),
    path("normen/toevoegen/", supply.KeepNorm.as_view(), name="wait-norm-add"),
    path("normen/<int:pk>/", supply.KeepNorm.as_view(), name="wait-norm-change"),
    path("clientenstops/", supply.stops, name="client-stops"),
    path("clientenstops/aanvragen/", supply.AskStop.as_view(), name="client-stop-ask"),
    path("clientenstops/opleggen/", supply.ImposeStop.as_view(), name="client-stop-impose"),
    path(
        "clientenstops/<int:pk>/stap/<slug:move>/",
        supply.MoveStop.as_view(),
        name="client-stop-move",
    ),
    path("plekken/", supply.places, name="places"),
    path("plekken/opgeven/", supply.StatePlaces.as_view(), name="place-add"),
    path("crisis/", supply.crises, name="crises"),
    path("crisis/melden/", supply.KeepCrisis.as_view(), name="crisis-add"),
    path("crisis/<int:pk>/", supply.KeepCrisis.as_view(), name="crisis-change"),
    path("buiten-de-regio/", supply.outside, name="outside"),
    path("buiten-de-regio/toevoegen/", supply.KeepOutside.as_view(), name="outside-add"),
    path("buiten-de-regio/<int:pk>/", supply.KeepOutside.as_view(), name="outside-change"),
]
