from core.api.rest import ApiRouter

from . import views

router = ApiRouter()
router.register("segmentindelingen", views.SchemeView, basename="segmentindeling")
router.register("kenmerken", views.TraitView, basename="kenmerk")
router.register("bewegingen", views.MovementView, basename="beweging")
router.register("segmenten", views.SegmentView, basename="segment")
router.register("doelen", views.GoalView, basename="doel")
router.register("ontwikkelopgaven", views.TaskView, basename="ontwikkelopgave")
router.register("producten", views.ProductView, basename="product")
router.register("productplaatsen", views.PlacementView, basename="productplaats")
router.register("categorieen", views.CategoryView, basename="categorie")
router.register("indicatoren", views.IndicatorView, basename="indicator")
router.register("streefwaarden", views.TargetView, basename="streefwaarde")

urlpatterns = router.urls
