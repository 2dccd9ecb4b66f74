"""What to look at in an account."""

from __future__ import annotations

from collections.abc import Sequence

from graphsvc.features.advice.schemas import AdviceQuery
from graphsvc.features.dossiers import evidence_of, with_dossiers
from graphsvc.stores.port import GraphStore, Scope
from models.findings.warnings import Advice
from models.graph import AccountGraph
from models.records import Body
from queries.advice.answer import advice
from queries.rules import DEFAULT_RULES, Rules


async def advice_about(
    store: GraphStore,
    scope: Scope,
    account_id: str,
    query: AdviceQuery,
    rules: Rules = DEFAULT_RULES,
    lang: str = "en",
    request_id: str | None = None,
) -> Advice:
    """Advice about an account, the most urgent first; whose dossier it tells of is noted.

    Raises NotFound, InvalidInput, StoreUnavailable.
    """
    graph = await store.account_graph(scope, account_id, query.as_of)
    found = await with_dossiers(
        store,
        scope,
        graph,
        query.as_of,
        lambda dossiers: advice_of(graph, query, dossiers, rules, lang),
        lambda answer: evidence_of(answer.items),
        request_id,
    )
    return query.stamped(found)


def advice_of(
    graph: AccountGraph,
    query: AdviceQuery,
    dossiers: Sequence[Body] | None,
    rules: Rules = DEFAULT_RULES,
    lang: str = "en",
) -> Advice:
    """The same of a graph and dossiers in hand, as file mode has them. Raises InvalidInput."""
    return advice(
        graph,
        on=query.day(),
        rules=rules,
        opportunity_id=query.opportunity_id,
        dossiers=dossiers,
        lang=lang,
    )
