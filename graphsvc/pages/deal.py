"""A purchase on one page: where it stands, what it is judged by, who buys, how it settles, what to do."""

from __future__ import annotations

from itertools import zip_longest

from graphsvc.features.deals.schemas import DealQuery
from graphsvc.features.deals.service import deal as deal_in
from graphsvc.pages.asking import Asked, Part, Shown
from graphsvc.pages.overview import purchases
from models.enums import Attitude, CriterionOrigin, EdgeKind, Stage, Step, Voice
from models.findings.deals import Buyer
from models.trade import STAGE_OF_STEP
from viz.naming import Names

FIRST_ADVICE = 5


async def deal(asked: Asked) -> Shown:
    """The purchase of the address, else the open one of greatest value. Raises NotFound, InvalidInput."""
    graph = await asked.graph()
    known = purchases(graph)
    id_ = asked.query.opportunity_id or (known[0].id if known else None)
    if id_ is None:
        return Shown((), {"deal": None})
    question = asked.question(DealQuery)
    store, scope, rules = asked.store, asked.scope, asked.rules
    found = await deal_in(store, scope, asked.account_id, id_, question, rules, asked.lang, asked.request_id)
    own = f"accounts/{asked.account_id}/opportunities/{id_}/deal"
    return Shown(
        (Part("opportunities", found, question, api=own),),
        {
            "deal": found,
            "names": Names(graph, found.provenance.on, asked.lang, rules, id_, asked.scope.personal),
            "ladder": list(zip_longest(Step, Stage, found.milestones)),
            "fits": STAGE_OF_STEP[found.step] is found.stage,
            "origins": tuple(CriterionOrigin),
            "attitudes": tuple(Attitude),
            "voices": tuple(Voice),
            "part_of": _part_of,
            "first_advice": FIRST_ADVICE,
            "editable": asked.query.as_of is None and asked.may_write,
            "query": {**asked.said(), "opportunity_id": id_},
        },
    )


def _part_of(buyer: Buyer) -> str | None:
    """The record that says which part somebody plays, which is what cells of his row change."""
    return next((item.id for item in buyer.evidence if item.kind == EdgeKind.PLAYS), None)
