from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Rapportages"

    def ready(self) -> None:
        from . import intake_forms, tasks  # noqa: F401, PLC0415 -- apps must be loaded

        intake_forms.register()
