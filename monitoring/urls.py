"""Pages about figures, under /regio/<korte naam>/."""

from django.urls import include, path

from .views import agreed, files, guide, interpretation, pages, patterns, rounds, steering

urlpatterns = [
    path("zaken/", include("monitoring.urls_cases")),
    path("risicos/", steering.risk_list, name="risks"),
    path("risicos/<int:pk>/", steering.risk_page, name="risk"),
    path("lokale-teams/", steering.local_teams, name="local-teams"),
    path("lokale-teams/<int:pk>/", steering.self_assessment, name="self-assessment"),
    path("leren/", steering.learning_list, name="learning"),
    path("leren/verkenningen/<int:pk>/", steering.inquiry_page, name="inquiry"),
    path("leren/initiatieven/<int:pk>/", steering.initiative_page, name="initiative"),
    path("verwijsgids/", guide.guide_page, name="guide"),
    path("afgesproken/", agreed.set_list, name="agreed-sets"),
    path("afgesproken/<int:pk>/", agreed.set_page, name="agreed-set"),
    path("afgesproken/<int:pk>/nieuwe-versie/", agreed.begin, name="agreed-set-begin"),
    path("duidingen/", interpretation.session_list, name="interpretations"),
    path("duidingen/<int:pk>/", interpretation.session_page, name="interpretation"),
    path("patronen/", patterns.pattern_page, name="patterns"),
    path("patronen/<int:pk>/", patterns.one_pattern, name="pattern"),
    path("patronen/<int:pk>/signaal/", patterns.raise_signal, name="pattern-signal"),
    path("patronen/<int:pk>/zaak/", patterns.raise_case, name="pattern-case"),
    path("aanleverrondes/", rounds.round_list, name="rounds"),
    path("aanleverrondes/opvragen/", rounds.AskRound.as_view(), name="round-ask"),
    path("aanleverrondes/<int:pk>/", rounds.one_round, name="round"),
    path("aanleverrondes/<int:pk>/intrekken/", rounds.WithdrawRound.as_view(), name="round-remove"),
    path(
        "aanleverrondes/<int:pk>/stap/<slug:move>/", rounds.OpenRound.as_view(), name="round-move"
    ),
    path(
        "aanleverrondes/aanlevering/<int:pk>/vragen/",
        rounds.ChooseQuestions.as_view(),
        name="delivery-questions",
    ),
    path("aanleverrondes/aanlevering/<int:pk>/", rounds.one_delivery, name="delivery"),
    path(
        "aanleverrondes/aanlevering/<int:pk>/cijfers/",
        rounds.Answer.as_view(),
        name="delivery-answer",
    ),
    path(
        "aanleverrondes/aanlevering/<int:pk>/stap/<slug:move>/",
        rounds.MoveDelivery.as_view(),
        name="delivery-move",
    ),
    path("indicatoren/", pages.indicators, name="indicators"),
    path("indicatoren/cijfers.csv", files.figures_csv, name="indicators-csv"),
    path("indicatoren/cijfers.xlsx", files.figures_xlsx, name="indicators-xlsx"),
    path("indicatoren/berekenen/", pages.compute, name="indicators-compute"),
    path("indicatoren/<str:code>/", pages.indicator, name="indicator"),
    path("indicatoren/<str:code>/waarom/", pages.indicator_why, name="indicator-why"),
    path(
        "indicatoren/<str:code>/aanbieders/", pages.indicator_providers, name="indicator-providers"
    ),
]
