from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    name = "providers"
    verbose_name = "Aanbieders"

    def ready(self) -> None:
        from . import intake_forms, intake_supply  # noqa: PLC0415 -- apps must be loaded

        intake_forms.register()
        intake_supply.register()
