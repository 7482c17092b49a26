from core.api.rest import ApiRouter

from . import cases, definitions, rounds, views

router = ApiRouter()
router.register("cijfersets", views.SetView, basename="cijferset")
router.register("indicatorwaarden", views.ValueView, basename="indicatorwaarde")
router.register("indicatordefinities", definitions.DefinitionView, basename="indicatordefinitie")
router.register("zaken", cases.CaseView, basename="zaak")
router.register("signalen", cases.SignalView, basename="signaal")
router.register("aanleverrondes", rounds.DeliveryView, basename="aanleverronde")

urlpatterns = router.urls
