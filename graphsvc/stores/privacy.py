"""The part of the port that takes a person out of a store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from models.erasures import Erasing, Erasure

if TYPE_CHECKING:
    from graphsvc.stores.port import Scope


class Privacy(Protocol):
    """Erasure at the store; what else there is of privacy is made of ordinary reads and writes."""

    async def erase(self, scope: Scope, asked: Erasing, dry_run: bool = False) -> Erasure:
        """Take a contact's words out of records, logs, search, imports and caches; the seat stays.

        Whole or not at all; sent again it gives what it gave. With `dry_run` nothing is written. O(log of his
        account, and of those his ties reach into). Raises NotFound, InvalidInput, AccountImporting,
        StoreUnavailable, StorageFull.
        """

    async def scrubbed(self) -> bool:
        """Wait until the store's own files hold nothing more of who was erased.

        False if that cannot be had now (a file that is being read too long, no room), or not from here (a
        server's files).
        """
