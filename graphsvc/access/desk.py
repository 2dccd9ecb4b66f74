"""What all of access works with: the store, the key secrets are hashed with, and the clock."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from graphsvc.stores.codec import utc_now
from graphsvc.stores.port import GraphStore


@dataclass(frozen=True, slots=True)
class Desk:
    """Store, key and clock. Of a secret only `digest` is kept: 256 random bits need no slow hash."""

    store: GraphStore
    key: bytes = field(default=b"", repr=False)
    clock: Callable[[], datetime] = utc_now

    def digest(self, purpose: str, secret: str) -> str:
        """What is kept of a secret, as hexadecimal digits; another purpose has another one."""
        return hmac.new(self.key, f"{purpose}\0{secret}".encode(), hashlib.sha256).hexdigest()


def fresh_secret() -> str:
    """256 random bits as text that fits into addresses, headers and cookies."""
    return secrets.token_urlsafe(32)
