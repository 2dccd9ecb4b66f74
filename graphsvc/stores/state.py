"""The graph as it will stand after a change set: what is there, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass, field

from graphsvc.stores.deleting import Fallout
from graphsvc.stores.draft import Draft, Writing, account_within
from graphsvc.stores.facts import Facts, Held, Key
from models.enums import EdgeKind, NodeKind
from models.kinds import EDGE_SPECS


class _Accounts(dict[Key, str | None]):
    """Whose each node is that will be there, found out when it is first asked for; None for firm nodes."""

    def __init__(self, draft: Draft, facts: Facts) -> None:
        super().__init__()
        self._writings, self._records = draft.writings, facts.records

    def __missing__(self, node: Key) -> str | None:
        writing = self._writings.get(node)
        if writing is not None:
            found = account_within(node[0], writing.body)
        else:
            held = self._records[node]
            found = held.stored.account if held is not None else None
        self[node] = found
        return found


class _There(dict[Key, bool]):
    """Whether each node will be there, as far as the scope sees, found out when it is first asked for."""

    def __init__(self, draft: Draft, facts: Facts, fallout: Fallout, accounts: _Accounts) -> None:
        super().__init__()
        self._writings, self._records = draft.writings, facts.records
        self._sees, self._gone, self._accounts = draft.scope.sees, fallout.gone, accounts

    def __missing__(self, node: Key) -> bool:
        if node in self._writings:
            found = self._sees(self._accounts[node])
        else:
            held = self._records.get(node)
            found = held is not None and node not in self._gone and self._sees(held.stored.account)
        self[node] = found
        return found


@dataclass(frozen=True, slots=True)
class State:
    """Stored records overlaid by a change set, seen by the one who asks.

    `there`: whether a node will be there, as far as the scope sees. `account`: whose a node is that will be
    there. Both are asked for each tie of an import, and mostly for the same nodes.
    """

    draft: Draft
    facts: Facts
    fallout: Fallout
    there: _There = field(init=False)
    account: _Accounts = field(init=False)

    def __post_init__(self) -> None:
        accounts = _Accounts(self.draft, self.facts)
        object.__setattr__(self, "account", accounts)
        object.__setattr__(self, "there", _There(self.draft, self.facts, self.fallout, accounts))

    def held(self, key: Key) -> Held | None:
        """The stored record, if it is there and lies in the scope."""
        held = self.facts.records.get(key)
        return held if held is not None and self.draft.scope.sees(held.stored.account) else None

    def has_ends(self, writing: Writing) -> bool:
        """Whether both ends of a tie will be there; nodes have none to miss."""
        return writing.ends is None or (self.there[writing.ends[0]] and self.there[writing.ends[1]])

    def leaves(self, tie: Writing, end: Key) -> bool:
        """Whether a stored tie keeps this end: who may not see it can change what else the tie says."""
        stored = self.held(tie.key)
        if stored is None or end in self.fallout.gone or self.facts.records.get(end) is None:
            return False
        assert isinstance(tie.kind, EdgeKind)
        kept = zip(EDGE_SPECS[tie.kind].ends(stored.stored.body), tie.ends or (), strict=True)
        return any(end == before == after for before, after in kept)

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
        first, second = self.account[writing.ends[0]], self.account[writing.ends[1]]
        if not EDGE_SPECS[writing.kind].of_source:
            first, second = second, first
        owner = first or second
        return owner, second if second not in (None, owner) else None
