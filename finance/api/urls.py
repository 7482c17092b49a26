from core.api.rest import ApiRouter

from . import measures, money, savings, scenarios, spend, views

router = ApiRouter()
router.register("begrotingen", views.BudgetView, basename="begroting")
router.register("besparingsreeksen", savings.SavingsPlanView, basename="besparingsreeks")
router.register("indexeringen", views.IndexView, basename="indexering")
router.register("verdeelsleutels", views.KeyView, basename="verdeelsleutel")
router.register("uitgaven", spend.SpendView, basename="uitgave")
router.register("afwijkingen", spend.DeviationView, basename="afwijking")
router.register("rijksinkomsten", money.IncomeView, basename="rijksinkomst")
router.register("budgetindicaties", money.IndicationView, basename="budgetindicatie")
router.register("volumeafspraken", money.VolumeView, basename="volumeafspraak")
router.register("verschuivingsregels", money.ShiftRuleView, basename="verschuivingsregel")
router.register("verschuivingen", money.ShiftView, basename="verschuiving")
router.register("afrekeningen", money.SettlementView, basename="afrekening")
router.register("prognoses", views.ProjectionView, basename="prognose")
router.register("maatregelen", measures.MeasureView, basename="maatregel")
router.register("scenarios", scenarios.ScenarioView, basename="scenario")

urlpatterns = router.urls
