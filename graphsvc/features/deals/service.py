"""A purchase in one answer."""

from __future__ import annotations

from collections.abc import Sequence

from graphsvc.features.deals.schemas import DealQuery
from graphsvc.features.dossiers import evidence_of, with_dossiers
from graphsvc.stores.port import GraphStore, Scope
from models.findings.deals import Deal
from models.graph import AccountGraph
from models.records import Body
from queries.deals.deal import deal as deal_in
from queries.rules import DEFAULT_RULES, Rules


async def deal(
    store: GraphStore,
    scope: Scope,
    account_id: str,
    opportunity_id: str,
    query: DealQuery,
    rules: Rules = DEFAULT_RULES,
    lang: str = "en",
    request_id: str | None = None,
) -> Deal:
    """All that is known of a purchase; whose dossier its advice tells of is noted.

    Raises NotFound, StoreUnavailable.
    """
    graph = await store.account_graph(scope, account_id, query.as_of)
    found = await with_dossiers(
        store,
        scope,
        graph,
        query.as_of,
        lambda dossiers: deal_of(graph, opportunity_id, query, dossiers, rules, lang),
        lambda answer: evidence_of(answer.advice.items),
        request_id,
    )
    return query.stamped(found)


def deal_of(
    graph: AccountGraph,
    opportunity_id: str,
    query: DealQuery,
    dossiers: Sequence[Body] | None,
    rules: Rules = DEFAULT_RULES,
    lang: str = "en",
) -> Deal:
    """The same of a graph and dossiers in hand, as file mode has them. Raises InvalidInput."""
    return deal_in(
        graph,
        opportunity_id=opportunity_id,
        on=query.day(),
        rules=rules,
        dossiers=dossiers,
        lang=lang,
    )
