from django.apps import AppConfig


class ProcurementConfig(AppConfig):
    name = "procurement"
    verbose_name = "Inkoop"

    def ready(self) -> None:
        from core.packs import PackPart, register_part  # noqa: PLC0415 -- apps must be loaded

        from . import intake_forms, pack, tasks  # noqa: F401, PLC0415 -- apps must be loaded

        register_part(PackPart("procurement", 30, pack.KEYS, pack.read, pack.write))
        intake_forms.register()
