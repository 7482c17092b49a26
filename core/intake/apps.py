from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "core.intake"
    label = "intake"
    verbose_name = "Aanlevering"
