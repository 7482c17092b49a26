"""Plans, decisions and consultation, under /regio/<korte naam>/."""

from django.urls import path

from ..views import (
    attachments,
    choices,
    consultations,
    councils,
    framework_change,
    plans,
    tables,
)

urlpatterns = [
    path("plannen/", plans.plan_list, name="plans"),
    path("plannen/<int:pk>/", plans.plan_page, name="plan"),
    path("plannen/<int:pk>/tekst.<slug:form>", plans.plan_file, name="plan-file"),
    path("plannen/<int:pk>/naast/<int:other>/", plans.compare, name="plan-compare"),
    path("plannen/<int:pk>/regionale-opdracht/", plans.regional_order, name="regional-order"),
    path(
        "plannen/<int:plan>/bijlage/", attachments.KeepAttachment.as_view(), name="attachment-add"
    ),
    path("bijlagen/<int:pk>/", attachments.KeepAttachment.as_view(), name="attachment-change"),
    path("bijlagen/<int:pk>/bestand/", plans.attachment_file, name="attachment-file"),
    path(
        "bijlagen/<int:pk>/verwijderen/",
        attachments.RemoveAttachment.as_view(),
        name="attachment-remove",
    ),
    path("van-kader-naar-contract/", plans.line_page, name="line"),
    path("van-kader-naar-contract/doelen/<int:pk>/", plans.goal_line, name="goal-line"),
    path("kaders/", plans.framework_list, name="frameworks"),
    path("kaders/<int:pk>/", plans.framework_page, name="framework"),
    path(
        "kaders/<int:pk>/wijziging/",
        framework_change.AnnounceChange.as_view(),
        name="framework-change",
    ),
    path("besluiten/", councils.decision_list, name="decisions"),
    path("raadsvoorstellen/<int:pk>/", councils.proposal_page, name="proposal"),
    path(
        "raadsvoorstellen/<int:pk>/raadsvoorstel.<slug:form>",
        councils.proposal_file,
        name="proposal-file",
    ),
    path("raadsvragen/", councils.question_list, name="council-questions"),
    path("raadsvragen/lijst.csv", councils.questions_csv, name="council-questions-csv"),
    path("consultaties/", consultations.consultation_list, name="consultations"),
    path("consultaties/<int:pk>/", consultations.consultation_page, name="consultation"),
    path(
        "consultaties/<int:pk>/reactienota.<slug:form>",
        consultations.response_note,
        name="response-note",
    ),
    path("segmenten/indelingen/<int:pk>/keuzes/", choices.choices_page, name="choices"),
    path(
        "segmenten/indelingen/<int:pk>/keuzes/verantwoording.<slug:form>",
        choices.justification,
        name="justification",
    ),
    path("procedures/", choices.procedure_list, name="procedures"),
    path("procedures/<int:pk>/", choices.procedure_page, name="procedure"),
    path("ontwikkeltafels/", tables.table_list, name="tables"),
    path("ontwikkeltafels/toezeggingen/", tables.commitment_list, name="commitments"),
    path("ontwikkeltafels/<int:pk>/", tables.table_page, name="table"),
    path(
        "ontwikkeltafels/<int:pk>/bijeenkomst/",
        tables.PlanMeeting.as_view(),
        name="table-meeting-add",
    ),
    path("ontwikkeltafels/<int:pk>/plan/", tables.write_plan, name="table-plan"),
    path("bijeenkomsten/", consultations.meeting_list, name="meetings"),
    path("bijeenkomsten/<int:pk>/", consultations.meeting_page, name="meeting"),
]
