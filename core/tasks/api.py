"""The front door of tasks; anything else is private to this shelf."""

from .domain.handle import (
    add_task,
    drop_task,
    finish_task,
    hand_over,
    hand_over_all,
    postpone,
    reopen_task,
)
from .domain.sync import Synced, sync_now, sync_tasks
from .enums import TaskState
from .models import Task
from .queries import of_person, overdue, visible_to
from .registry import (
    DeadlineSource,
    Due,
    Membership,
    Organisation,
    register_deadlines,
    register_organisation,
)

__all__ = [
    "DeadlineSource",
    "Due",
    "Membership",
    "Organisation",
    "Synced",
    "Task",
    "TaskState",
    "add_task",
    "drop_task",
    "finish_task",
    "hand_over",
    "hand_over_all",
    "of_person",
    "overdue",
    "postpone",
    "register_deadlines",
    "register_organisation",
    "reopen_task",
    "sync_now",
    "sync_tasks",
    "visible_to",
]
