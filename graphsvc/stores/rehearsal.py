"""Many change sets checked one after the other with nothing written: each sees those before it as done.

What the rules ask of earlier change sets is little, so little is kept of them: whose each node is, reporting
lines, parents of departments, ids in other systems. So the rows of a large import are never all in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from graphsvc.stores.draft import ONLY_ONES, Draft
from graphsvc.stores.facts import ExternalKey, Facts, Held, Key, Link, Needs
from graphsvc.stores.plan import Plan
from graphsvc.stores.rules_of_edges import is_owned, is_solid, link_of
from models.changes import Stored
from models.enums import EdgeKind, NodeKind
from models.kinds import FIRM
from models.records import Body

_LINKS = (EdgeKind.REPORTS_TO, EdgeKind.CHANNEL)
"""The kinds of edges some of which may not lead in a circle."""
_SOME_TIME = datetime(1, 1, 1, tzinfo=UTC)


class Rehearsal:
    """What the change sets rehearsed so far come to, as far as later ones ask. `logs`: what they reach.

    `new_in`: the account of which the last one is nothing but new records, never there before; or None.
    `stored`: what the store had of the records that were asked for, for the one that is being rehearsed.
    """

    def __init__(self) -> None:
        self.logs: set[str] = set()
        self.new_in: str | None = None
        self.stored: dict[Key, Held] = {}
        self._nodes: dict[Key, Held] = {}
        self._gone: set[Key] = set()
        self._links: dict[Key, Link] = {}
        self._above: dict[str, list[Key]] = {}
        self._dropped: set[Key] = set()
        self._parents: dict[str, dict[str, str | None]] = {}
        self._external: dict[ExternalKey, str | None] = {}
        self._only: dict[Key, list[Key]] = {}

    def facts(self, draft: Draft) -> Facts:
        """Facts of the store as they will be after what was rehearsed, before anything is fetched.

        Whose a node is that a record names is known once it was rehearsed or asked for: the store need not be
        asked again. It is for those that are written, and for all if any go, as then more than that counts.
        """
        self.stored.clear()
        nodes: Mapping[Key, Held] = self._nodes if not draft.deletions else {}
        named = (key for key in draft.keys if key in nodes and key not in draft.writings)
        return _After(self, {key: nodes[key] for key in named})

    def learn(self, draft: Draft, facts: Facts, plan: Plan) -> None:
        """Take a change set as done. O(changes)."""
        self.new_in = _new_in(draft, plan)
        self.logs.update(plan.applied.sequences)
        # What is referred to is reached, too: while an import runs nobody may take it away.
        for key, there in self.stored.items():
            self.logs.add(there.stored.account or FIRM)
            if isinstance(key[0], NodeKind) and key not in self._nodes:
                self._nodes[key] = _whose(there.stored)
        for held in (*plan.deleted_edges, *plan.deleted_nodes):
            self._forget(held)
        for row in plan.upserts:
            stored = row.held.stored
            if isinstance(stored.kind, NodeKind):
                self._node(row.held)
            elif stored.kind in _LINKS:
                self._edge(stored.kind, stored.body)
        for writing in draft.of_kinds(ONLY_ONES):
            if (only := writing.only_one_of()) is not None:
                self._only.setdefault(only, []).append(writing.key)
        self._external.update(dict.fromkeys(plan.released))
        self._external.update(plan.taken)
        for link in facts.links.values():
            if link.key not in self._dropped:
                self._link(link)

    def _node(self, held: Held) -> None:
        stored = held.stored
        self._gone.discard(held.key)
        self._nodes[held.key] = _whose(stored)
        if stored.kind is NodeKind.DEPARTMENT and stored.account is not None:
            self._parents.setdefault(stored.account, {})[stored.id] = stored.body.get("parent_id")

    def _edge(self, kind: EdgeKind, body: Body) -> None:
        if is_solid(kind, body) or is_owned(kind, body):
            self._link(link_of(kind, body))
        else:
            self._dropped.add((kind, body["id"]))
            self._links.pop((kind, body["id"]), None)

    def _link(self, link: Link) -> None:
        self._links[link.key] = link
        self._dropped.discard(link.key)
        keys = self._above.setdefault(link.source, [])
        if link.key not in keys:
            keys.append(link.key)

    def _forget(self, held: Held) -> None:
        self._gone.add(held.key)
        self._links.pop(held.key, None)
        self._nodes.pop(held.key, None)
        if held.stored.kind in _LINKS:
            self._dropped.add(held.key)

    def records(self, asked: Iterable[Key], stored: Mapping[Key, Held]) -> dict[Key, Held]:
        """Records as they will be, as far as rules ask: whose they are. Changed ones keep their old body."""
        found = ((key, stored.get(key) or self._nodes.get(key)) for key in asked)
        return {key: held for key, held in found if held is not None and key not in self._gone}

    def links(self, asked: Iterable[str], stored: dict[Key, Link]) -> dict[Key, Link]:
        """The links on every way up from some nodes, stored ones and rehearsed ones. O(links found)."""
        above: dict[str, list[Link]] = {}
        for key, link in stored.items():
            if key not in self._dropped and key not in self._gone and key not in self._links:
                above.setdefault(link.source, []).append(link)
        found: dict[Key, Link] = {}
        waiting, seen = list(asked), set(asked)
        while waiting:
            here = waiting.pop()
            rehearsed = (self._links.get(key) for key in self._above.get(here, ()))
            for link in (*above.get(here, ()), *(link for link in rehearsed if link and link.source == here)):
                found[link.key] = link
                if link.target not in seen:
                    seen.add(link.target)
                    waiting.append(link.target)
        return found

    def touching(self, node: Key, stored: Iterable[Key]) -> list[Key]:
        """What refers to a node: of what was rehearsed, only what wants to be the only one."""
        left = (key for key in stored if key not in self._gone)
        return list(dict.fromkeys([*left, *self._only.get(node, ())]))

    def parents(self, account: str, stored: dict[str, str | None]) -> dict[str, str | None]:
        """The parent of each department of an account."""
        left = {id_: up for id_, up in stored.items() if (NodeKind.DEPARTMENT, id_) not in self._gone}
        return {**left, **self._parents.get(account, {})}

    def external(self, key: ExternalKey, stored: str | None) -> str | None:
        """Who has an id in another system."""
        return self._external.get(key, stored)


def _whose(node: Stored) -> Held:
    """A node as far as those ask that name it: that it is there, and whose."""
    return Held(Stored(node.kind, {"id": node.id}, node.account, 1, _SOME_TIME, _SOME_TIME))


def _new_in(draft: Draft, plan: Plan) -> str | None:
    if len(plan.applied.sequences) != 1 or len(plan.upserts) != len(draft.change_set.changes):
        return None
    (log,) = plan.applied.sequences
    new = all(row.before is None and row.held.stored.revision == 1 for row in plan.upserts)
    return log if new and log != FIRM else None


class _After(Facts):
    """Facts whose answers are those of the store, with what was rehearsed laid over."""

    def __init__(self, rehearsal: Rehearsal, records: dict[Key, Held | None]) -> None:
        super().__init__(records)
        self._rehearsal = rehearsal

    def answer(self, asked: Needs, *, erasures: bool = False, **found: dict[Any, Any]) -> None:
        laid = self._rehearsal
        records, external, touching, parents = (
            found.get(name, {}) for name in ("records", "external", "touching", "departments")
        )
        laid.stored.update(records)
        super().answer(
            asked,
            erasures=erasures,
            records=laid.records(asked.records, records),
            stubs=found.get("stubs", {}),
            external={key: laid.external(key, external.get(key)) for key in asked.external},
            touching={key: laid.touching(key, touching.get(key, ())) for key in asked.touching},
            links=laid.links((*asked.lines, *asked.owners), found.get("links", {})),
            departments={id_: laid.parents(id_, parents.get(id_, {})) for id_ in asked.departments},
            heads=found.get("heads", {}),
            erased=found.get("erased", {}),
        )
