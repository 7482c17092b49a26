from .provider import Provider, ProviderContact, ProviderLocation

__all__ = ["Provider", "ProviderContact", "ProviderLocation"]
