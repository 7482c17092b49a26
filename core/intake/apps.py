from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "core.intake"
    label = "intake"
    verbose_name = "Aanlevering"

    def ready(self) -> None:
        from . import merging  # noqa: F401, PLC0415 -- registers the job handlers
