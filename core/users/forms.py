"""Forms of sign-in whose own texts are not Dutch."""

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm


class _Named:
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["name"]  # type: ignore[attr-defined]
        name.label = "Naam"
        name.help_text = "Waaraan herkent u deze sleutel?"


class AddKey(_Named, AddWebAuthnForm):
    """A new security key."""


class RenameKey(_Named, EditWebAuthnForm):
    """Another name for a security key."""
