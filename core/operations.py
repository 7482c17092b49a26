"""Steps of migrations that leave the models rendered so far alone.

Django renders a model and all models around it anew for every constraint and trigger. Nothing in a
migration reads them from a rendered model, and with hundreds of models this took most of the time
of a first `migrate`. The state itself, with which `makemigrations` compares, is kept up as always.
"""

from typing import Any

from django.db import migrations
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger as PlainAddTrigger


def _append(state: ProjectState, key: tuple[str, str], option: str, value: Any) -> None:
    options = state.models[key].options
    options[option] = [*options.get(option, ()), value]


class AddConstraint(migrations.AddConstraint):
    """Adds a constraint to the table and to the state."""

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        _append(state, (app_label, self.model_name_lower), "constraints", self.constraint)


class AddTrigger(PlainAddTrigger):
    """Adds a trigger to the table and to the state."""

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        _append(state, (app_label, self.model_name_lower), "triggers", self.trigger)
