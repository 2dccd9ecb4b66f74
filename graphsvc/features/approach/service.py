"""How to approach a contact: talking points and SPIN."""

from __future__ import annotations

from collections.abc import Sequence

from graphsvc.features.approach.schemas import ApproachQuery
from graphsvc.features.dossiers import evidence_of, with_dossiers
from graphsvc.stores.port import GraphStore, Scope
from models.findings.approach import Approach
from models.graph import AccountGraph
from models.records import Body
from queries.approach.answer import approach
from queries.rules import DEFAULT_RULES, Rules


async def approach_to(
    store: GraphStore,
    scope: Scope,
    account_id: str,
    contact_id: str,
    query: ApproachQuery,
    rules: Rules = DEFAULT_RULES,
    lang: str = "en",
    request_id: str | None = None,
) -> Approach:
    """What to ask a contact and what to say; that his dossier is told of is noted.

    Raises NotFound, InvalidInput, StoreUnavailable.
    """
    graph = await store.account_graph(scope, account_id, query.as_of)
    found = await with_dossiers(
        store,
        scope,
        graph,
        query.as_of,
        lambda dossiers: approach_of(graph, contact_id, query, dossiers, rules, lang),
        lambda answer: evidence_of(answer.items),
        request_id,
    )
    return query.stamped(found)


def approach_of(
    graph: AccountGraph,
    contact_id: str,
    query: ApproachQuery,
    dossiers: Sequence[Body] | None,
    rules: Rules = DEFAULT_RULES,
    lang: str = "en",
) -> Approach:
    """The same of a graph and dossiers in hand, as file mode has them. Raises InvalidInput."""
    return approach(
        graph,
        contact_id=contact_id,
        on=query.day(),
        rules=rules,
        opportunity_id=query.opportunity_id,
        dossiers=dossiers,
        lang=lang,
    )
