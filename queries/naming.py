"""What a question names by id: one rule for every answer."""

from __future__ import annotations

from collections.abc import Iterator

from models.enums import NodeKind
from models.faults import Code, Fault, InvalidInput
from models.graph import AccountGraph

__all__ = ["known_contact", "known_opportunity", "not_here", "position_of", "unknown"]


def unknown(graph: AccountGraph, kind: NodeKind, id_: str | None, pointer: str) -> Iterator[Fault]:
    """The fault of a record that a question about the account cannot name; none without an id. O(1).

    Who has objected to being analysed is not told from somebody who is not there: an answer that refused
    him in words of its own would say that he objected. Who has left may be named: what was known of him
    stays. So may a seat whose holder nobody knows, or whose holder was erased.
    """
    if id_ is None:
        return
    place = graph.nodes[kind].position.get(id_)
    if place is None or (kind is NodeKind.CONTACT and graph.contacts.array("restricted")[place] == 1):
        yield not_here(kind, id_, pointer)


def not_here(kind: NodeKind, id_: str, pointer: str) -> Fault:
    """The fault of a record that is not there, or may not be named."""
    return Fault(Code.UNKNOWN_RECORD, {"kind": kind, "id": id_}, pointer=pointer)


def position_of(graph: AccountGraph, kind: NodeKind, id_: str, pointer: str) -> int:
    """The position of a record that a question names. Raises InvalidInput as `unknown` says. O(1)."""
    for fault in unknown(graph, kind, id_, pointer):
        raise InvalidInput(fault)
    return graph.nodes[kind].position[id_]


def known_contact(graph: AccountGraph, contact_id: str, pointer: str = "/contact_id") -> int:
    """The position of a contact that a question names. Raises InvalidInput as `unknown` says. O(1)."""
    return position_of(graph, NodeKind.CONTACT, contact_id, pointer)


def known_opportunity(graph: AccountGraph, opportunity_id: str | None) -> None:
    """Raises InvalidInput for a purchase that is not in the account. O(1)."""
    if opportunity_id is not None:
        position_of(graph, NodeKind.OPPORTUNITY, opportunity_id, "/opportunity_id")
