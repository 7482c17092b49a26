"""Tasks and terms: nothing is forgotten. Front door: `core.tasks.api`; see docs/core/tasks.md."""
