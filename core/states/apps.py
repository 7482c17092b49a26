from django.apps import AppConfig


class StatesConfig(AppConfig):
    name = "core.states"
    label = "states"
    verbose_name = "Stappen"
