"""The ways in for data about care: what is registered with the intake engine."""

from core.intake.registry import register_form

from . import delivered
from .declarations import DECLARATIONS
from .messages import MESSAGES
from .trajectories import TRAJECTORIES


def register() -> None:
    for form in (MESSAGES, TRAJECTORIES, DECLARATIONS, *delivered.FORMS):
        register_form(form)
