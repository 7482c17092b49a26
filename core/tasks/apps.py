from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "core.tasks"
    label = "tasks"
    verbose_name = "Taken en termijnen"

    def ready(self) -> None:
        # Jobs are also run where no worker has looked for tasks: inside the web process.
        from . import tasks  # noqa: F401, PLC0415 -- apps must be loaded
