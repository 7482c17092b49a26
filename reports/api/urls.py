from core.api.rest import ApiRouter

from . import themes, views

router = ApiRouter()
router.register("edities", views.EditionView, basename="editie")
router.register("huisstijlen", themes.ThemeView, basename="huisstijl")

urlpatterns = router.urls
