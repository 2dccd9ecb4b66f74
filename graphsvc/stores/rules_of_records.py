"""Rules every record keeps: revisions, whose it is, references, ids in other systems."""

from __future__ import annotations

from collections.abc import Iterator

from graphsvc.errors import NotFound, StaleRevision
from graphsvc.stores.deleting import HIDDEN
from graphsvc.stores.draft import ONLY_ONES, Draft, Writing
from graphsvc.stores.facts import ExternalKey, Facts, Key
from graphsvc.stores.identifiers import identifiers
from graphsvc.stores.state import State
from models.enums import Kind, NodeKind
from models.faults import Code, Fault
from models.kinds import FIRM, NODE_SPECS
from models.privacy import RESTRICTED, PrivateAct


def twice(draft: Draft) -> Iterator[Fault]:
    """A record may stand only once in a change set."""
    for index, (kind, id_) in draft.twice:
        yield Fault(Code.TWICE, {"kind": kind, "id": id_}, f"/changes/{index}")


def check_revisions(draft: Draft, facts: Facts) -> None:
    """Every record is at the revision the client read. Raises NotFound or StaleRevision for the first not.

    Records outside the scope are as if they were not there.
    """
    asked: list[tuple[int, Key, int | None, bool]] = [
        (w.index, key, w.expected, False) for key, w in draft.writings.items() if w.expected is not None
    ]
    asked += [(index, key, change.expected, True) for key, (index, change) in draft.deletions.items()]
    for _, key, expected, deletes in sorted(asked, key=lambda row: row[0]):
        held = facts.records[key]
        if held is not None and not draft.scope.sees(held.stored.account):
            held = None
        if deletes and held is None:
            raise NotFound(*key)
        if expected is not None and expected != (held.stored.revision if held else 0):
            raise StaleRevision(*key, expected, held.stored if held else None)


def belonging(state: State) -> Iterator[Fault]:
    """A record's id is free or its own, and it stays in its account."""
    for key, writing in state.draft.writings.items():
        held = state.facts.records[key]
        if held is not None and not state.draft.scope.sees(held.stored.account):
            yield Fault(Code.ID_TAKEN, {"id": key[1]}, writing.at("/id"))
            continue
        if held is None and key[0] is not NodeKind.ACCOUNT:
            continue
        if not state.has_ends(writing):
            continue  # said by the rules of edges
        account, _ = state.owners(writing)
        if held is not None and held.stored.account != account:
            params = {"kind": key[0], "id": key[1], "account": held.stored.account or FIRM}
            yield Fault(
                Code.MOVED_ACCOUNT, params, writing.at("/target_id" if writing.ends else "/account_id")
            )
        elif key[0] is NodeKind.ACCOUNT and not state.draft.scope.sees(account):
            yield Fault(Code.UNKNOWN_RECORD, {"kind": key[0], "id": key[1]}, writing.at("/id"))


def mentioned(state: State) -> Iterator[Fault]:
    """What a record refers to is there, of the right kind, and of an account of its own or of none."""
    for writing in state.draft.writings.values():
        own: tuple[str | None, ...] | None = None
        for mention in writing.mentions:
            kind, id_ = mention.key
            if not state.there[mention.key]:
                yield Fault(Code.UNKNOWN_RECORD, {"kind": kind, "id": id_}, writing.at(mention.pointer))
                continue
            account = state.account[mention.key]
            if account is None:
                continue
            own = _accounts(state, writing) if own is None else own
            if own and account not in own:
                params = {"kind": kind, "id": id_, "account": account, "own": own[0] or FIRM}
                yield Fault(Code.FOREIGN_REFERENCE, params, writing.at(mention.pointer))


def _accounts(state: State, writing: Writing) -> tuple[str | None, ...]:
    """The accounts a record has to do with, its own first. Empty if an end is missing."""
    if not state.has_ends(writing):
        return ()
    owner, other = state.owners(writing)
    return (owner, other) if other else (owner,)


