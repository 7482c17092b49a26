from django.apps import AppConfig


class LocalServicesConfig(AppConfig):
    name = "core.localservices"
    label = "localservices"
