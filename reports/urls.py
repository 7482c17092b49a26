"""Pages of reports, under /regio/<korte naam>/."""

from django.urls import path

from .views import cycle, deliveries, files, pages, readers, retention, themes, writing

urlpatterns = [
    path("rapportages/", pages.editions, name="editions"),
    path("rapportages/maken/", pages.MakeEditions.as_view(), name="editions-make"),
    path(
        "rapportages/spiegels/publiceren/",
        pages.PublishMirrors.as_view(),
        name="mirrors-publish",
    ),
    path("rapportages/voor-anderen/", deliveries.deliveries, name="deliveries"),
    path("rapportages/voor-anderen/ocds.json", deliveries.ocds_json, name="deliveries-ocds"),
    path(
        "rapportages/voor-anderen/halfjaar/<slug:half_year>.csv",
        deliveries.half_year_csv,
        name="deliveries-half-year",
    ),
    path(
        "rapportages/voor-anderen/contracten/<int:year>.csv",
        deliveries.contracts_csv,
        name="deliveries-contracts",
    ),
    path("rapportages/bewaartermijnen/", retention.retention, name="retention"),
    path("rapportages/huisstijl/", themes.themes, name="themes"),
    path("rapportages/huisstijl/<slug:place>/", themes.KeepTheme.as_view(), name="theme-change"),
    path(
        "rapportages/huisstijl/<slug:place>/weg/",
        themes.RemoveTheme.as_view(),
        name="theme-remove",
    ),
    path(
        "rapportages/halfjaar/<slug:half_year>/alles.zip", files.half_year_zip, name="editions-zip"
    ),
    path("rapportages/planning/", cycle.cycles, name="cycles"),
    path("rapportages/planning/maken/", cycle.PlanCycle.as_view(), name="cycle-plan"),
    path(
        "rapportages/planning/<int:cycle>/moment/",
        cycle.KeepMilestone.as_view(),
        name="milestone-add",
    ),
    path(
        "rapportages/planning/moment/<int:pk>/",
        cycle.KeepMilestone.as_view(),
        name="milestone-change",
    ),
    path(
        "rapportages/planning/moment/<int:pk>/verwijderen/",
        cycle.RemoveMilestone.as_view(),
        name="milestone-remove",
    ),
    path("rapportages/vragen/", readers.questions, name="questions"),
    path(
        "rapportages/vragen/<int:pk>/antwoord/",
        readers.AnswerQuestion.as_view(),
        name="question-answer",
    ),
    path("rapportages/<uuid:pk>/", pages.edition, name="edition"),
    path("rapportages/<uuid:pk>/rapport.pdf", pages.edition_pdf, name="edition-pdf"),
    path("rapportages/<uuid:pk>/rapport.docx", files.edition_docx, name="edition-docx"),
    path("rapportages/<uuid:pk>/brief.docx", files.edition_letter, name="edition-letter"),
    path("rapportages/<uuid:pk>/cijfers.xlsx", files.edition_xlsx, name="edition-xlsx"),
    path("rapportages/<uuid:pk>/narekenen/", pages.edition_repeat, name="edition-repeat"),
    path("rapportages/<uuid:pk>/tekst/", writing.texts, name="edition-texts"),
    path(
        "rapportages/<uuid:pk>/tekst/<slug:key>/",
        writing.WritePassage.as_view(),
        name="edition-write",
    ),
    path(
        "rapportages/<uuid:pk>/opmerking/<slug:key>/",
        writing.WriteComment.as_view(),
        name="edition-comment",
    ),
    path(
        "rapportages/<uuid:pk>/opmerkingen/<int:comment>/",
        writing.AnswerComment.as_view(),
        name="edition-comment-answer",
    ),
    path(
        "rapportages/<uuid:pk>/besluit/<slug:municipality>/",
        writing.RecordAdoption.as_view(),
        name="edition-adoption",
    ),
    path(
        "rapportages/<uuid:pk>/corrigeren/",
        writing.StartCorrection.as_view(),
        name="edition-correct",
    ),
    path(
        "rapportages/<uuid:pk>/stap/<slug:move>/",
        writing.MoveEdition.as_view(),
        name="edition-move",
    ),
    path("rapportages/<uuid:pk>/vraag/", readers.AskQuestion.as_view(), name="question-ask"),
]
