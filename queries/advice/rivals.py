"""Rules of competitors and of what is installed: where they lead, where somebody is not content."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from models.enums import EdgeKind, NodeKind
from queries.advice.alerts import Alert, points
from queries.advice.case import Case
from queries.advice.words.account import AccountRule
from queries.advice.words.base import Rule
from queries.advice.words.rivals import RivalRule
from queries.people import Bools
from queries.threats.courted import Courted, courted, out_of

__all__ = ["rival_alerts"]


def rival_alerts(case: Case) -> Iterator[Alert]:
    """Where a competitor is ahead at who decides, and products that do not please. O(ties + products)."""
    yield from _leads(case)
    yield from _installed(case)


def _leads(case: Case) -> Iterator[Alert]:
    """Deciders of a purchase at whom a competitor in it is ahead; the one farthest ahead is named."""
    everybody = courted(case.whole, case.who, on=case.on, rules=case.rules)
    rows = everybody.where(_at_deciders(case, everybody))
    ahead: dict[int, int] = {}
    for row in np.lexsort((-rows.competitor, rows.lead)).tolist():
        if rows.lead[row] > 0:
            ahead[int(rows.contact[row])] = row  # the last one written is farthest ahead
    courts, rivals = case.graph.edges[EdgeKind.COURTS], case.graph.nodes[NodeKind.RIVAL]
    firms = case.graph.nodes[NodeKind.COMPETITOR].texts("name")
    for contact in sorted(ahead, key=lambda place: (-case.influence[place], place)):
        row, edge = ahead[contact], int(rows.edge[ahead[contact]])
        id_ = case.graph.contacts.ids[contact]
        yield Alert(
            RivalRule.RIVAL_LEADS,
            {
                "contact": case.name(contact),
                "rival": rivals.texts("name")[courts.source[edge]],
                "competitor": firms[rows.competitor[row]],
                "theirs": points(rows.theirs[row]),
                "ours": points(rows.ours[row]),
            },
            (case.key(contact), (EdgeKind.COURTS, courts.ids[edge])),
            contact_id=id_,
            subject=(id_,),
        )


def _at_deciders(case: Case, rows: Courted) -> Bools:
    """The rows of who decides in a purchase that the competitor is not out of. O(purchases · rows)."""
    asked, found = case.opportunity_id, np.zeros(len(rows), dtype=bool)
    for id_ in (asked,) if asked is not None else [deal.id for deal in case.open_deals]:
        who = case.who_in(id_)
        decides = who.deciders() & who.in_centre & who.counts
        found |= decides[rows.contact] & ~np.isin(rows.competitor, out_of(case.graph, id_))
    return found


def _installed(case: Case) -> Iterator[Alert]:
    """Products whose users gave a low score: ours to be put right, the competitor's to be replaced."""
    uses, products = case.graph.edges[EdgeKind.USES], case.graph.nodes[NodeKind.PRODUCT]
    score, kinds = uses.array("satisfaction"), uses.source_kinds()
    for row in np.flatnonzero(score <= case.table.low_score).tolist():
        place, product = case.graph.nodes[kinds[row]], int(uses.target[row])
        maker = products.texts("competitor_id")[product]
        rule: Rule = AccountRule.PRODUCT_SOUR if maker is None else RivalRule.RIVAL_PRODUCT_SOUR
        yield Alert(
            rule,
            {
                "place": place.texts("name")[uses.source[row]],
                "product": products.texts("name")[product],
                "competitor": "" if maker is None else _competitor(case, maker),
                "score": points(score[row]),
            },
            ((EdgeKind.USES, uses.ids[row]),),
        )


def _competitor(case: Case, id_: str) -> str:
    competitors = case.graph.nodes[NodeKind.COMPETITOR]
    return str(competitors.texts("name")[competitors.position[id_]])
