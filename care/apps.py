from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "care"
    verbose_name = "Zorg"

    def ready(self) -> None:
        from .forms_intake import register  # noqa: PLC0415 -- needs the models

        register()
