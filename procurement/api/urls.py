from core.api.rest import ApiRouter

from . import admission, ceilings, changes, compliance, rounds, transition, views, voting

router = ApiRouter()
router.register("contracten", views.ContractView, basename="contract")
router.register("herzieningen", changes.RevisionView, basename="herziening")
router.register("verlengingen", changes.ExtensionView, basename="verlenging")
router.register("verplichtingen", changes.ObligationView, basename="verplichting")
router.register("sancties", changes.SanctionView, basename="sanctie")
router.register("tarieven", views.TariffView, basename="tarief")
router.register("plafonds", views.CapView, basename="plafond")

OF_A_SUBJECT = (admission, voting, transition, rounds, ceilings, compliance)
for address, view, name in (row for subject in OF_A_SUBJECT for row in subject.VIEWS):
    router.register(address, view, basename=name)

urlpatterns = router.urls
