from core.api.rest import ApiRouter

from . import definitions, views

router = ApiRouter()
router.register("cijfersets", views.SetView, basename="cijferset")
router.register("indicatorwaarden", views.ValueView, basename="indicatorwaarde")
router.register("indicatordefinities", definitions.DefinitionView, basename="indicatordefinitie")

urlpatterns = router.urls
