"""The part of the port that takes a person out of a store, and says what of it somebody may know of."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Protocol

from graphsvc.stores.facts import Key
from models.erasures import Erasing, Erasure
from models.privacy import FilesState

if TYPE_CHECKING:
    from graphsvc.stores.port import Scope


class Privacy(Protocol):
    """Erasure at the store, and what a scope knows of; else privacy is made of ordinary reads and writes."""

    async def seen(self, scope: Scope, keys: Collection[Key]) -> set[Key]:
        """Which of these records lie in the scope, or lay there when they were deleted. O(keys)."""

    async def erase(self, scope: Scope, asked: Erasing, dry_run: bool = False) -> Erasure:
        """Take a contact's words out of records, logs, search, imports and caches; the seat stays.

        Whole or not at all; sent again it gives what it gave. With `dry_run` nothing is written. O(log of his
        account, and of those his ties reach into). Raises NotFound, InvalidInput, AccountImporting,
        StoreUnavailable, StorageFull.
        """

    async def erased(self) -> int:
        """How many people have been erased, by whichever process. Raises StoreUnavailable."""

    async def scrubbed(self) -> FilesState:
        """Wait until the store's own files hold nothing more of who was erased, and say whether they do.

        PENDING if that cannot be had now (somebody reads the file for long, no room): it is tried again at
        the next start and the next erasure.
        """
