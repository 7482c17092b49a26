from core.api.rest import ApiRouter

from . import views

router = ApiRouter()
router.register("toewijzingen", views.AllocationView, basename="toewijzing")
router.register("trajecten", views.TrajectoryView, basename="traject")
router.register("declaratieregels", views.LineView, basename="declaratieregel")

urlpatterns = router.urls
