from core.api.rest import ApiRouter

from . import views

router = ApiRouter()
router.register("contracten", views.ContractView, basename="contract")
router.register("tarieven", views.TariffView, basename="tarief")
router.register("plafonds", views.CapView, basename="plafond")

urlpatterns = router.urls
