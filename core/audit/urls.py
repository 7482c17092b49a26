from django.urls import path

from . import views

urlpatterns = [path("logboek/<slug:subject>/<int:pk>/", views.history, name="history")]
