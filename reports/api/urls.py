from core.api.rest import ApiRouter

from . import views

router = ApiRouter()
router.register("edities", views.EditionView, basename="editie")

urlpatterns = router.urls
