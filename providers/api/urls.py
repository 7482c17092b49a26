from core.api.rest import ApiRouter

from . import placing, supply, views

router = ApiRouter()
router.register("aanbieders", views.ProviderView, basename="aanbieder")
router.register("contactpersonen", views.ContactView, basename="contactpersoon")
router.register("accounthouders", views.HolderView, basename="accounthouder")
router.register("accountgesprekken", views.ConversationView, basename="accountgesprek")
router.register("aanbiedersafspraken", views.AgreementView, basename="aanbiedersafspraak")
router.register("aanbiedersincidenten", views.IncidentView, basename="aanbiedersincident")
router.register("boekjaren", views.BusinessYearView, basename="boekjaar")
router.register("onderaannemers", views.SubcontractingView, basename="onderaannemer")
router.register("aanbiedersdocumenten", views.DocumentView, basename="aanbiedersdocument")
router.register("wijzigingsvoorstellen", views.ProposalView, basename="wijzigingsvoorstel")
router.register("wachttijden", supply.WaitView, basename="wachttijd")
router.register("clientenstops", supply.StopView, basename="clientenstop")
router.register("plekken", supply.PlaceView, basename="plek")
router.register("crisismeldingen", placing.CrisisView, basename="crisismelding")
router.register("plaatsingen-buiten-de-regio", placing.OutsideView, basename="buitenplaatsing")

urlpatterns = router.urls
