"""Under /regio/<korte naam>/."""

from django.urls import include, path

from .views import editing, moves, pages, proposing, written

DOSSIER = "aanbieders/<int:pk>/"

urlpatterns = [
    path("aanbod/", include("providers.urls_supply")),
    path("aanbieders/", pages.provider_list, name="providers"),
    path("aanbieders/toevoegen/", editing.KeepProvider.as_view(), name="provider-add"),
    path("aanbieders/signalen/", pages.signal_list, name="provider-signals"),
    path("aanbieders/signalen/grenzen/", editing.KeepNorms.as_view(), name="business-norms"),
    path("aanbieders/voorstellen/", pages.proposal_list, name="provider-proposals"),
    path(DOSSIER, pages.provider_page, name="provider"),
    path(f"{DOSSIER}gesprekken/", pages.provider_contact, name="provider-contact"),
    path(f"{DOSSIER}bedrijf/", pages.provider_trust, name="provider-trust"),
    path(f"{DOSSIER}documenten/", pages.provider_documents, name="provider-documents"),
    path(f"{DOSSIER}overzicht.<str:kind>", written.account, name="provider-account"),
    path(f"{DOSSIER}wijzigen/", editing.KeepProvider.as_view(), name="provider-change"),
    path(f"{DOSSIER}verwijderen/", editing.RemoveProvider.as_view(), name="provider-remove"),
    path(
        "aanbieders/documenten/<int:pk>/versie/<int:number>/",
        written.document_file,
        name="provider-document-file",
    ),
    path(
        "aanbieders/<int:provider>/voorstel/<str:subject>/",
        proposing.Propose.as_view(),
        name="proposal-add",
    ),
    path(
        "aanbieders/voorstel/<str:subject>/<int:pk>/",
        proposing.Propose.as_view(),
        name="proposal-change",
    ),
    path(
        "aanbieders/voorstel/<str:subject>/<int:pk>/verwijderen/",
        proposing.ProposeRemoval.as_view(),
        name="proposal-removal",
    ),
]

for name, (part, (keep, remove)) in editing.PARTS.items():
    urlpatterns += [
        path(f"aanbieders/<int:provider>/{part}/toevoegen/", keep.as_view(), name=f"{name}-add"),
        path(f"aanbieders/{part}/<int:pk>/", keep.as_view(), name=f"{name}-change"),
        path(f"aanbieders/{part}/<int:pk>/verwijderen/", remove.as_view(), name=f"{name}-remove"),
    ]

for name, part, move in (
    ("conversation", "gesprekken", moves.MoveConversation),
    ("agreement", "afspraken", moves.MoveAgreement),
    ("incident", "incidenten", moves.MoveIncident),
    ("proposal", "voorstellen", moves.MoveProposal),
):
    urlpatterns.append(
        path(f"aanbieders/{part}/<int:pk>/stap/<slug:move>/", move.as_view(), name=f"{name}-move")
    )
