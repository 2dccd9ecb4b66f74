"""Facts out of a dictionary: what a plan asks for, answered without any database."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from graphsvc.stores.draft import Draft, named
from graphsvc.stores.facts import Facts, Held, Key, Link, Needs
from graphsvc.stores.plan import Plan, needs, plan
from graphsvc.stores.port import Scope
from graphsvc.stores.rules_of_edges import is_owned, is_solid, link_of
from models.changes import Applied, Change, ChangeSet, LogHead
from models.enums import EdgeKind, Kind, NodeKind
from models.kinds import EDGE_SPECS
from models.records import Body

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


class Memory:
    """Records in a dictionary, changed by plans alone; slow and plain, to compare with."""

    def __init__(self) -> None:
        self.records: dict[Key, Held] = {}
        self.sequences: dict[str, int] = {}
        self.rounds: list[Needs] = []

    def plan(self, *changes: Change) -> Plan:
        """What the changes come to. Raises what `plan` raises."""
        draft = Draft(ChangeSet("set", changes), Scope("tester"))
        facts = Facts()
        self.rounds = []
        while asked := needs(draft, facts):
            self.rounds.append(asked)
            self._answer(asked, facts)
        return plan(draft, facts, NOON)

    def apply(self, *changes: Change) -> Applied:
        """Plan the changes and carry the plan out."""
        made = self.plan(*changes)
        for held in (*made.deleted_edges, *made.deleted_nodes):
            del self.records[held.key]
        for row in made.upserts:
            self.records[row.key] = row.held
        self.sequences.update(made.applied.sequences)
        return made.applied

    def _answer(self, asked: Needs, facts: Facts) -> None:
        lines, owned = (
            self._ways(is_one, ids) for is_one, ids in ((is_solid, asked.lines), (is_owned, asked.owners))
        )
        facts.answer(
            asked,
            records=self.records,
            external={
                (kind, system, value): id_
                for (kind, id_), held in self.records.items()
                if isinstance(kind, NodeKind)
                for system, value in held.stored.body["external_ids"].items()
            },
            touching={node: self._touching(node) for node in asked.touching},
            links={link.key: link for link in (*lines, *owned)},
            departments={
                account: {
                    id_: held.stored.body.get("parent_id")
                    for (kind, id_), held in self.records.items()
                    if kind is NodeKind.DEPARTMENT and held.stored.account == account
                }
                for account in asked.departments
            },
            heads={log: LogHead(log, value) for log, value in self.sequences.items()},
        )

    def _ways(self, is_one: Callable[[Kind, Body], bool], ids: Iterable[str]) -> list[Link]:
        """The links on every way from these nodes."""
        bodies = ((kind, held.stored.body) for (kind, _), held in self.records.items())
        links = [link_of(kind, body) for kind, body in bodies if is_one(kind, body)]
        reached = set(ids)
        while more := {link.target for link in links if link.source in reached} - reached:
            reached |= more
        return [link for link in links if link.source in reached]

    def _touching(self, node: Key) -> list[Key]:
        return sorted(
            key
            for key, held in self.records.items()
            if node in named(key[0], held.stored.body)
            or node in self._ends(held)
            or (node[0] is NodeKind.ACCOUNT and held.stored.body.get("account_id") == node[1])
        )

    @staticmethod
    def _ends(held: Held) -> tuple[Key, ...]:
        kind, body = held.stored.kind, held.stored.body
        if not isinstance(kind, EdgeKind):
            return ()
        return EDGE_SPECS[kind].ends(body)
