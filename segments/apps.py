from django.apps import AppConfig


class SegmentsConfig(AppConfig):
    name = "segments"
    verbose_name = "Segmenten"

    def ready(self) -> None:
        from core.packs import PackPart, register_part  # noqa: PLC0415 -- apps must be loaded

        from . import intake_forms, pack, pack_out, pack_words  # noqa: PLC0415 -- apps must be loaded

        register_part(PackPart("segments", 20, pack_words.KEYS, pack.read, pack_out.write))
        intake_forms.register()
