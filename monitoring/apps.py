from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "monitoring"
    verbose_name = "Monitoring"

    def ready(self) -> None:
        from core.packs import PackPart, register_part  # noqa: PLC0415 -- apps must be loaded

        from . import pack, tasks  # noqa: F401, PLC0415 -- apps must be loaded

        register_part(PackPart("steering", 60, pack.KEYS, pack.read, pack.write))
