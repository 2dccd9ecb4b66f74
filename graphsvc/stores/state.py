"""The graph as it will stand after a change set: what is there, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass, field

from graphsvc.stores.deleting import Fallout
from graphsvc.stores.draft import Draft, Writing, account_within
from graphsvc.stores.facts import Facts, Held, Key
from models.enums import EdgeKind, NodeKind
from models.kinds import EDGE_SPECS


@dataclass(frozen=True, slots=True)
class State:
    """Stored records overlaid by a change set, seen by the one who asks."""

    draft: Draft
    facts: Facts
    fallout: Fallout
    _there: dict[Key, bool] = field(default_factory=dict)
    _accounts: dict[Key, str | None] = field(default_factory=dict)

    def held(self, key: Key) -> Held | None:
        """The stored record, if it is there and lies in the scope."""
        held = self.facts.records.get(key)
        return held if held is not None and self.draft.scope.sees(held.stored.account) else None

    def has(self, node: Key) -> bool:
        """Whether a node will be there, as far as the scope sees."""
        found = self._there.get(node)
        if found is None:
            found = self._there[node] = self._has(node)
        return found

    def _has(self, node: Key) -> bool:
        if node in self.draft.writings:
            return self.draft.scope.sees(self.account(node))
        return node not in self.fallout.gone and self.held(node) is not None

    def leaves(self, tie: Writing, end: Key) -> bool:
        """Whether a stored tie keeps this end: who may not see it can change what else the tie says."""
        stored = self.held(tie.key)
        if stored is None or end in self.fallout.gone or self.facts.records.get(end) is None:
            return False
        assert isinstance(tie.kind, EdgeKind)
        kept = zip(EDGE_SPECS[tie.kind].ends(stored.stored.body), tie.ends or (), strict=True)
        return any(end == before == after for before, after in kept)

    def account(self, node: Key) -> str | None:
        """The account of a node that will be there; None for firm nodes."""
        if node not in self._accounts:
            self._accounts[node] = self._account(node)
        return self._accounts[node]

    def _account(self, node: Key) -> str | None:
        writing = self.draft.writings.get(node)
        if writing is not None:
            return account_within(node[0], writing.body)
        held = self.facts.records[node]
        return held.stored.account if held is not None else None

    def owners(self, writing: Writing) -> tuple[str | None, str | None]:
        """Whose a written record is, and the other account an edge of it reaches into.

        A tie belongs to the account of its target (some kinds: of its source); where that is a firm node,
        to the other end's. Both ends must be there.
        """
        if self.draft.change_set.new_in is not None:
            return self.draft.change_set.new_in, None
        if writing.ends is None:
            assert isinstance(writing.kind, NodeKind)
            return account_within(writing.kind, writing.body), None
        assert isinstance(writing.kind, EdgeKind)
        first, second = self.account(writing.ends[0]), self.account(writing.ends[1])
        if not EDGE_SPECS[writing.kind].of_source:
            first, second = second, first
        owner = first or second
        return owner, second if second not in (None, owner) else None
