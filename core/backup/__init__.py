"""Back-up and restore of database and documents as one checked whole."""

from .domain import Place, restore_backup, verify_backup, write_backup

__all__ = ["Place", "restore_backup", "verify_backup", "write_backup"]
