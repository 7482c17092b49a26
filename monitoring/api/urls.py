from core.api.rest import ApiRouter

from . import views

router = ApiRouter()
router.register("cijfersets", views.SetView, basename="cijferset")
router.register("indicatorwaarden", views.ValueView, basename="indicatorwaarde")

urlpatterns = router.urls
