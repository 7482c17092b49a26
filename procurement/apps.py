from django.apps import AppConfig


class ProcurementConfig(AppConfig):
    name = "procurement"
    verbose_name = "Inkoop"

    def ready(self) -> None:
        from core.packs import PackPart, register_part  # noqa: PLC0415 -- apps must be loaded

        from . import (  # noqa: PLC0415 -- apps must be loaded
            choice_pack,
            intake_forms,
            pack,
            policy_pack,
            tasks,  # noqa: F401
        )

        register_part(PackPart("procurement", 30, pack.KEYS, pack.read, pack.write))
        register_part(PackPart("policy", 35, policy_pack.KEYS, policy_pack.read, policy_pack.write))
        register_part(
            PackPart("choices", 36, choice_pack.KEYS, choice_pack.read, choice_pack.write)
        )
        intake_forms.register()
