from django.apps import AppConfig


class FinanceConfig(AppConfig):
    name = "finance"
    verbose_name = "Financiën"

    def ready(self) -> None:
        from core.packs import PackPart, register_part  # noqa: PLC0415 -- apps must be loaded
        from procurement.domain.yearly_amounts import register_yearly_amount  # noqa: PLC0415

        from . import intake_forms, pack, tasks  # noqa: F401, PLC0415 -- apps must be loaded
        from .domain.indexed_settlements import AgreedAmounts  # noqa: PLC0415

        register_yearly_amount(AgreedAmounts())
        register_part(PackPart("finance", 50, pack.KEYS, pack.read, pack.write))
        intake_forms.register()
