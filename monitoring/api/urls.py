from core.api.rest import ApiRouter

from . import (
    agreed,
    asking,
    case_process,
    cases,
    definitions,
    guide,
    interpretation,
    learning,
    local_teams,
    patterns,
    risks,
    rounds,
    signals,
    views,
)

PARTS = (interpretation, guide, risks, local_teams, learning, agreed, asking, patterns)

router = ApiRouter()
router.register("cijfersets", views.SetView, basename="cijferset")
router.register("indicatorwaarden", views.ValueView, basename="indicatorwaarde")
router.register("indicatordefinities", definitions.DefinitionView, basename="indicatordefinitie")
router.register("zaken", cases.CaseView, basename="zaak")
router.register("aanleverrondes", rounds.DeliveryView, basename="aanleverronde")
router.register("procesafspraken", case_process.ProcessView, basename="procesafspraak")
router.register("signalen", signals.SignalView, basename="signaal")
for part in PARTS:
    for address, view, name in part.VIEWS:
        router.register(address, view, basename=name)

urlpatterns = router.urls
