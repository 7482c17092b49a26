from django.apps import AppConfig


class ProcurementConfig(AppConfig):
    name = "procurement"
    verbose_name = "Inkoop"

    def ready(self) -> None:
        from core.packs import PackPart, register_part  # noqa: PLC0415 -- apps must be loaded

        from . import (  # noqa: PLC0415 -- apps must be loaded
            choice_pack,
            intake_forms,
            intake_more,
            intake_policy,
            pack,
            pack_admission,
            pack_compliance,
            pack_contracts,
            policy_pack,
            tasks,  # noqa: F401
        )

        for part in (
            PackPart("procurement", 30, pack.KEYS, pack.read, pack.write),
            PackPart("policy", 35, policy_pack.KEYS, policy_pack.read, policy_pack.write),
            PackPart("choices", 36, choice_pack.KEYS, choice_pack.read, choice_pack.write),
            PackPart(
                "links", 38, policy_pack.LINK_KEYS, policy_pack.read_links, policy_pack.write_links
            ),
            PackPart(
                "admission", 37, pack_admission.KEYS, pack_admission.read, pack_admission.write
            ),
            PackPart(
                "contracts", 38, pack_contracts.KEYS, pack_contracts.read, pack_contracts.write
            ),
            PackPart(
                "compliance", 38, pack_compliance.KEYS, pack_compliance.read, pack_compliance.write
            ),
        ):
            register_part(part)
        intake_forms.register()
        intake_more.register()
        intake_policy.register()
