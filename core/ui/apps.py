from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class UiConfig(AppConfig):
    name = "core.ui"
    label = "ui"
    verbose_name = "Scherm"

    def ready(self) -> None:
        # Each app says in its `desk.py` what it adds to shared pages.
        autodiscover_modules("desk")
