"""Files with versions, which belong to their owner’s page.

Front door: `core.documents.desk.register_documents` gives a kind of object documents on its page;
`domain.store` keeps a file that the application made; `serve` answers with one after your own view
has decided. See docs/core/documents.md.
"""

from .serving import serve

__all__ = ["serve"]
