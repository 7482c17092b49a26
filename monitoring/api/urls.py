from core.api.rest import ApiRouter

from . import (
    cases,
    definitions,
    guide,
    interpretation,
    rounds,
    signals,
    steering,
    views,
)

router = ApiRouter()
router.register("cijfersets", views.SetView, basename="cijferset")
router.register("indicatorwaarden", views.ValueView, basename="indicatorwaarde")
router.register("indicatordefinities", definitions.DefinitionView, basename="indicatordefinitie")
router.register("zaken", cases.CaseView, basename="zaak")
router.register("aanleverrondes", rounds.DeliveryView, basename="aanleverronde")
router.register("signalen", signals.SignalView, basename="signaal")
for address, view, name in (*interpretation.VIEWS, *guide.VIEWS, *steering.VIEWS):
    router.register(address, view, basename=name)

urlpatterns = router.urls
