"""The port: what the service asks of a store, in the words of the field."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from graphsvc.stores.keeping import Keeping
from graphsvc.stores.operations import Operations
from graphsvc.stores.privacy import Privacy
from models.changes import Applied, ChangeSet, LogEntry, LogHead, Stored
from models.enums import Kind, NodeKind
from models.findings.portfolio import Money

if TYPE_CHECKING:  # only the reader's process lives without what answers are computed with: it starts sooner
    from graphsvc.stores.draft import Draft
    from graphsvc.stores.rehearsal import Rehearsal
    from models.graph import AccountGraph
    from models.imports import ImportState, Place
    from queries.introductions.crossing import CrossingTie
    from queries.portfolio.lines import PortfolioAccount
    from queries.relations.channels import Channels
    from queries.search.candidates import Candidate


@dataclass(frozen=True, slots=True)
class Scope:
    """Who asks, which accounts that person may see (None: all of them), and whether their dossiers too.

    `personal`: whether fields of the class personal may be told; whoever gives a record out asks (`shown`).
    """

    actor: str
    accounts: frozenset[str] | None = None
    dossiers: bool = False
    personal: bool = True

    def sees(self, account: str | None) -> bool:
        """Whether records of `account` lie in the scope; firm records (None) always do."""
        return account is None or self.accounts is None or account in self.accounts


@dataclass(frozen=True, slots=True)
class Sequences:
    """How far an account's log and the firm's log have come: the key of every snapshot."""

    account: int
    firm: int


UNSTORED = Sequences(0, 0)
"""Of what lies in no store."""


@dataclass(frozen=True, slots=True)
class AccountSummary:
    """A line of the list of accounts."""

    id: str
    name: str
    tier: str | None
    people: int
    departments: int
    open_opportunities: int
    open_values: tuple[Money, ...]
    importing: bool = False


@dataclass(frozen=True, slots=True)
class Touching:
    """What hangs on a node: edges and referrers the scope sees, and how many it does not see."""

    records: tuple[Stored, ...]
    hidden: int


class GraphStore(Operations, Keeping, Privacy, Protocol):
    """A place that keeps the graph and its change log.

    Every method takes the scope of who asks; what lies outside it is `NotFound`. Any method raises
    `StoreUnavailable` (or a child of it) when the store does not answer within its deadline.
    """

    async def sequences(self, scope: Scope, account_id: str, as_of: datetime | None = None) -> Sequences:
        """The sequences now, or at a time: 0 for a log that was empty then. Indexed reads.

        Raises NotFound, for a time only if the account lies outside the scope.
        """

    async def account_graph(
        self, scope: Scope, account_id: str, as_of: datetime | None = None
    ) -> AccountGraph:
        """One account as it stands now, or as it was known at a time; never torn by writes beside it.

        The past is replayed from the logs: O(entries up to then), kept. Raises NotFound.
        """

    def laid_out(self, scope: Scope, change_set: ChangeSet) -> Draft:
        """A large change set made ready for `apply` while another one is written, in any thread. O(bytes)."""

    async def apply(self, scope: Scope, change_set: ChangeSet, draft: Draft | None = None) -> Applied:
        """Write a change set whole or not at all, with its log. Sent twice, it is applied once.

        `draft` is the change set as `laid_out`, if that was done.

        Raises InvalidInput (rules; names every place), StaleRevision, NotFound, OutcomeUnknown, StorageFull,
        AccountImporting.
        """

    async def check(self, scope: Scope, change_set: ChangeSet, after: Rehearsal | None = None) -> Applied:
        """What `apply` would do, with the same errors; nothing is written.

        With `after` as if the change sets rehearsed so far had been applied; this one is then one of them.
        """

    @property
    def batch_rows(self) -> int:
        """How many rows a change set of an import should have at most."""

    async def keep_import(self, state: ImportState) -> None:
        """Write down how far an import has come, and that its process is there. O(holds).

        While it is active its logs are held: other writes to them raise AccountImporting, as does another
        import that wants to hold them. Then they are let go. Raises ImportTaken.
        """

    async def lost_imports(self, but: Collection[str] = ()) -> Sequence[ImportState]:
        """The active imports nobody works at, oldest first; they are this process's from now on.

        `but` names those this process works at. Where processes share a store, those of others are lost when
        they have been silent for a while.
        """

    async def import_state(self, scope: Scope, id: str) -> ImportState:
        """One import, as far as all it holds lies in the scope. Raises NoImport."""

    async def imports(
        self, scope: Scope, limit: int = 50, before: Place | None = None
    ) -> Sequence[ImportState]:
        """The newest imports of the scope, newest first; those `before` a start and id. O(limit)."""

    async def get(self, scope: Scope, kind: Kind, id: str) -> Stored:
        """One record. Raises NotFound."""

    async def by_external_id(self, scope: Scope, kind: NodeKind, system: str, value: str) -> Stored:
        """The record that another system knows by this id. Raises NotFound."""

    async def find(
        self,
        scope: Scope,
        kind: Kind,
        *,
        account_id: str | None = None,
        where: Mapping[str, str] | None = None,
        after: str = "",
        limit: int = 50,
    ) -> Sequence[Stored]:
        """Records of a kind by id, those after `after` first; `where` compares fields that are columns."""

    async def search(
        self,
        scope: Scope,
        expressions: Sequence[str],
        kinds: Sequence[NodeKind],
        *,
        on: date,
        account_id: str | None = None,
        after: str = "",
        limit: int = 500,
    ) -> Sequence[Candidate]:
        """Records that may be meant: in each every expression (queries/search/asked.py) hits.

        In a contact, also if it hits in a job open on the day `on`, or in its department. Of each kind the
        first `limit` after `after`, by id; without `account_id`, those of the firm too. Raises NotFound for
        an account outside the scope.
        """

    async def records(self, scope: Scope, account_id: str, as_of: datetime | None = None) -> Sequence[Stored]:
        """An account's records and the firm records it has to do with: nodes, then edges, by (kind, id).

        With `as_of` as they were known then. Raises NotFound.
        """

    async def accounts(self, scope: Scope) -> Sequence[AccountSummary]:
        """The accounts of the scope, by open value, then name."""

    async def portfolio(self, scope: Scope) -> Sequence[PortfolioAccount]:
        """The accounts of the scope by id, with sales, teams and open purchases."""

    async def channels(self, scope: Scope) -> Channels:
        """The accounts of the scope by id, and the channel links both of whose ends lie in it, by id."""

    async def crossing_ties(self, scope: Scope) -> Sequence[CrossingTie]:
        """The ties between people of two accounts both of which lie in the scope, by kind and id. O(ties)."""

    async def log(self, scope: Scope, account: str, after: int = 0, limit: int = 500) -> Sequence[LogEntry]:
        """Entries of an account's log (or "firm") after a sequence, oldest first."""

    async def heads(self, scope: Scope) -> Sequence[LogHead]:
        """How far every log of the scope has come, by name: of the firm, and of deleted accounts too."""

    async def history(
        self, scope: Scope, kind: Kind, id: str, start: int | None = None, limit: int = 50
    ) -> Sequence[LogEntry]:
        """A record's entries, newest first, from the sequence `start` (default: its last change) back.

        The last one's `prior` is where to go on. Deleted records have theirs too. Raises NotFound.
        """

    async def touching(self, scope: Scope, kind: NodeKind, id: str) -> Touching:
        """A node's edges and the records that refer to it, by kind and id. O(these). Raises NotFound."""

    async def changes(self, scope: Scope, change_set: str) -> Sequence[LogEntry]:
        """The entries of a change set, log by log. Raises NoChangeSet."""

    async def unlike_log(self, scope: Scope, log: str) -> tuple[Kind, str] | None:
        """The first record of an account or of the firm, by kind and id, that is not as its log left it.

        Its body or revision is another, it is missing, or no log knows of it. O(log). Raises NotFound.
        """

    async def ping(self) -> None:
        """Whether the store answers. Raises StoreUnavailable."""

    async def close(self) -> None:
        """Let go of files and connections."""
