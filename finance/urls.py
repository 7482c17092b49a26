"""Pages of finance, under /regio/<korte naam>/."""

from django.urls import path

from .views import budgets, deviations, keys, lines, look_back, projections, spend

urlpatterns = [
    path("prognoses/", projections.projections, name="projections"),
    path("prognoses/maken/", projections.StartProjection.as_view(), name="projection-start"),
    path("prognoses/<int:pk>/", projections.projection, name="projection"),
    path("prognoses/<int:pk>/narekenen/", projections.recompute, name="projection-recompute"),
    path(
        "prognoses/<int:pk>/jaren.csv",
        projections.projection_file,
        {"form": "jaren.csv"},
        name="projection-csv",
    ),
    path(
        "prognoses/<int:pk>/maanden.csv",
        projections.projection_file,
        {"form": "maanden.csv"},
        name="projection-months-csv",
    ),
    path(
        "prognoses/<int:pk>/prognose.xlsx",
        projections.projection_file,
        {"form": "xlsx"},
        name="projection-xlsx",
    ),
    path("prognoses/<int:pk>/terugblik/", look_back.look_back, name="projection-look-back"),
    path("prognoses/<int:pk>/terugblik/maken/", look_back.start, name="projection-look-back-start"),
    path(
        "prognoses/<int:pk>/terugblik.csv",
        look_back.look_back_file,
        name="projection-look-back-csv",
    ),
    path(
        "prognoses/<int:pk>/driehoek/<str:segment>/",
        look_back.triangle,
        name="projection-triangle",
    ),
    path("begrotingen/", budgets.budgets, name="budgets"),
    path("begrotingen/vastleggen/", budgets.AddBudget.as_view(), name="budget-add"),
    path("begrotingen/<int:pk>/wijzigen/", budgets.ChangeBudget.as_view(), name="budget-change"),
    path("begrotingen/<int:pk>/vaststellen/", budgets.adopt, name="budget-adopt"),
    path("uitgaven/", spend.spend, name="finance-spend"),
    path("uitgaven/uitgaven.csv", spend.spend_file, {"form": "csv"}, name="finance-spend-csv"),
    path("uitgaven/uitgaven.xlsx", spend.spend_file, {"form": "xlsx"}, name="finance-spend-xlsx"),
    path("uitgaven/regels/", lines.lines, name="spend-lines"),
    path("uitgaven/regels/regels.csv", lines.lines_file, name="spend-lines-csv"),
    path("uitgaven/regels/<int:pk>/", lines.line, name="spend-line"),
    path("uitgaven/afwijkingen/", deviations.deviations, name="deviations"),
    path("uitgaven/afwijkingen/toetsen/", deviations.KeepTerms.as_view(), name="checks"),
    path("uitgaven/afwijkingen/toetsen/nu/", deviations.check_now, name="check-now"),
    path("uitgaven/afwijkingen/<int:pk>/", deviations.deviation, name="deviation"),
    path(
        "uitgaven/afwijkingen/<int:pk>/regels.csv",
        deviations.deviation_file,
        name="deviation-csv",
    ),
    path(
        "uitgaven/afwijkingen/<int:pk>/stap/<slug:move>/",
        deviations.MoveDeviation.as_view(),
        name="deviation-move",
    ),
    path(
        "uitgaven/afwijkingen/<int:pk>/regels/<int:finding>/uitzonderen/",
        deviations.ExceptLine.as_view(),
        name="finding-except",
    ),
    path(
        "uitgaven/afwijkingen/<int:pk>/regels/<int:finding>/meetellen/",
        deviations.count_again,
        name="finding-count",
    ),
    path("verdeelsleutels/", keys.keys, name="finance-keys"),
    path("verdeelsleutels/verdeling.csv", keys.keys_file, name="finance-keys-csv"),
    path("verdeelsleutels/toevoegen/", keys.KeepKey.as_view(), name="finance-key-add"),
    path("verdeelsleutels/<int:pk>/", keys.key, name="finance-key"),
    path("verdeelsleutels/<int:pk>/wijzigen/", keys.KeepKey.as_view(), name="finance-key-change"),
    path(
        "verdeelsleutels/<int:pk>/stap/<slug:move>/",
        keys.MoveKey.as_view(),
        name="finance-key-move",
    ),
    path("besparing/", budgets.savings, name="savings"),
    path("indexering/toevoegen/", budgets.KeepIndex.as_view(), name="index-add"),
    path("indexering/<int:pk>/", budgets.KeepIndex.as_view(), name="index-change"),
    path("indexering/<int:pk>/verwijderen/", budgets.RemoveIndex.as_view(), name="index-remove"),
]
