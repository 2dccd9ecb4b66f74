"""What a contact cares about in a purchase: what was said of him, else what is usual in his category."""

from __future__ import annotations

from models.enums import ConcernCode, ConcernForm, EdgeKind, NodeKind
from models.findings.deals import HeldConcern
from models.graph import AccountGraph
from models.trade import DEFAULT_CONCERNS
from queries.people import people

__all__ = ["concerns_of"]


def concerns_of(graph: AccountGraph, contact_id: str, opportunity_id: str) -> list[HeldConcern]:
    """A contact's concerns in a purchase; `graph` as it stands on the day.

    Those that `plays` edges state, in their order, each with its edge; without any, the defaults of the
    category he is shown under, each with the category; without a category, none. Nothing is said of who is
    under restriction. O(people + roles). Raises KeyError for an unknown contact or opportunity.
    """
    contact = graph.contacts.position[contact_id]
    target = graph.nodes[NodeKind.OPPORTUNITY].position[opportunity_id]
    if graph.contacts.array("restricted")[contact] == 1:
        return []
    plays = graph.edges[EdgeKind.PLAYS]
    stated = [
        HeldConcern(
            code=_code(said["code"]),
            text=said.get("text"),
            form=_form(said.get("form")),
            edge_id=plays.ids[row],
        )
        for row in range(len(plays))
        if plays.source[row] == contact and plays.target[row] == target
        for said in plays.texts("concerns")[row] or ()
    ]
    if stated:
        return stated
    category = people(graph, opportunity_id).category(contact)
    usual = DEFAULT_CONCERNS[category] if category else ()
    return [HeldConcern(code=code, category=category) for code in usual]


def _code(word: str) -> ConcernCode:
    return next(code for code in ConcernCode if code == word)


def _form(word: str | None) -> ConcernForm | None:
    return next((form for form in ConcernForm if form == word), None)
