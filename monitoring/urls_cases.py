"""Pages of cases, under /regio/<korte naam>/zaken/."""

from django.urls import path

from .views import case_following as following
from .views import case_opening as opening
from .views import case_phasing as phasing
from .views import case_plan as plan
from .views import cases as pages

urlpatterns = [
    path("", pages.case_list, name="cases"),
    path("openen/", opening.OpenCase.as_view(), name="case-open"),
    path("signalen/", pages.signal_page, name="case-signals"),
    path("signalen/doorgeven/", opening.AddSignal.as_view(), name="case-signal-add"),
    path("signalen/uitkomsten/", pages.obligations, name="case-obligations"),
    path(
        "signalen/<int:provider>/<slug:theme>/terzijde/",
        opening.SetAside.as_view(),
        name="case-signals-aside",
    ),
    path("overzicht/", pages.overview_page, name="case-overview"),
    path("procesafspraken/", pages.process_page, name="case-process"),
    path("procesafspraken/wijzigen/", opening.KeepProcess.as_view(), name="case-process-change"),
    path("<int:pk>/", pages.case_page, name="case"),
    path("<int:pk>/zaak.<slug:kind>", pages.case_paper, name="case-paper"),
    path("<int:case>/stap/<slug:move>/", opening.MoveCase.as_view(), name="case-move"),
    path("<int:case>/gesprek/", following.AddConversation.as_view(), name="case-conversation-add"),
    path(
        "gesprekken/<int:pk>/afspraak/", following.AddAgreement.as_view(), name="case-agreement-add"
    ),
    path("<int:case>/verbeterplan/", plan.WritePlan.as_view(), name="case-plan"),
    path("<int:case>/verbeterplan/maatregel/", plan.KeepPlanItem.as_view(), name="plan-item-add"),
    path("verbeterplan/<int:pk>/", plan.KeepPlanItem.as_view(), name="plan-item-change"),
    path(
        "verbeterplan/<int:pk>/verwijderen/",
        plan.RemovePlanItem.as_view(),
        name="plan-item-remove",
    ),
    path("verbeterplannen/<int:pk>/plan.<slug:kind>", pages.plan_paper, name="plan-paper"),
    path("acties/<int:pk>/stap/<slug:move>/", plan.MoveAction.as_view(), name="action-move"),
    path("acties/<int:pk>/voortgang/", plan.ReportProgress.as_view(), name="action-progress"),
    path("acties/<int:pk>/resultaat/", plan.JudgeResult.as_view(), name="action-judge"),
    path("voortgang/<int:pk>/bewijs/", pages.proof_file, name="action-proof"),
    path("<int:case>/maatregel/", following.TakeMeasure.as_view(), name="measure-add"),
    path("maatregelen/<int:pk>/einde/", following.EndMeasure.as_view(), name="measure-end"),
    path("<int:case>/waarneming/", following.AddObservation.as_view(), name="observation-add"),
    path("<int:case>/indicator/", following.KeepIndicator.as_view(), name="case-indicator-keep"),
    path(
        "indicatoren/<int:pk>/verwijderen/",
        following.DropIndicator.as_view(),
        name="case-indicator-remove",
    ),
    path("<int:case>/brief/", opening.WriteLetter.as_view(), name="letter-add"),
    path("brieven/<int:pk>/brief.<slug:kind>", pages.letter_file, name="letter-file"),
    path("<int:case>/uitfasering/", phasing.KeepPhaseOut.as_view(), name="phase-out"),
    path(
        "<int:case>/uitfasering/aantal/",
        phasing.KeepPhaseOutStep.as_view(),
        name="phase-out-step-add",
    ),
    path(
        "uitfasering/aantallen/<int:pk>/",
        phasing.KeepPhaseOutStep.as_view(),
        name="phase-out-step-change",
    ),
    path(
        "uitfasering/aantallen/<int:pk>/verwijderen/",
        phasing.RemovePhaseOutStep.as_view(),
        name="phase-out-step-remove",
    ),
    path(
        "<int:case>/uitfasering/alternatief/",
        phasing.KeepAlternative.as_view(),
        name="alternative-add",
    ),
    path(
        "uitfasering/alternatieven/<int:pk>/",
        phasing.KeepAlternative.as_view(),
        name="alternative-change",
    ),
    path(
        "uitfasering/alternatieven/<int:pk>/verwijderen/",
        phasing.RemoveAlternative.as_view(),
        name="alternative-remove",
    ),
]
