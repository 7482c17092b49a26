from core.api.rest import ApiRouter

from . import looks, views

router = ApiRouter()
router.register("toewijzingen", views.AllocationView, basename="toewijzing")
router.register("trajecten", views.TrajectoryView, basename="traject")
router.register("declaratieregels", views.LineView, basename="declaratieregel")
router.register("uitkomstmetingen", views.OutcomeView, basename="uitkomstmeting")
router.register("verblijfplaatsen", views.StayView, basename="verblijfplaats")
router.register("berichten", views.MessageView, basename="bericht")
router.register("termijnen", views.InstalmentView, basename="termijn")
router.register("indicatoraanleveringen", views.DeliveryView, basename="indicatoraanlevering")
router.register("inzagen", looks.LookView, basename="inzage")

urlpatterns = router.urls
