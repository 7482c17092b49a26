"""Pages for anybody, under /openbaar/."""

from django.urls import path

from .views import public

PARTS = (
    ("", public.public_place, "public-place"),
    ("rapport.pdf", public.public_pdf, "public-pdf"),
    ("thema.css", public.public_theme, "public-theme"),
    ("wapen", public.public_arms, "public-arms"),
    ("cijfers.csv", public.public_csv, "public-csv"),
    ("cijfers.json", public.public_json, "public-json"),
    ("cijfers.jsonld", public.public_dcat, "public-dcat"),
    ("grafiek/<slug:code>.svg", public.public_chart, "public-chart"),
)

urlpatterns = [
    path("", public.public_home, name="public-home"),
    *(path(f"<slug:slug>/{part}", view, name=name) for part, view, name in PARTS),
    *(path(f"<slug:slug>/gemeente/<slug:gm_code>/{part}", v, name=n) for part, v, n in PARTS),
]
