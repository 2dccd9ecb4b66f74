"""What deleting records does to others: edges go along, references refuse, are cleared or cascade."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from graphsvc.stores.draft import Draft, mentions
from graphsvc.stores.facts import Facts, Held, Key
from models.enums import EdgeKind, Kind, NodeKind
from models.faults import Code, Fault
from models.fields import OnDelete
from models.kinds import EDGE_SPECS, references

HIDDEN = "…"
"""Stands for the id of a record that lies outside the scope of who asks."""


@dataclass(slots=True)
class Fallout:
    """`gone`: every record that goes, with the index of the change that causes it, in order of causes.
    `cleared`: records that lose references, with what they lose. `refused`: who still refers to a record.
    `touching` and `records` are what must be fetched before the rest can be said.
    """

    gone: dict[Key, int] = field(default_factory=dict)
    cleared: dict[Key, set[Key]] = field(default_factory=dict)
    refused: dict[Key, list[Key]] = field(default_factory=dict)
    touching: list[Key] = field(default_factory=list)
    records: list[Key] = field(default_factory=list)


def fallout(draft: Draft, facts: Facts) -> Fallout:
    """What the deletions of a change set do, as far as the facts tell. O(records touched).

    A record that the same change set writes is left out: its new body is checked by itself.
    """
    found = Fallout()
    queue: deque[Key] = deque()
    for key, (index, _) in draft.deletions.items():
        if facts.records.get(key) is not None:
            found.gone[key] = index
            queue.append(key)
    while queue:
        key = queue.popleft()
        if not isinstance(key[0], NodeKind):
            continue
        if key not in facts.touching:
            found.touching.append(key)
            continue
        for holder in facts.touching[key]:
            if holder in found.gone or holder in draft.writings:
                continue
            effect = _effect(draft, facts, holder, key)
            if effect is None:
                found.records.append(holder)
            elif effect is OnDelete.CASCADE:
                found.gone[holder] = found.gone[key]
                queue.append(holder)
            elif effect is OnDelete.CLEAR:
                found.cleared.setdefault(holder, set()).add(key)
            else:
                found.refused.setdefault(key, []).append(holder)
    found.records = list(dict.fromkeys(found.records))
    found.cleared = {key: lost for key, lost in found.cleared.items() if key not in found.gone}
    found.refused = {
        key: left
        for key, holders in found.refused.items()
        if (left := [holder for holder in holders if holder not in found.gone])
    }
    return found


def still_referred(draft: Draft, facts: Facts, found: Fallout) -> list[Fault]:
    """A fault for each record that cannot go because others refer to it."""
    faults = []
    for (kind, id_), holders in found.refused.items():
        shown = sorted(f"{its} {other}" for its, other in holders if _seen(draft, facts, (its, other)))
        params = {"kind": kind, "id": id_, "count": len(holders), "first": shown[0] if shown else HIDDEN}
        faults.append(Fault(Code.STILL_REFERRED, params, f"/changes/{found.gone[kind, id_]}"))
    return faults


def _effect(draft: Draft, facts: Facts, holder: Key, gone: Key) -> OnDelete | None:
    """What the deletion of `gone` does to a record that refers to it; None if its body is needed to say."""
    if _always_refuses(holder[0], gone[0]):
        return OnDelete.REFUSE
    if holder not in facts.records:
        return None
    held = facts.records[holder]
    if held is None or not draft.scope.sees(held.stored.account):
        return OnDelete.REFUSE
    if _ends_at(held, gone):
        return OnDelete.CASCADE
    effects = {mention.on_delete for mention in mentions(holder[0], held.stored.body) if mention.key == gone}
    for effect in (OnDelete.CASCADE, OnDelete.REFUSE):
        if effect in effects:
            return effect
    return OnDelete.CLEAR


def _always_refuses(holder: Kind, gone: Kind) -> bool:
    if isinstance(holder, EdgeKind):
        return False
    effects = {reference.on_delete for reference in references(holder) if reference.kind is gone}
    return effects == {OnDelete.REFUSE}


def _ends_at(held: Held, node: Key) -> bool:
    kind, body = held.stored.kind, held.stored.body
    if not isinstance(kind, EdgeKind):
        return False
    return node in EDGE_SPECS[kind].ends(body)


def _seen(draft: Draft, facts: Facts, key: Key) -> bool:
    held = facts.records.get(key)
    # Who refers by its own account lies in the deleted account, which the scope saw.
    return held is None or draft.scope.sees(held.stored.account)
