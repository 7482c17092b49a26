"""The front door of tasks; anything else is private to this shelf."""

from .domain.calendar import reader as calendar_reader
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
from .enums import TASK, WHO, TaskState
from .models import Task
from .queries import colleagues_of, of_person, overdue, visible_to
from .registry import (
    DeadlineSource,
    Due,
    Membership,
    Organisation,
    memberships_of,
    register_deadlines,
    register_organisation,
    role_label,
    tenants_of,
)
from .rules import check_can_add

__all__ = [
    "TASK",
    "WHO",
    "DeadlineSource",
    "Due",
    "Membership",
    "Organisation",
    "Synced",
    "Task",
    "TaskState",
    "add_task",
    "calendar_reader",
    "check_can_add",
    "colleagues_of",
    "drop_task",
    "finish_task",
    "hand_over",
    "hand_over_all",
    "memberships_of",
    "of_person",
    "overdue",
    "postpone",
    "register_deadlines",
    "register_organisation",
    "reopen_task",
    "role_label",
    "sync_now",
    "sync_tasks",
    "tenants_of",
    "visible_to",
]
