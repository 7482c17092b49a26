"""Refusals that a user may read. One place turns them into a page or problem+json."""


class DomainError(Exception):
    """Something cannot be done. `message` is Dutch: what is wrong, where, and what to do."""

    def __init__(self, message: str, *, code: str = "niet-mogelijk") -> None:
        super().__init__(message)
        self.message = message
        self.code = code


class NotAllowed(DomainError):
    """This user may not do this; the message says who may."""

    def __init__(self, message: str, *, code: str = "niet-bevoegd") -> None:
        super().__init__(message, code=code)
