from core.api.rest import ApiRouter

from . import admission, changes, rounds, transition, views, voting

router = ApiRouter()
router.register("contracten", views.ContractView, basename="contract")
router.register("herzieningen", changes.RevisionView, basename="herziening")
router.register("verlengingen", changes.ExtensionView, basename="verlenging")
router.register("verplichtingen", changes.ObligationView, basename="verplichting")
router.register("sancties", changes.SanctionView, basename="sanctie")
router.register("tarieven", views.TariffView, basename="tarief")
router.register("plafonds", views.CapView, basename="plafond")

for address, view, name in (*admission.VIEWS, *voting.VIEWS, *transition.VIEWS, *rounds.VIEWS):
    router.register(address, view, basename=name)

urlpatterns = router.urls
