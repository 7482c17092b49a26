"""Citizen numbers become keyed pseudonyms at the door; the number itself goes no further.

A pseudonym is 16 bytes: one byte that names the key, then the first 15 bytes of HMAC-SHA256 over
the nine digits. Whoever has the database but not the key cannot go back, not even by trying all
numbers. With another key the same child gets another pseudonym: after a rotation (a new key with a
new `key_id`) the first byte tells old rows from new, and earlier files must be taken in again to
link them. docs/operations.md says what to do when a key is lost.
"""

import hashlib
import hmac

from .copytext import bytea

MIN_KEY_BYTES = 32
_REMEMBERED = 100_000


class Pseudonyms:
    """Makes pseudonyms with one key. Remembers recent ones, since a child comes in many lines."""

    def __init__(self, key: str | bytes, *, key_id: int = 1) -> None:
        secret = key.encode() if isinstance(key, str) else key
        if len(secret) < MIN_KEY_BYTES:
            raise ValueError(f"the key of the pseudonyms must have at least {MIN_KEY_BYTES} bytes")
        if not 0 <= key_id <= 255:
            raise ValueError("the id of the key must fit in a byte")
        self._citizens = hmac.new(secret, b"citizen:", hashlib.sha256)
        self._contents = hmac.new(secret, b"content:", hashlib.sha256)
        self._prefix = bytes((key_id,))
        self._recent: dict[str, str] = {}

    def of(self, citizen_number: str) -> bytes:
        """The pseudonym of a citizen number of nine digits."""
        digest = self._citizens.copy()
        digest.update(citizen_number.encode())
        return self._prefix + digest.digest()[:15]

    def field(self, citizen_number: str) -> str:
        """The pseudonym as a bytea field for COPY."""
        known = self._recent.get(citizen_number)
        if known is None:
            if len(self._recent) >= _REMEMBERED:
                self._recent.clear()
            known = self._recent[citizen_number] = bytea(self.of(citizen_number))
        return known

    def content_digest(self) -> "hmac.HMAC":
        """A fresh keyed digest, to recognise the same message when it is delivered again."""
        return self._contents.copy()
