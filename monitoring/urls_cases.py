"""Pages of cases, under /regio/<korte naam>/zaken/."""

from django.urls import path

from .views import case_editing as editing
from .views import cases as pages

urlpatterns = [
    path("", pages.case_list, name="cases"),
    path("openen/", editing.OpenCase.as_view(), name="case-open"),
    path("signalen/", pages.signal_page, name="case-signals"),
    path("signalen/doorgeven/", editing.AddSignal.as_view(), name="case-signal-add"),
    path("signalen/uitkomsten/", pages.obligations, name="case-obligations"),
    path(
        "signalen/<int:provider>/<slug:theme>/terzijde/",
        editing.SetAside.as_view(),
        name="case-signals-aside",
    ),
    path("overzicht/", pages.overview_page, name="case-overview"),
    path("procesafspraken/", pages.process_page, name="case-process"),
    path("procesafspraken/wijzigen/", editing.KeepProcess.as_view(), name="case-process-change"),
    path("<int:pk>/", pages.case_page, name="case"),
    path("<int:pk>/zaak.<slug:kind>", pages.case_paper, name="case-paper"),
    path("<int:case>/stap/<slug:move>/", editing.MoveCase.as_view(), name="case-move"),
    path("<int:case>/gesprek/", editing.AddConversation.as_view(), name="case-conversation-add"),
    path(
        "gesprekken/<int:pk>/afspraak/", editing.AddAgreement.as_view(), name="case-agreement-add"
    ),
    path("<int:case>/verbeterplan/", editing.WritePlan.as_view(), name="case-plan"),
    path(
        "<int:case>/verbeterplan/maatregel/", editing.KeepPlanItem.as_view(), name="plan-item-add"
    ),
    path("verbeterplan/<int:pk>/", editing.KeepPlanItem.as_view(), name="plan-item-change"),
    path(
        "verbeterplan/<int:pk>/verwijderen/",
        editing.RemovePlanItem.as_view(),
        name="plan-item-remove",
    ),
    path("verbeterplannen/<int:pk>/plan.<slug:kind>", pages.plan_paper, name="plan-paper"),
    path("acties/<int:pk>/stap/<slug:move>/", editing.MoveAction.as_view(), name="action-move"),
    path("acties/<int:pk>/voortgang/", editing.ReportProgress.as_view(), name="action-progress"),
    path("acties/<int:pk>/resultaat/", editing.JudgeResult.as_view(), name="action-judge"),
    path("voortgang/<int:pk>/bewijs/", pages.proof_file, name="action-proof"),
    path("<int:case>/maatregel/", editing.TakeMeasure.as_view(), name="measure-add"),
    path("maatregelen/<int:pk>/einde/", editing.EndMeasure.as_view(), name="measure-end"),
    path("<int:case>/waarneming/", editing.AddObservation.as_view(), name="observation-add"),
    path("<int:case>/indicator/", editing.KeepIndicator.as_view(), name="case-indicator-keep"),
    path(
        "indicatoren/<int:pk>/verwijderen/",
        editing.DropIndicator.as_view(),
        name="case-indicator-remove",
    ),
    path("<int:case>/brief/", editing.WriteLetter.as_view(), name="letter-add"),
    path("brieven/<int:pk>/brief.<slug:kind>", pages.letter_file, name="letter-file"),
    path("<int:case>/uitfasering/", editing.KeepPhaseOut.as_view(), name="phase-out"),
    path(
        "<int:case>/uitfasering/aantal/",
        editing.KeepPhaseOutStep.as_view(),
        name="phase-out-step-add",
    ),
    path(
        "uitfasering/aantallen/<int:pk>/",
        editing.KeepPhaseOutStep.as_view(),
        name="phase-out-step-change",
    ),
    path(
        "uitfasering/aantallen/<int:pk>/verwijderen/",
        editing.RemovePhaseOutStep.as_view(),
        name="phase-out-step-remove",
    ),
    path(
        "<int:case>/uitfasering/alternatief/",
        editing.KeepAlternative.as_view(),
        name="alternative-add",
    ),
    path(
        "uitfasering/alternatieven/<int:pk>/",
        editing.KeepAlternative.as_view(),
        name="alternative-change",
    ),
    path(
        "uitfasering/alternatieven/<int:pk>/verwijderen/",
        editing.RemoveAlternative.as_view(),
        name="alternative-remove",
    ),
]
