from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "regions"
    verbose_name = "Regio’s"

    def ready(self) -> None:
        from core.api.authentication import read_with_user  # noqa: PLC0415 -- as below
        from core.packs import PackPart, register_part  # noqa: PLC0415 -- apps must be loaded

        from . import intake_forms, pack  # noqa: PLC0415 -- apps must be loaded
        from .queries import access  # noqa: PLC0415 -- apps must be loaded

        register_part(PackPart("regions", 10, pack.KEYS, pack.read, pack.write))
        intake_forms.register()
        read_with_user(access.grants_column, access.remember_grants)
