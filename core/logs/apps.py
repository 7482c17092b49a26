import structlog
from django.apps import AppConfig

from .processors import PROCESSORS


class LogsConfig(AppConfig):
    name = "core.logs"
    label = "logs"

    def ready(self) -> None:
        structlog.configure(
            processors=[
                structlog.stdlib.filter_by_level,
                *PROCESSORS,
                structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
            ],
            wrapper_class=structlog.stdlib.BoundLogger,
            logger_factory=structlog.stdlib.LoggerFactory(),
            cache_logger_on_first_use=True,
        )
