"""Intake: files come in as a stream, leave their personal data at the door, are staged in the
database and merged by the app that registered the form. Front door: `core.intake.api`; the plain
declarations in `core.intake.records` need no database.
"""
