"""Key influencers: the order, what each score is made of, and how another step reorders them."""

from __future__ import annotations

from graphsvc.features.ranking.schemas import RankingQuery
from graphsvc.features.ranking.service import influencers
from graphsvc.pages.asking import Asked, Part, Shown
from models.enums import NodeKind, Step
from models.findings.influence import Influencer
from queries.numbers import significant
from viz.naming import Names

FIRST = 20


async def rankings(asked: Asked) -> Shown:
    """The ranking for the purchase and step of the address. Raises NotFound, InvalidInput."""
    question = asked.question(RankingQuery, compare_step=asked.query.compare_step)
    found = await influencers(asked.store, asked.scope, asked.account_id, question, asked.rules, asked.lang)
    names = await asked.names(found, question)
    return Shown(
        (Part("influencers", found, question),),
        {
            "names": names,
            "shown": found.items[: asked.query.limit or FIRST],
            "first": FIRST,
            "others": _others,
            "step": question.step or _step_of(names, question.opportunity_id),
            "compare_step": question.compare_step,
        },
    )


def _others(item: Influencer) -> float:
    """What of a score comes from more people than are listed."""
    listed = item.parts.prior + sum(source.points for source in item.parts.sources)
    return significant(max(item.score - listed, 0.0))


def _step_of(names: Names, opportunity_id: str | None) -> Step | None:
    """The step a purchase is at, which the ranking takes where none is asked for."""
    if opportunity_id is None:
        return None
    table = names.graph.nodes[NodeKind.OPPORTUNITY]
    code = int(table.array("step")[table.position[opportunity_id]])
    return tuple(Step)[code] if code >= 0 else None
