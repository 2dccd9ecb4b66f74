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

__all__ = ["rival_alerts"]


def rival_alerts(case: Case) -> Iterator[Alert]:
    """Where a competitor is ahead at who decides, and products that do not please. O(ties + products)."""
    yield from _leads(case)
    yield from _installed(case)


def _leads(case: Case) -> Iterator[Alert]:
    """Who decides: signers, and the decision level among who plays a part. The strongest rep is named."""
    who = case.who
    decides = who.counts & who.in_centre & (case.signs | who.decision())
    courts, rivals = case.graph.edges[EdgeKind.COURTS], case.graph.nodes[NodeKind.RIVAL]
    theirs: dict[int, int] = {}
    strength = courts.array("strength")
    for row in np.lexsort((-courts.source, strength)).tolist():
        theirs[int(courts.target[row])] = row
    ahead = np.zeros(len(case.graph.contacts), dtype=bool)
    for contact, row in theirs.items():
        ahead[contact] = decides[contact] and strength[row] > case.strength[contact]
    for contact in case.by_influence(ahead):
        row = theirs[contact]
        rival = int(courts.source[row])
        id_ = case.graph.contacts.ids[contact]
        yield Alert(
            RivalRule.RIVAL_LEADS,
            {
                "contact": case.name(contact),
                "rival": rivals.texts("name")[rival],
                "competitor": _competitor(case, rivals.texts("competitor_id")[rival]),
                "theirs": points(strength[row]),
                "ours": points(case.strength[contact]),
            },
            (case.key(contact), (EdgeKind.COURTS, courts.ids[row])),
            contact_id=id_,
            subject=(id_,),
        )


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
    place = competitors.position.get(id_)
    return id_ if place is None else str(competitors.texts("name")[place])
