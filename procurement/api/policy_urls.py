from core.api.rest import ApiRouter

from . import choice_views, line, papers, table_views
from . import policy_views as views

router = ApiRouter()
router.register("kaders", views.FrameworkView, basename="kader")
router.register("plannen", views.PlanView, basename="plan")
router.register("hoofdstukken", views.SectionView, basename="hoofdstuk")
router.register("bijlagen", views.AttachmentView, basename="bijlage")
router.register("verbanden", views.LinkView, basename="verband")
router.register("raadsvoorstellen", views.ProposalView, basename="raadsvoorstel")
router.register("besluiten", views.DecisionView, basename="besluit")
router.register("moties", views.MotionView, basename="motie")
router.register("raadsvragen", views.QuestionView, basename="raadsvraag")
router.register("bijeenkomsten", views.MeetingView, basename="bijeenkomst")
router.register("consultaties", views.ConsultationView, basename="consultatie")
router.register("opmerkingen", views.RemarkView, basename="opmerking")
router.register("onderwerpen", views.TopicView, basename="onderwerp")
router.register("opdrachtregels", views.OrderLineView, basename="opdrachtregel")
router.register("voorstelonderdelen", views.ChapterView, basename="voorstelonderdeel")
router.register("themas", views.ThemeView, basename="thema")
router.register("verantwoordingen", papers.JustificationView, basename="verantwoording")
router.register("agenda", line.AgendaView, basename="agenda")
for address, view, name in (*choice_views.VIEWS, *table_views.VIEWS):
    router.register(address, view, basename=name)

urlpatterns = router.urls
