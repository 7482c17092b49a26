from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "regions"
    verbose_name = "Regio’s"

    def ready(self) -> None:
        from core.packs import PackPart, register_part  # noqa: PLC0415 -- apps must be loaded

        from . import intake_forms, pack  # noqa: PLC0415 -- apps must be loaded

        register_part(PackPart("regions", 10, pack.KEYS, pack.read, pack.write))
        intake_forms.register()
