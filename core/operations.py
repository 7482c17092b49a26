"""Steps of migrations that render only the model they are about.

For every step Django renders that model anew and all models related to it, near or far: with
hundreds of models around a few, all of them, a thousand times. A step that adds something needs
only the model itself: the columns of the others stay as they are. The state, with which
`makemigrations` compares, is kept up as always; every other step renders in Django's own way.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import migrations
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger as PlainAddTrigger


@contextmanager
def _rendering_only(app_label: str, model: str, state: ProjectState) -> Iterator[None]:
    """Within it the state changes without its rendered models; afterwards this one joins them."""
    rendered = state.__dict__.pop("apps", None)
    yield
    if rendered is not None:
        state.apps = rendered
        state.apps.unregister_model(app_label, model)
        state.apps.render_multiple([state.models[app_label, model]])


def _append(state: ProjectState, app_label: str, model: str, option: str, value: Any) -> None:
    options = state.models[app_label, model].options
    options[option] = [*options.get(option, ()), value]


class CreateModel(migrations.CreateModel):
    """Makes a table."""

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        with _rendering_only(app_label, self.name_lower, state):
            super().state_forwards(app_label, state)


class AddField(migrations.AddField):
    """Adds a column."""

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        with _rendering_only(app_label, self.model_name_lower, state):
            super().state_forwards(app_label, state)


class AddConstraint(migrations.AddConstraint):
    """Adds a constraint; no rendered model is asked for it."""

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        _append(state, app_label, self.model_name_lower, "constraints", self.constraint)


class AddTrigger(PlainAddTrigger):
    """Adds a trigger; no rendered model is asked for it."""

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        _append(state, app_label, self.model_name_lower, "triggers", self.trigger)
