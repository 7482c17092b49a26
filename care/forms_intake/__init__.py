"""The ways in for data about care: what is registered with the intake engine."""

from core.intake.registry import register_form

from .messages import MESSAGES


def register() -> None:
    register_form(MESSAGES)
