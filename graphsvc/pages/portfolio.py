"""The accounts beside each other, all of them or those that one of ours serves."""

from __future__ import annotations

from graphsvc.features.portfolio.schemas import PortfolioQuery
from graphsvc.features.portfolio.service import portfolio as portfolio_in
from graphsvc.features.portfolio.service import with_standing
from graphsvc.pages.asking import Asked, Part, Shown
from graphsvc.stores.listing import every
from graphsvc.web.paging import Paged, page_of
from models.enums import EdgeKind, NodeKind
from viz.labels import names


class _PortfolioPage(Paged, PortfolioQuery):
    """The query of a page of the portfolio."""

    member: str | None = None


async def portfolio(asked: Asked) -> Shown:
    """The portfolio, of the member of the address only if there is one. Raises InvalidInput."""
    question = asked.question(PortfolioQuery)
    found = await portfolio_in(asked.store, asked.scope, question, asked.rules, asked.lang)
    member = asked.query.member
    if member is not None:
        served = every(asked.store, asked.scope, EdgeKind.SERVES, where={"source_id": member})
        ids = {row.body["target_id"] async for row in served}
        found = found.model_copy(update={"items": [line for line in found.items if line.account_id in ids]})
    total = len(found.items)
    page = asked.question(_PortfolioPage, member=member, cursor=asked.query.cursor, **_limit(asked))
    found = await with_standing(
        asked.store, asked.scope, await page_of(asked.request, found, page), asked.rules
    )
    return Shown(
        (Part("portfolio", found, question),),
        {
            "members": await members_of(asked),
            "member": member,
            "total": total,
        },
    )


def _limit(asked: Asked) -> dict[str, int]:
    return {} if asked.query.limit is None else {"limit": asked.query.limit}


async def members_of(asked: Asked) -> dict[str, str]:
    """Our people by id, with their names as the reader reads them, in the order of the names."""
    found = {
        row.id: names(row.body["name"], row.body.get("latin_name"), asked.lang)[0]
        async for row in every(asked.store, asked.scope, NodeKind.MEMBER)
    }
    return dict(sorted(found.items(), key=lambda one: (one[1], one[0])))