def one_each(state: State) -> Iterator[Fault]:
    """No two records of some kinds refer to the same one: a contact has one dossier."""
    holders: dict[tuple[Kind, Key], Key] = {}
    for writing in state.draft.of_kinds(ONLY_ONES):
        key, only = writing.key, writing.only_one_of()
        if only is None:
            continue
        stored = (
            other
            for other in state.facts.touching.get(only, ())
            if other[0] is key[0] and other not in state.draft.writings and other not in state.fallout.gone
        )
        holder = holders.setdefault((key[0], only), next(stored, key))
        if holder != key:
            kind, id_ = only
            params = {"kind": kind, "id": id_, "of": key[0], "holder": holder[1]}
            name = NODE_SPECS[key[0]].one_per if isinstance(key[0], NodeKind) else None
            yield Fault(Code.ONE_EACH, params, writing.at(f"/{name}"))


def external_ids(state: State) -> Iterator[Fault]:
    """An id in another system belongs to one record of a kind."""
    holders: dict[ExternalKey, Key] = {}
    for writing in state.draft.of_kinds(NODE_SPECS):
        key = writing.key
        for external in writing.external_ids():
            kind, system, value = external
            holder = holders.setdefault(external, key)
            if holder == key:
                holder = _stored_holder(state, external) or key
            if holder != key:
                shown = holder[1] if holder in state.draft.writings or state.held(holder) else HIDDEN
                params = {"system": system, "value": value, "kind": kind, "id": shown}
                yield Fault(Code.EXTERNAL_ID_TAKEN, params, writing.at(f"/external_ids/{system}"))


def _stored_holder(state: State, external: ExternalKey) -> Key | None:
    """The stored record that has an external id and keeps it."""
    id_ = state.facts.external[external]
    if id_ is None:
        return None
    holder = (external[0], id_)
    if holder in state.draft.writings or holder in state.fallout.gone:
        return None  # what it will have is in the change set
    return holder


def objections(state: State) -> Iterator[Fault]:
    """Whether somebody objected to profiling is noted and lifted with a reason, not by the way.

    But for who is made one with another, or parted from him, and for imports that are undone.
    """
    asked = state.draft.change_set
    contacts = state.draft.of_kind.get(NodeKind.CONTACT, ())
    if asked.exact and (asked.of_import or _comes_or_goes(state)):
        return
    if asked.private and asked.private[0] in (PrivateAct.RESTRICTED, PrivateAct.RELEASED):
        return
    for writing in contacts:
        held = state.held(writing.key)
        if held and held.stored.body.get(RESTRICTED, False) != writing.body_over(held)[RESTRICTED]:
            yield Fault(Code.OBJECTION, {"id": writing.key[1]}, writing.at(f"/{RESTRICTED}"))


def _comes_or_goes(state: State) -> bool:
    """Whether a change set makes a contact, or deletes one."""
    contacts = state.draft.of_kind.get(NodeKind.CONTACT, ())
    made = any(state.facts.records[writing.key] is None for writing in contacts)
    return made or any(kind is NodeKind.CONTACT for kind, _ in state.draft.deletions)


def new_identifiers(writing: Writing, facts: Facts) -> Iterator[tuple[str, str]]:
    """What a contact is to be known by from now on, each with its place; his id always."""
    if writing.kind is not NodeKind.CONTACT:
        return
    held = facts.records[writing.key]
    before = {it for _, it in identifiers(held.stored.body)} if held else set()
    for place, it in identifiers(writing.body):
        if place == "/id" or it not in before:
            yield place, it


def erased_people(state: State) -> Iterator[Fault]:
    """Nobody who was erased is entered again, and nobody in the place he left."""
    if not state.facts.erasures:
        return
    for writing in state.draft.of_kind.get(NodeKind.CONTACT, ()):
        if writing.changes(state.facts):
            for place, it in new_identifiers(writing, state.facts):
                if state.facts.erased[it]:
                    yield Fault(Code.ERASED, {"name": place.split("/")[1]}, writing.at(place))
