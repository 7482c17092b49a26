from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    name = "providers"
    verbose_name = "Aanbieders"

    def ready(self) -> None:
        from . import intake_forms  # noqa: PLC0415 -- apps must be loaded

        intake_forms.register()
