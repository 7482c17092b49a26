from .edition import Edition

__all__ = ["Edition"]
