"""The one error of this package."""


class LocalServicesError(Exception):
    """A server cannot be found or started; the message is Dutch and says what to type."""
