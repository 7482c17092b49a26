from django.apps import AppConfig


class TasksConfig(AppConfig):
    name = "core.tasks"
    label = "tasks"
    verbose_name = "Taken en termijnen"
