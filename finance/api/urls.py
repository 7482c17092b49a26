from core.api.rest import ApiRouter

from . import measures, savings, spend, views

router = ApiRouter()
router.register("begrotingen", views.BudgetView, basename="begroting")
router.register("besparingsreeksen", savings.SavingsPlanView, basename="besparingsreeks")
router.register("indexeringen", views.IndexView, basename="indexering")
router.register("verdeelsleutels", views.KeyView, basename="verdeelsleutel")
router.register("uitgaven", spend.SpendView, basename="uitgave")
router.register("afwijkingen", spend.DeviationView, basename="afwijking")
router.register("prognoses", views.ProjectionView, basename="prognose")
router.register("maatregelen", measures.MeasureView, basename="maatregel")
router.register("scenarios", measures.ScenarioView, basename="scenario")

urlpatterns = router.urls
