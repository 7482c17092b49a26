"""Which version of the application made an edition."""

from importlib.metadata import PackageNotFoundError, version

from monitoring.domain.scope import code_version as figures_version

FORM = "1"


def code_version() -> str:
    """The application's version, the form of editions, and the version of the figures."""
    try:
        application = version("jeugdregie")
    except PackageNotFoundError:
        application = "0.1.0"
    return f"{application}+{FORM}.{figures_version()}"[:40]
