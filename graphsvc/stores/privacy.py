"""The part of the port that takes a person out of a store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from models.erasures import Erasing, Erasure
from models.privacy import FilesState

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

    async def scrubbed(self) -> FilesState:
        """Wait until the store's own files hold nothing more of who was erased, and say whether they do.

        PENDING if that cannot be had now (somebody reads the file for long, no room): it is tried again at
        the next start and the next erasure.
        """
