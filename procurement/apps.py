from django.apps import AppConfig


class ProcurementConfig(AppConfig):
    name = "procurement"
    verbose_name = "Inkoop"

    def ready(self) -> None:
        from core.packs import PackPart, register_part  # noqa: PLC0415 -- apps must be loaded

        from . import tasks  # noqa: F401, PLC0415 -- apps must be loaded
        from .intake import contracts as tables  # noqa: PLC0415
        from .intake import papers as papers_with_lists  # noqa: PLC0415
        from .intake import parts as tables_of_parts  # noqa: PLC0415
        from .intake import policy as tables_of_policy  # noqa: PLC0415
        from .pack import (  # noqa: PLC0415
            admission,
            choices,
            compliance,
            contracts,
            links,
            phases,
            policy,
        )

        for part in (
            PackPart("procurement", 30, phases.KEYS, phases.read, phases.write),
            PackPart("policy", 35, policy.KEYS, policy.read, policy.write),
            PackPart("choices", 36, choices.KEYS, choices.read, choices.write),
            PackPart("links", 38, links.KEYS, links.read, links.write),
            PackPart("admission", 37, admission.KEYS, admission.read, admission.write),
            PackPart("contracts", 38, contracts.KEYS, contracts.read, contracts.write),
            PackPart("compliance", 38, compliance.KEYS, compliance.read, compliance.write),
        ):
            register_part(part)
        tables.register()
        tables_of_parts.register()
        papers_with_lists.register()
        tables_of_policy.register()
