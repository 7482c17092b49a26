from core.api.rest import ApiRouter

from . import documents, intake, jobs, parties, registers, tasks

router = ApiRouter()
router.register("regios", registers.RegionView, basename="regio")
router.register("gemeenten", registers.MunicipalityView, basename="gemeente")
router.register("lidmaatschappen", registers.MembershipView, basename="lidmaatschap")
router.register("groepen", registers.GroupView, basename="groep")
router.register("jeugdigenaantallen", registers.YouthView, basename="jeugdigenaantal")
router.register("gebruikers", registers.UserView, basename="gebruiker")
router.register("rollen", registers.RoleView, basename="rol")
router.register("inkooporganisaties", parties.PurchaserView, basename="inkooporganisatie")
router.register("bestuursorganen", parties.BodyView, basename="bestuursorgaan")
router.register("ketenpartners", parties.PartnerView, basename="ketenpartner")
router.register("herindelingen", parties.MergerView, basename="herindeling")
router.register("taken", jobs.JobView, basename="taak")
router.register("actiepunten", tasks.TaskView, basename="actiepunt")
router.register("aanleveringen", intake.RunView, basename="aanlevering")
router.register("aanleverformulieren", intake.FormView, basename="aanleverformulier")
router.register("documenten", documents.DocumentView, basename="document")

urlpatterns = router.urls
