from django.db import models

from core.states import Move, StateTable, register_states


class TaskState(models.TextChoices):
    OPEN = "open", "open"
    DONE = "done", "gedaan"
    DROPPED = "dropped", "niet meer nodig"


# Who may move is not a role but the owner or the team of the task: rules.py asks that.
OWNER, TEAM = "owner", "team"
WHO = (OWNER, TEAM)

TASK = register_states(
    StateTable(
        code="task",
        subject="De taak",
        states=TaskState,
        initial=TaskState.OPEN,
        moves=(
            Move("finish", "Afronden", (TaskState.OPEN,), TaskState.DONE, who=WHO),
            Move(
                "drop",
                "Laten vervallen",
                (TaskState.OPEN,),
                TaskState.DROPPED,
                who=WHO,
                reason=True,
            ),
            Move(
                "reopen",
                "Weer openen",
                (TaskState.DONE, TaskState.DROPPED),
                TaskState.OPEN,
                who=WHO,
                reason=True,
            ),
        ),
    )
)


class Rhythm(models.TextChoices):
    DAILY = "daily", "elke dag, als er iets te melden is"
    WEEKLY = "weekly", "elke maandag, als er iets te melden is"
    OFF = "off", "geen e-mail"
