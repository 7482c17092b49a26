"""Where a page stands: which user, in which tenant. Core knows no more of a tenant than this."""

from dataclasses import dataclass
from typing import Any, Protocol

from django.urls import reverse


class Tenant(Protocol):
    """What core may know of the organisation whose pages these are."""

    @property
    def pk(self) -> Any: ...

    @property
    def slug(self) -> str: ...

    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class Place:
    """A user in a tenant: what every registered panel, menu item and search source is asked for."""

    user: Any
    tenant: Any

    @property
    def tenant_id(self) -> int:
        return int(self.tenant.pk)

    def url(self, name: str, **kwargs: Any) -> str:
        """Address of a named page in this tenant."""
        return reverse(name, kwargs={"region": self.tenant.slug, **kwargs})
