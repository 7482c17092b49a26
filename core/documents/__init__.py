"""Files with versions, which belong to their owner’s page. Front door: `serve`, and `domain`."""

from .serving import serve

__all__ = ["serve"]
